package io.github.wheelmirror.mojo;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Releases what is verified to every region, each channel by one atomic switch; does what is
 * missing before it.
 */
@Mojo(
    name = "deploy",
    defaultPhase = LifecyclePhase.DEPLOY,
    threadSafe = true,
    requiresProject = false)
public class DeployMojo extends AbstractMirrorMojo {

  /**
   * Whether the report is put beside each release, where whoever can read the mirror can read it
   * too, with the ends of the builds' logs.
   */
  @Parameter(property = "wheel-mirror.deploy.publishReport", defaultValue = "true", required = true)
  boolean publishReport = true;

  @Inject
  DeployMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  Optional<String> keptIfInterrupted() {
    return Optional.of(InterruptHint.WHEELHOUSE + ", and " + InterruptHint.RELEASES);
  }

  @Override
  void run(Session session) {
    if (publishReport) {
      session.goals().deploy();
    } else {
      session.goals().deployWithoutReport();
    }
  }
}
