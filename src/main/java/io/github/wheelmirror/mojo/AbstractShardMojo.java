package io.github.wheelmirror.mojo;

import static io.github.wheelmirror.mojo.Requests.orEmpty;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.HandOverStore;
import io.github.wheelmirror.mirror.HandOverPlace;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
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
   * Where shards hand over what they did, each in a folder of its own that appears when it is
   * whole: a folder that is shared by all hosts, or that is copied together before {@code gather}
   * reads it, or a bucket ({@code s3://BUCKET/PREFIX}, as for {@link #region}); {@code shards} in
   * {@link #workspace} if no other is given.
   */
  @Parameter(property = "wheel-mirror.shards")
  @Nullable String shards;

  /** The server in settings.xml that has the access key and secret key for {@link #shards}. */
  @Parameter(property = "wheel-mirror.shardsServerId")
  @Nullable String shardsServerId;

  AbstractShardMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  Optional<String> keptIfInterrupted() {
    return Optional.of(InterruptHint.WHEELHOUSE);
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

  @Override
  void checkOwnParameters() {
    if (isBucket()) {
      login();
    } else if (!orEmpty(shardsServerId).isEmpty()) {
      String given = orEmpty(shards);
      throw MirrorException.input(
          "<shardsServerId> names the server " + orEmpty(shardsServerId),
          "<shards> is " + (given.isEmpty() ? "not given" : given) + ", and only a bucket has keys",
          "leave it out, or give s3://BUCKET/PREFIX as <shards>");
    }
  }

  private boolean isBucket() {
    return orEmpty(shards).regionMatches(true, 0, "s3://", 0, 5);
  }

  private @Nullable Credentials login() {
    return servers.of(shardsServerId, "shardsServerId", session.getSettings());
  }

  /** Where shards hand over: a bucket's are in the workspace before and after they are there. */
  final HandOverPlace place(Session wired) {
    RequestPaths paths = new RequestPaths(this);
    Path inside = paths.projectWorkspace().resolve("shards");
    String given = orEmpty(shards);
    if (isBucket()) {
      HandOverStore store = wired.handOverStore(given, login());
      return new HandOverPlace(inside, Optional.of(store));
    }
    return new HandOverPlace(given.isEmpty() ? inside : paths.absolute(new File(given)));
  }
}
