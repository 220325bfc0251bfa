package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What earlier builds teach of one build, and what it teaches in turn.
 *
 * @param key the build key
 * @param log the file of the build's output, in the workspace
 */
record BuildExperience(
    Outside.Experience experience, Pin pin, TargetId target, String key, Path log) {

  /** That of one target of a work. */
  static BuildExperience of(
      Outside.Experience experience, BuildWork work, TargetId target, Workspace workspace) {
    return new BuildExperience(
        experience,
        work.pin(),
        target,
        work.key(target),
        workspace.folder().resolve(Workspace.buildLog(work.pin(), target)));
  }

  /** How the same build failed under the same circumstances, if it did. */
  Optional<WorkResult.Failed> failure() {
    return experience.retryFailed()
        ? Optional.empty()
        : experience.failures().find(key, experience.circumstances().get(), log);
  }

  /** How many bytes of memory it will hold, with something to spare; 0 if unknown. */
  long memoryBytes() {
    long last =
        experience.history().last(pin.name(), target).map(BuildCost::memoryBytes).orElse(0L);
    return last + last / 4;
  }

  /** Learns from how it ended. */
  void learn(BuildResult result, WorkResult stored) {
    if (stored instanceof WorkResult.Failed failed) {
      if (failed.diagnosis().failureClass().isLasting()) {
        experience.failures().remember(key, experience.circumstances().get(), failed, log);
      }
    } else {
      experience.failures().forget(key);
    }
    if (result instanceof BuildResult.Built built) {
      experience.history().remember(pin.name(), target, built.cost());
    }
  }
}
