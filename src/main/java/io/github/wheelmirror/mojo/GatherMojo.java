package io.github.wheelmirror.mojo;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Puts together what several hosts did of one plan ({@code build} with {@code
 * -Dwheel-mirror.build.shard=3/20}): their wheels come into the wheelhouse, and {@code
 * build-report.json} is written as {@code build} writes it. A shard that is missing costs the pins
 * it had, and is named; run it again and gather again.
 */
@Mojo(name = "gather", threadSafe = true, requiresProject = false)
public class GatherMojo extends AbstractShardMojo {

  /**
   * Whether it is no failure that a shard is lost. Without it {@code gather} fails then, when all
   * that arrived is in the wheelhouse and in the report, so that nothing is released by oversight.
   */
  @Parameter(property = "wheel-mirror.gather.acceptLost", defaultValue = "false", required = true)
  boolean acceptLost;

  @Inject
  GatherMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  void run(Session session) {
    session.goals().gather(planFile(), place(session), acceptLost);
  }
}
