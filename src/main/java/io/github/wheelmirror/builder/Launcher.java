package io.github.wheelmirror.builder;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes scripts that a certain Python runs. */
final class Launcher {

  /** Older kernels read no longer first line than this, and none takes a blank in it. */
  private static final int MOST_BYTES = 127;

  private final String python;

  Launcher(Path python) {
    this.python = python.toString();
  }

  /** The first line of a script, or lines that a shell and Python read, each in its own way. */
  byte[] firstLines() {
    String line = "#!" + python + "\n";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    boolean fits = bytes.length <= MOST_BYTES && python.chars().noneMatch(Character::isWhitespace);
    if (fits) {
      return bytes;
    }
    String quoted = "\"" + python.replaceAll("([\\\\\"$`])", "\\\\$1") + "\"";
    return ("#!/bin/sh\n'''exec' " + quoted + " \"$0\" \"$@\"\n' '''\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A script that calls a function and exits with what it returns.
   *
   * @param reference {@code module:object}, of dotted names
   */
  byte[] script(String reference) {
    int colon = reference.indexOf(':');
    String module = reference.substring(0, colon);
    String object = reference.substring(colon + 1);
    String body =
        """
        import importlib
        import sys

        if __name__ == "__main__":
            found = importlib.import_module("%s")
            for name in "%s".split("."):
                found = getattr(found, name)
            sys.exit(found())
        """
            .formatted(module, object);
    return (new String(firstLines(), StandardCharsets.UTF_8) + body)
        .getBytes(StandardCharsets.UTF_8);
  }
}
