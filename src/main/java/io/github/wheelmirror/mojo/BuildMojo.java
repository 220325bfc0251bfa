package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.Shard;
import java.nio.file.Path;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Downloads and builds what the plan says, each distinct thing once, and writes {@code
 * build-report.json}; does what is missing before it.
 */
@Mojo(
    name = "build",
    defaultPhase = LifecyclePhase.COMPILE,
    threadSafe = true,
    requiresProject = false)
public class BuildMojo extends AbstractShardMojo {

  /**
   * How many of the wheels that this run builds are built a second time, in another folder and
   * without the compiler cache; which of them are not the same byte for byte is told, with the
   * members that differ, and written into {@code build-report.json}. The sample is drawn by the
   * plan's digest.
   */
  @Parameter(property = "wheel-mirror.build.checkReproducible", defaultValue = "0", required = true)
  int checkReproducible;

  /**
   * The part of the plan that this host does, like {@code 3/20} for the third of twenty: what a
   * platform has to build and to download is split into parts that take about the same time, and
   * what came of this one goes to {@link #shards} for the goal {@code gather}. Its stage files and
   * logs are in a folder of their own in {@link #workspace}.
   */
  @Parameter(property = "wheel-mirror.build.shard")
  @Nullable String shard;

  @Inject
  BuildMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  int checkReproducible() {
    return checkReproducible;
  }

  @Override
  boolean needsConstraints() {
    return shard().isEmpty() && !hasPlan();
  }

  @Override
  boolean isUnchanged() {
    return shard().isEmpty() && !hasPlan() && Unchanged.isSinceLastBuild(this);
  }

  @Override
  Path workspaceIn(Path project) {
    return shard()
        .map(part -> project.resolve("shard-" + part.index() + "-of-" + part.count()))
        .orElse(project);
  }

  private Optional<Shard> shard() {
    if (shard == null || shard.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Shard.parse(shard.strip()));
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "wheel-mirror.build.shard is '" + shard.strip() + "'",
          String.valueOf(e.getMessage()),
          "give the number of the part and how many there are, from 1/1 to "
              + Shard.MOST
              + "/"
              + Shard.MOST);
    }
  }

  @Override
  void run(Session session) {
    Optional<Shard> part = shard();
    if (part.isPresent()) {
      session.goals().buildShard(planFile(), part.get(), place(session));
    } else if (hasPlan()) {
      session.goals().build(planFile());
    } else {
      session.goals().build();
    }
  }
}
