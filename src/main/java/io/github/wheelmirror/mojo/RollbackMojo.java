package io.github.wheelmirror.mojo;

import io.github.wheelmirror.mirror.RollBack;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Serves an older snapshot again, in all regions. One pointer moves in each region, no file is
 * copied. If a region lacks a file of the snapshot, nothing is changed anywhere. The next {@code
 * deploy} releases what it finds then, so end what brought the bad release first.
 */
@Mojo(name = "rollback", threadSafe = true, requiresProject = false)
public class RollbackMojo extends AbstractMirrorMojo {

  /**
   * What to serve: {@code previous}, or the first eight or more digits of the id of a snapshot that
   * was released before; {@code status} shows ids. {@code previous} is what was served before: done
   * twice, it leads back.
   */
  @Parameter(property = "wheel-mirror.rollback.to", defaultValue = "previous", required = true)
  String to = "previous";

  /** The platform slug of the channel. Needed with {@code previous} if there is more than one. */
  @Parameter(property = "wheel-mirror.rollback.channel")
  @Nullable String channel;

  /** Whether it is only told what would be done. */
  @Parameter(property = "wheel-mirror.rollback.dryRun", defaultValue = "false", required = true)
  boolean dryRun;

  @Inject
  RollbackMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  void run(Session session) {
    session.rollBack(
        new RollBack.Settings(to.strip(), channel == null ? "" : channel.strip(), dryRun));
  }
}
