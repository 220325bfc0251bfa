package io.github.wheelmirror.mojo;

import static io.github.wheelmirror.mojo.Requests.orEmpty;

import io.github.wheelmirror.mirror.QuarantineFiles;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Takes a wheel, or a version as a whole, out of every region now and for ever: it is added to
 * {@code quarantine.json} at the region's root, its bytes leave the pool (also for the snapshots
 * that list it), and each channel that serves it gets a release without it. {@code plan}, {@code
 * deploy} and {@code rollback} keep it out from then on.
 */
@Mojo(name = "quarantine", threadSafe = true, requiresProject = false)
public class QuarantineMojo extends AbstractMirrorMojo {

  /**
   * The version to take out as a whole, {@code name===version}: all files of it that any snapshot
   * lists, and any that is found later.
   */
  @Parameter(property = "wheel-mirror.quarantine.pin")
  @Nullable String pin;

  /**
   * The sha256 of the one wheel to take out, instead of a pin; another wheel of the same version
   * may take its place.
   */
  @Parameter(property = "wheel-mirror.quarantine.sha256")
  @Nullable String sha256;

  /** Why, for whoever misses it; published. */
  @Parameter(property = "wheel-mirror.quarantine.reason")
  @Nullable String reason;

  @Inject
  QuarantineMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  void checkOwnParameters() {
    settings().check();
  }

  private QuarantineFiles.Settings settings() {
    return new QuarantineFiles.Settings(orEmpty(pin), orEmpty(sha256), orEmpty(reason));
  }

  @Override
  void run(Session session) {
    session.quarantine(settings());
  }
}
