package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
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
        failure.what() + "\n  why: " + indent(failure.why()) + "\n  fix: " + indent(failure.fix());
    switch (failure.kind()) {
      case INPUT -> throw showing(failure, new MojoFailureException(text));
      case MACHINERY -> throw showing(failure, new MojoExecutionException(text));
    }
  }

  private static <E extends Exception> E showing(MirrorException failure, E thrown) {
    thrown.addSuppressed(failure);
    return thrown;
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
    return words.replace("\n", "\n       ");
  }

  /**
   * Nothing says what to mirror. Maven runs a goal that works without a POM in the root alone:
   * silence would look like success.
   */
  static MirrorException noConstraints(boolean reactor) {
    return MirrorException.input(
        "there are no constraints to mirror",
        reactor
            ? "a goal typed alone works on the reactor's root only, which has no <constraints>"
            : "neither <constraints> nor -Dwheel-mirror.constraints is set",
        reactor
            ? "run it in the module's folder, or run the phase that it is bound to in all modules"
            : "name the Git repository, like"
                + " -Dwheel-mirror.constraints=https://opendev.org/openstack/requirements");
  }
}
