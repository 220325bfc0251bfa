package io.github.wheelmirror.mirror;

import io.github.wheelmirror.FileFact;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Notes after a build what the next one has to find as it is to have nothing to do. */
final class WitnessNote {

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;

  WitnessNote(MirrorRequest request, Outside outside, Workspace workspace) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
  }

  /** Writes the {@link Witness}, or why a further build has to look again. */
  void write(Resolution resolution, BuildReport report) {
    Path file = Witness.file(request.places().cache(), workspace.folder());
    Seen seen = outside.seen();
    try {
      if (seen.settings().isEmpty()) {
        // nobody will ask
        return;
      }
      if (!report.failed().isEmpty()) {
        seen.doubt("something failed");
      }
      if (request.work().updateLock()) {
        seen.doubt("build requirements are locked anew each time");
      }
      note(seen, resolution, report);
      if (seen.doubt().isEmpty()) {
        Witness.write(file, seen, said(resolution, report), outside.clock().millis());
      } else {
        Witness.writeDoubt(file, seen.doubt());
      }
    } catch (IOException e) {
      outside
          .log()
          .warning(file + " cannot be written, so the next build looks again: " + IoWords.of(e));
    }
  }

  /** The stage files and the wheels, as this run left them. */
  private void note(Seen seen, Resolution resolution, BuildReport report) throws IOException {
    List<Path> left = new ArrayList<>();
    left.add(workspace.resolution());
    left.add(workspace.plan());
    left.add(workspace.buildReport());
    // a staged snapshot decides what base counts as this project's own
    left.add(workspace.snapshot());
    left.add(workspace.work());
    for (Target target : resolution.targets()) {
      left.add(workspace.target(target.id()));
    }
    Instant now = outside.clock().instant();
    for (WheelFile wheel : report.files()) {
      left.addAll(outside.wheelhouse().witnesses(wheel));
      seen.until(outside.wheelhouse().usedUntil(wheel, now));
    }
    for (Path each : left) {
      seen.fact(each.toAbsolutePath(), FileFact.of(each));
    }
    for (Path each : seen.facts().keySet()) {
      String text = each.toString();
      if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\t') >= 0) {
        seen.doubt("a path has more than one line");
      }
    }
  }

  private static String said(Resolution resolution, BuildReport report) {
    int branches = resolution.branches().size();
    int wheels = report.files().size();
    return branches
        + (branches == 1 ? " branch, " : " branches, ")
        + wheels
        + (wheels == 1 ? " wheel" : " wheels")
        + " in the wheelhouse";
  }
}
