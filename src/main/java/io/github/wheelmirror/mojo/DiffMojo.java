package io.github.wheelmirror.mojo;

import io.github.wheelmirror.mirror.ShowDifference;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Shows what clients see change from one snapshot to another: pins of each branch that are new,
 * gone, changed or served by another file; files and bytes. All of it is in {@code diff.json}.
 */
@Mojo(name = "diff", threadSafe = true, requiresProject = false)
public class DiffMojo extends AbstractMirrorMojo {

  /**
   * The earlier one: {@code previous}, {@code current}, {@code staged} (what this project staged
   * and did not release yet), or the first eight or more digits of the id of a snapshot that was
   * released.
   */
  @Parameter(property = "wheel-mirror.diff.from", defaultValue = "previous", required = true)
  String from = "previous";

  /** The later one, named alike. */
  @Parameter(property = "wheel-mirror.diff.to", defaultValue = "current", required = true)
  String to = "current";

  /** The platform slug of the channel. Needed if there is more than one and no id tells. */
  @Parameter(property = "wheel-mirror.diff.channel")
  @Nullable String channel;

  @Inject
  DiffMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  void run(Session session) {
    session.difference(
        new ShowDifference.Settings(
            from.strip(), to.strip(), channel == null ? "" : channel.strip()));
  }
}
