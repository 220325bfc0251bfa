package io.github.wheelmirror.mojo;

import io.github.wheelmirror.mirror.Witness;
import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.plugin.logging.Log;

/**
 * Whether a build would find nothing to do, told by the {@link Witness} of an earlier one alone:
 * nothing else of this plugin is loaded for it. Whatever is unclear is left to a real run.
 */
final class Unchanged {

  private Unchanged() {}

  static boolean isSinceLastBuild(AbstractMirrorMojo mojo) {
    Log log = mojo.getLog();
    if (mojo.updateLock || mojo.session.getRequest().isUpdateSnapshots()) {
      log.debug("looking again, as is asked for");
      return false;
    }
    Map<String, String> environment = System.getenv();
    RequestPaths paths = new RequestPaths(mojo);
    Path workspace = paths.workspace();
    if (mojo.memo().hasLooked(workspace)) {
      // an earlier goal of this session looked, and this one goes on with what it saw
      return false;
    }
    try {
      Witness witness =
          Witness.holding(
              Witness.file(paths.cache(environment), workspace),
              SettingsDigest.of(mojo, environment),
              System.currentTimeMillis());
      for (String line : witness.warned()) {
        log.warn(line);
      }
      log.info("build: nothing changed since the last one: " + witness.said());
      return true;
    } catch (Witness.LookAgainException e) {
      log.debug("looking again: " + e.getMessage());
      return false;
    }
  }
}
