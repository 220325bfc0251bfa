package io.github.wheelmirror.mojo;

import static io.github.wheelmirror.mojo.Requests.orEmpty;

import java.io.File;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a released snapshot with all its wheels into one file, for a site that the network does
 * not reach: {@code import} releases it there. The same snapshot makes the same file; with a {@code
 * signingKeyFile} it is signed.
 */
@Mojo(name = "export", threadSafe = true, requiresProject = false)
public class ExportMojo extends AbstractMirrorMojo {

  /**
   * What to export: {@code current}, {@code previous}, or the first eight or more digits of the id
   * of a snapshot that was released.
   */
  @Parameter(property = "wheel-mirror.export.snapshot", defaultValue = "current", required = true)
  String snapshot = "current";

  /** The platform slug of the channel. Needed if there is more than one and no id tells. */
  @Parameter(property = "wheel-mirror.export.channel")
  @Nullable String channel;

  /** The file to write; if there is none, it is named after the snapshot, in the workspace. */
  @Parameter(property = "wheel-mirror.export.file")
  @Nullable File file;

  @Inject
  ExportMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  Optional<String> keptIfInterrupted() {
    return Optional.of("the file is written whole or not at all");
  }

  @Override
  void run(Session session) {
    session.export(
        snapshot.strip(),
        orEmpty(channel),
        Optional.ofNullable(file)
            .filter(RequestPaths::isGiven)
            .map(new RequestPaths(this)::absolute));
  }
}
