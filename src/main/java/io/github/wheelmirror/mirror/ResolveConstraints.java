package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.BranchContent;
import io.github.wheelmirror.constraints.BranchSelection;
import io.github.wheelmirror.constraints.BranchSelector;
import io.github.wheelmirror.constraints.ConstraintsSource;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolutionBuilder;
import io.github.wheelmirror.constraints.SelectedBranch;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.util.List;

/** Git refs and configuration become a {@link Resolution}. */
final class ResolveConstraints {

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;

  ResolveConstraints(MirrorRequest request, Outside outside, Workspace workspace) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
  }

  Stage<Resolution> run() {
    outside.log().begins("resolve");
    ConstraintsSource source = outside.constraints().get();
    BranchSelection selection =
        BranchSelector.select(source.refs(), request.constraints().branches());
    List<Target> targets = outside.targets().get();
    source.fetch(selection.branches().stream().map(SelectedBranch::toRef).toList());
    Resolution resolution = resolution(source, selection, targets);
    for (Target target : targets) {
      workspace.write(workspace.target(target.id()), target);
    }
    outside.log().resolved(resolution);
    return workspace.write(workspace.resolution(), resolution);
  }

  private Resolution resolution(
      ConstraintsSource source, BranchSelection selection, List<Target> targets) {
    MirrorRequest.ConstraintsSettings settings = request.constraints();
    ResolutionBuilder builder =
        new ResolutionBuilder(
            shown(source.location()),
            settings.file(),
            targets,
            settings.extraPins(),
            settings.nonPins());
    for (SelectedBranch selected : selection.branches()) {
      builder.add(selected, content(source, selected, settings.file()));
    }
    return builder.build(selection.decisions());
  }

  /** A branch whose file is there and cannot be read is held; it is not a branch without a file. */
  private static BranchContent content(
      ConstraintsSource source, SelectedBranch selected, String file) {
    try {
      return BranchContent.read(source, selected.commit(), file);
    } catch (MirrorException e) {
      return new BranchContent.Unreadable(e.getMessage() == null ? e.what() : e.getMessage());
    }
  }

  /** A folder of this machine by its name alone: stage files travel to other machines. */
  private static String shown(String location) {
    boolean local = location.startsWith("file:") || location.startsWith("/");
    String path = location.replaceFirst("/+$", "");
    return local ? "file:" + path.substring(path.lastIndexOf('/') + 1) : location;
  }
}
