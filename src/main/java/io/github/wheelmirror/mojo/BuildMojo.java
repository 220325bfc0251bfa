package io.github.wheelmirror.mojo;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Downloads and builds what the plan says, each distinct thing once, and writes {@code
 * build-report.json}; does what is missing before it.
 */
@Mojo(
    name = "build",
    defaultPhase = LifecyclePhase.COMPILE,
    threadSafe = true,
    requiresProject = false)
public class BuildMojo extends AbstractMirrorMojo {

  @Inject
  BuildMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  void run(Session session) {
    session.goals().build();
  }
}
