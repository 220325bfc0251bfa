package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.report.Basis;
import io.github.wheelmirror.report.MirrorReport.BranchFacts;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import java.util.List;

/** What is known of a project's pins, from its workspace or from what regions serve. */
record ProjectFacts(
    String source,
    Basis basis,
    List<TargetId> targets,
    List<BranchFacts> branches,
    List<PinFacts> pins,
    List<WheelFile> files) {

  static final ProjectFacts NONE =
      new ProjectFacts("", Basis.NOTHING, List.of(), List.of(), List.of(), List.of());

  ProjectFacts {
    targets = List.copyOf(targets);
    branches = List.copyOf(branches);
    pins = List.copyOf(pins);
    files = List.copyOf(files);
  }
}
