package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Serves the released mirror, or what is staged, on loopback until it is ended. */
@Mojo(name = "serve", threadSafe = true, requiresProject = false)
public class ServeMojo extends AbstractMirrorMojo {

  private static final int LAST_PORT = 65_535;

  /** The port on loopback; 0 for any free one. */
  @Parameter(property = "wheel-mirror.serve.port", defaultValue = "8470", required = true)
  int port;

  /** Whether to serve what is staged in the workspace instead of the first region. */
  @Parameter(property = "wheel-mirror.serve.staged", defaultValue = "false", required = true)
  boolean staged;

  @Inject
  ServeMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  void checkOwnParameters() {
    if (port < 0 || port > LAST_PORT) {
      throw MirrorException.input(
          "<port> is " + port, "there is no such port", "give one up to 65535, or 0 for any free");
    }
  }

  @Override
  void run(Session session) {
    session.serve(port, staged);
  }
}
