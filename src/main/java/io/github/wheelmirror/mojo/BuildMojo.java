package io.github.wheelmirror.mojo;

import static io.github.wheelmirror.mojo.Requests.orEmpty;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.build.Shard;
import java.nio.file.Path;
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
    return !isShard() && !hasPlan();
  }

  @Override
  boolean isUnchanged() {
    return !isShard() && !hasPlan() && Unchanged.isSinceLastBuild(this);
  }

  @Override
  void checkOwnParameters() {
    WrongSettings wrong = new WrongSettings();
    wrong.check(super::checkOwnParameters);
    if (isShard()) {
      wrong.check(this::part);
    }
    wrong.refuse();
  }

  /** The project's for a shard that is none: it is refused before anything is written. */
  @Override
  Path workspaceIn(Path project) {
    if (!isShard()) {
      return project;
    }
    try {
      Shard part = Shard.parse(orEmpty(shard));
      return project.resolve("shard-" + part.index() + "-of-" + part.count());
    } catch (IllegalArgumentException e) {
      return project;
    }
  }

  private boolean isShard() {
    return !orEmpty(shard).isEmpty();
  }

  private Shard part() {
    try {
      return Shard.parse(orEmpty(shard));
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "wheel-mirror.build.shard is '" + orEmpty(shard) + "'",
          String.valueOf(e.getMessage()),
          "give the number of the part and how many there are, from 1/1 to "
              + Shard.MOST
              + "/"
              + Shard.MOST);
    }
  }

  @Override
  void run(Session session) {
    if (isShard()) {
      session.goals().buildShard(planFile(), part(), place(session));
    } else if (hasPlan()) {
      session.goals().build(planFile());
    } else {
      session.goals().build();
    }
  }
}
