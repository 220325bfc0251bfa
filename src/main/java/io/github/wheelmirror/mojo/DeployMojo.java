package io.github.wheelmirror.mojo;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

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

  @Inject
  DeployMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  void run(Session session) {
    session.goals().deploy();
  }
}
