package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Releases in all regions what {@code export} wrote at another site, after everything in it was
 * checked: each byte against the manifest, the manifest against the snapshot's id, pages and wheels
 * as those of an own snapshot, and with {@code trustedKeyFiles} its signature. What the other site
 * took out (its quarantine) is out here too.
 */
@Mojo(name = "import", threadSafe = true, requiresProject = false)
public class ImportMojo extends AbstractMirrorMojo {

  /** The file that {@code export} wrote. */
  @Parameter(property = "wheel-mirror.import.file")
  @Nullable File file;

  @Inject
  ImportMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  Optional<String> keptIfInterrupted() {
    return Optional.of(InterruptHint.RELEASES);
  }

  @Override
  void checkOwnParameters() {
    given();
  }

  private Path given() {
    if (file == null || !RequestPaths.isGiven(file)) {
      throw MirrorException.input(
          "there is no file to import",
          "nothing names it",
          "give it with -Dwheel-mirror.import.file=FILE");
    }
    return new RequestPaths(this).absolute(file);
  }

  @Override
  void run(Session session) {
    session.importFile(given());
  }
}
