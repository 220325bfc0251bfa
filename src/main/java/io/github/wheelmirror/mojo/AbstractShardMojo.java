package io.github.wheelmirror.mojo;

import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that work on a plan which several hosts do together. */
abstract class AbstractShardMojo extends AbstractMirrorMojo {

  /**
   * A {@code plan.json} that was made before, here or on another host, with its {@code
   * resolution.json} beside it: its work is done, and no branch and no index page is looked at
   * again. For a shard and for {@code gather} it is the one in {@link #workspace} if no other is
   * given.
   */
  @Parameter(property = "wheel-mirror.plan")
  @Nullable File plan;

  /**
   * The folder in which shards hand over what they did, each in a folder of its own that appears
   * when it is whole: shared by all hosts, or copied together before {@code gather} reads it;
   * {@code shards} in {@link #workspace} if no other is given.
   */
  @Parameter(property = "wheel-mirror.shards")
  @Nullable File shards;

  AbstractShardMojo(ServerCredentials servers) {
    super(servers);
  }

  final boolean hasPlan() {
    return RequestPaths.isGiven(plan);
  }

  /** The plan that is worked on. */
  final Path planFile() {
    RequestPaths paths = new RequestPaths(this);
    return plan != null && hasPlan()
        ? paths.absolute(plan)
        : paths.projectWorkspace().resolve("plan.json");
  }

  /** Where shards hand over. */
  final Path shardsFolder() {
    RequestPaths paths = new RequestPaths(this);
    return shards != null && RequestPaths.isGiven(shards)
        ? paths.absolute(shards)
        : paths.projectWorkspace().resolve("shards");
  }
}
