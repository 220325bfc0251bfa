package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** The one place where the core's failures become Maven's. */
final class Failures {

  private Failures() {}

  /**
   * Bad input becomes a {@link MojoFailureException}, broken machinery the other one. The failure
   * is not their cause but suppressed (seen with {@code -e}): Maven would add its message to
   * theirs.
   */
  static void rethrow(MirrorException failure) throws MojoExecutionException, MojoFailureException {
    String text =
        failure.what() + "\n  why: " + indent(failure.why()) + "\n  fix: " + indent(failure.fix());
    switch (failure.kind()) {
      case INPUT -> {
        MojoFailureException told = new MojoFailureException(text);
        told.addSuppressed(failure);
        throw told;
      }
      case MACHINERY -> {
        MojoExecutionException told = new MojoExecutionException(text);
        told.addSuppressed(failure);
        throw told;
      }
    }
  }

  private static String indent(String words) {
    return words.replace("\n", "\n       ");
  }
}
