package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the upstream file that serves a pin on a target, as pip would among the files of exactly
 * that version: a wheel, else an sdist.
 *
 * <p>Yanked files count, for an exact pin may use them, but after others. A file that the index
 * gives no strong hash for is not copied nor built from.
 */
final class CandidateSelection {

  /** What serves the pin. */
  sealed interface Choice {}

  record WheelChoice(RemoteFile file) implements Choice {}

  record SdistChoice(RemoteFile file) implements Choice {}

  record NoChoice(UnsatisfiableReason reason, String words) implements Choice {}

  private static final List<String> EXTENSIONS = List.of(".tar.gz", ".zip");

  private final PlanSettings settings;

  CandidateSelection(PlanSettings settings) {
    this.settings = settings;
  }

  Choice choose(Pin pin, ProjectFiles files, ProjectFiles.Release release, PlanTarget target) {
    Optional<RemoteFile> wheel = wheel(release, target);
    Optional<RemoteFile> sdist = sdist(release, target);
    boolean build =
        wheel.isEmpty()
            || (settings.upstreamWheels() == UpstreamWheels.REBUILD && sdist.isPresent());
    if (!build) {
      return new WheelChoice(wheel.orElseThrow());
    }
    if (sdist.isPresent()) {
      return new SdistChoice(sdist.orElseThrow());
    }
    return new Shortfall(pin, files, release, target, settings).explain();
  }

  private Optional<RemoteFile> wheel(ProjectFiles.Release release, PlanTarget target) {
    boolean skips = settings.upstreamWheels() == UpstreamWheels.SKIP;
    return release.wheels().stream()
        .filter(wheel -> target.admits(wheel.file().requiresPython()))
        .filter(
            wheel ->
                settings.accepts(wheel.file())
                    || (skips && settings.quarantined(wheel.file()).isEmpty()))
        .filter(wheel -> target.priority(wheel.name()).isPresent())
        .min(wheelOrder(target))
        .map(ProjectFiles.Wheel::file);
  }

  private static Comparator<ProjectFiles.Wheel> wheelOrder(PlanTarget target) {
    return Comparator.comparing((ProjectFiles.Wheel wheel) -> wheel.file().yanked())
        .thenComparing(wheel -> target.priority(wheel.name()).orElseThrow())
        .thenComparing((a, b) -> b.name().compareBuildTag(a.name()))
        .thenComparing(ProjectFiles.Wheel::position, Comparator.reverseOrder());
  }

  private Optional<RemoteFile> sdist(ProjectFiles.Release release, PlanTarget target) {
    return release.sdists().stream()
        .filter(sdist -> suits(sdist, target) && settings.accepts(sdist.file()))
        .min(
            Comparator.comparing((ProjectFiles.Sdist sdist) -> sdist.file().yanked())
                .thenComparing(sdist -> rank(sdist.file().filename()))
                .thenComparing(ProjectFiles.Sdist::position, Comparator.reverseOrder()))
        .map(ProjectFiles.Sdist::file);
  }

  private static boolean suits(ProjectFiles.Sdist sdist, PlanTarget target) {
    return target.admits(sdist.file().requiresPython())
        && sdist.name().pythonVersion().map(target::isPython).orElse(true);
  }

  private static int rank(String filename) {
    for (int i = 0; i < EXTENSIONS.size(); i++) {
      if (filename.endsWith(EXTENSIONS.get(i))) {
        return i;
      }
    }
    return EXTENSIONS.size();
  }
}
