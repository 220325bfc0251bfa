package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.Printable;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** The one place where the core's failures become Maven's. */
final class Failures {

  private Failures() {}

  /**
   * Bad input becomes a {@link MojoFailureException}, broken machinery the other one.
   *
   * <p>Maven appends the words of every cause to the message, so the failure is suppressed in the
   * one that is thrown instead of its cause: {@code -e} shows it all the same.
   */
  static void rethrow(MirrorException failure) throws MojoExecutionException, MojoFailureException {
    String text =
        printable(failure.what(), "\n  ")
            + "\n  why: "
            + indent(failure.why())
            + "\n  fix: "
            + indent(failure.fix());
    switch (failure.kind()) {
      case INPUT -> throw showing(failure, new MojoFailureException(text));
      case MACHINERY -> throw showing(failure, new MojoExecutionException(text));
    }
  }

  private static <E extends Exception> E showing(MirrorException failure, E thrown) {
    thrown.addSuppressed(failure);
    return thrown;
  }

  /** A path that this process cannot name, wherever it was written. */
  static MirrorException badPath(InvalidPathException failure) {
    String what = "the path " + failure.getInput() + " cannot be used";
    if (String.valueOf(failure.getReason()).contains("unmappable")) {
      return MirrorException.input(
          what,
          "it has letters that the character set of this process (LANG, LC_ALL) lacks",
          "start Maven with LC_ALL=C.UTF-8, or choose a path of ASCII letters");
    }
    return MirrorException.input(what, String.valueOf(failure.getReason()), "correct it");
  }

  /** A defect, or a disk that fails where nobody expects it: told in the same form. */
  static MojoExecutionException unexpected(String goal, RuntimeException failure) {
    return new MojoExecutionException(
        "goal "
            + goal
            + " ended unexpectedly\n  why: "
            + indent(String.valueOf(failure))
            + "\n  fix: run it again with -e, and report what it prints as a defect of the plugin",
        failure);
  }

  private static String indent(String words) {
    return printable(words, "\n       ");
  }

  /** Words of strangers may be among them: of constraints, servers and commands. */
  private static String printable(String words, String lineEnd) {
    return Arrays.stream(words.split("\r?\n", -1))
        .map(Printable::text)
        .collect(Collectors.joining(lineEnd));
  }
}
