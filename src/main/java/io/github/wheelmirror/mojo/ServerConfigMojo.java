package io.github.wheelmirror.mojo;

import static io.github.wheelmirror.mojo.Requests.orEmpty;

import java.io.File;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes configurations of nginx and Apache that serve each region's folder rightly: JSON pages for
 * the clients that ask for them, cache headers, 410 for what is in quarantine, nothing of the state
 * and no listings.
 */
@Mojo(name = "server-config", threadSafe = true, requiresProject = false)
public class ServerConfigMojo extends AbstractMirrorMojo {

  /**
   * The path in the URL under which clients see a region, such as {@code /wheel/}; without it, that
   * of each region's {@code publicUrl}.
   */
  @Parameter(property = "wheel-mirror.server-config.prefix")
  @Nullable String prefix;

  /** The folder to write to; if there is none, {@code server} in the workspace. */
  @Parameter(property = "wheel-mirror.server-config.folder")
  @Nullable File folder;

  @Inject
  ServerConfigMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  void run(Session session) {
    session.serverConfigs(
        orEmpty(prefix),
        Optional.ofNullable(folder)
            .filter(RequestPaths::isGiven)
            .map(new RequestPaths(this)::absolute));
  }
}
