package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Target files of other hosts. */
public final class TargetFiles {

  private TargetFiles() {}

  /**
   * Reads one.
   *
   * @throws MirrorException (input) if it cannot be read or is none
   */
  public static Target read(Path file) {
    try {
      return Json.read(Files.readAllBytes(file), Target.class, file.toString());
    } catch (IOException e) {
      throw new MirrorException(
          MirrorException.Kind.INPUT,
          "the target file " + file + " cannot be read",
          IoWords.of(e),
          "copy target-*.json from the workspace of a run on that host",
          e);
    }
  }
}
