package io.github.wheelmirror.builder;

import io.github.wheelmirror.RealPath;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folders in which builds work.
 *
 * @param workspace has the sources
 * @param cache has the environments
 */
public record BuildPlaces(Path workspace, Path cache) {

  /** Of which each build has one of its own, without what is on disks or in the host's memory. */
  private static final Path DEVICES = Path.of("/dev");

  /** Why nothing can be built in them, if that is so. */
  Optional<Diagnosis> refusal() {
    return devices(workspace, "workspace")
        .or(() -> devices(cache, "cacheDirectory"))
        .or(this::separator);
  }

  private static Optional<Diagnosis> devices(Path folder, String parameter) {
    return RealPath.of(folder).startsWith(DEVICES)
        ? Optional.of(refused(folder, "a build has a " + DEVICES + " of its own", parameter))
        : Optional.empty();
  }

  private Optional<Diagnosis> separator() {
    return cache.toString().indexOf(':') >= 0
        ? Optional.of(
            refused(cache, "a ':' in a path separates two folders in PATH", "cacheDirectory"))
        : Optional.empty();
  }

  private static Diagnosis refused(Path folder, String why, String parameter) {
    return new Diagnosis(
        FailureClass.BUILD_ENVIRONMENT,
        "nothing can be built in " + folder,
        why,
        "name another folder with -Dwheel-mirror." + parameter + "=FOLDER");
  }
}
