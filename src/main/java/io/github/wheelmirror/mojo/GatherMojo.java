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
   * Whether {@code gather} succeeds although shards are missing. Either way all that arrived comes
   * into the wheelhouse and the report, which names what the missing ones had as failed; with
   * {@code false} the goal then fails, so that nothing is released by oversight.
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
