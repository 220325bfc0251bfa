package io.github.wheelmirror.mirror;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A {@code plan.json} of another run or host, with the {@code resolution.json} beside it that it
 * was made from. Both become those of this workspace, byte for byte, and nobody looks outside for
 * them again.
 */
record GivenPlan(Workspace workspace, Path file, Path beside, Stage<BuildPlan> plan) {

  /**
   * Reads it, and changes nothing.
   *
   * @param file the {@code plan.json}, which may be the workspace's own
   * @throws MirrorException (input) if one of the two is missing, damaged, or of another run
   */
  static GivenPlan read(Workspace workspace, MirrorRequest.Command command, Path file) {
    Path beside = file.resolveSibling(workspace.resolution().getFileName());
    Stage<BuildPlan> plan = required(workspace.read(file, BuildPlan.class), file, command);
    Stage<Resolution> resolution =
        required(workspace.read(beside, Resolution.class), beside, command);
    if (!plan.value().resolution().equals(resolution.digest())) {
      throw MirrorException.input(
          file + " was made from another resolution.json than the one beside it",
          "the two were copied at different times, or one of them was changed",
          "hand on both files of one run of " + command.goal("plan"));
    }
    return new GivenPlan(workspace, file, beside, plan);
  }

  /** Makes it the workspace's. */
  void take() {
    copy(beside, workspace.resolution());
    copy(file, workspace.plan());
  }

  private static <T> T required(Optional<T> stage, Path file, MirrorRequest.Command command) {
    return stage.orElseThrow(
        () ->
            MirrorException.input(
                file + " is missing",
                "shards do their parts of one plan, made once for all of them",
                "run "
                    + command.goal("plan")
                    + " on one host, hand on plan.json and resolution.json together, and name the"
                    + " plan with -Dwheel-mirror.plan=FILE"));
  }

  private static void copy(Path from, Path to) {
    try {
      if (!Files.exists(to) || !Files.isSameFile(from, to)) {
        AtomicFile.write(to, Files.readAllBytes(from));
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          from + " cannot be copied to " + to,
          IoWords.of(e),
          "make room or make the folder writable for this user",
          e);
    }
  }
}
