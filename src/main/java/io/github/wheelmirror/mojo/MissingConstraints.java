package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;

/** A goal that works on constraints and has none. */
final class MissingConstraints {

  private MissingConstraints() {}

  /**
   * A module of a reactor may have nothing to mirror; a run of its own may not.
   *
   * @throws MirrorException (input) if it may not
   */
  static void refuse(MavenSession session, MojoExecution execution, Log log) {
    boolean reactor = session.getProjects() != null && session.getProjects().size() > 1;
    if (reactor && execution.getSource() == MojoExecution.Source.LIFECYCLE) {
      log.info("no <constraints> here, nothing to mirror in this module");
      return;
    }
    // Maven runs a goal that works without a POM in the root alone: silence would look like success
    throw MirrorException.input(
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
