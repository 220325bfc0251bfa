package io.github.wheelmirror.mojo;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

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

  /**
   * How many of the wheels that this run builds are built a second time, in another folder and
   * without the compiler cache; which of them are not the same byte for byte is told, with the
   * members that differ, and written into {@code build-report.json}. The sample is drawn by the
   * plan's digest.
   */
  @Parameter(property = "wheel-mirror.build.checkReproducible", defaultValue = "0", required = true)
  int checkReproducible;

  @Inject
  BuildMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  int checkReproducible() {
    return checkReproducible;
  }

  @Override
  boolean isUnchanged() {
    return Unchanged.isSinceLastBuild(this);
  }

  @Override
  void run(Session session) {
    session.goals().build();
  }
}
