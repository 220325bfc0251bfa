package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.BranchContent;
import io.github.wheelmirror.constraints.BranchSelection;
import io.github.wheelmirror.constraints.BranchSelector;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.ConstraintsSource;
import io.github.wheelmirror.constraints.GitRef;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolutionBuilder;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.SelectedBranch;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    source.note(outside.seen());
    BranchSelection selection =
        BranchSelector.select(refs(source), request.constraints().branches());
    List<Target> targets = distinct(outside.targets().get());
    source.fetch(selection.branches().stream().map(SelectedBranch::toRef).toList());
    Resolution resolution = resolution(source, selection, targets);
    requireSomeFile(resolution);
    for (Target target : targets) {
      workspace.write(workspace.target(target.id()), TargetFile.of(target));
    }
    outside.log().resolved(resolution);
    return workspace.write(workspace.resolution(), resolution);
  }

  /**
   * The refs of the repository.
   *
   * @throws MirrorException (input) if it has none, so that no pattern could match
   */
  static List<GitRef> refs(ConstraintsSource source) {
    List<GitRef> refs = source.refs();
    if (refs.isEmpty()) {
      throw MirrorException.input(
          "constraints repository " + source.location() + " has no branches",
          "it is empty: nothing was committed there, or nothing was pushed to it",
          "commit the constraints file and push its branch there, or name another repository with"
              + " <constraints> (-Dwheel-mirror.constraints=URL)");
    }
    return refs;
  }

  /** Everything later knows a target by its id. */
  private static List<Target> distinct(List<Target> targets) {
    Map<TargetId, Target> distinct = new LinkedHashMap<>();
    for (Target target : targets) {
      Target other = distinct.putIfAbsent(target.id(), target);
      if (other != null && !other.equals(target)) {
        throw MirrorException.input(
            "there are two different targets " + target.id(),
            "one has CPython " + other.fullVersion() + ", the other " + target.fullVersion(),
            "give either the target file or the Python, not both");
      }
    }
    return List.copyOf(distinct.values());
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

  /**
   * One branch without the file has nothing to mirror; all of them are a file name that is wrong.
   */
  private static void requireSomeFile(Resolution resolution) {
    List<ResolvedBranch> branches = resolution.branches();
    if (!branches.isEmpty()
        && branches.stream().allMatch(branch -> branch.state() == BranchState.NO_FILE)) {
      throw noFile(
          resolution.file(),
          branches.stream().map(ResolvedBranch::name).toList(),
          resolution.source());
    }
  }

  /** The failure of a repository none of whose selected branches has the file. */
  static MirrorException noFile(String file, List<String> branches, String source) {
    return MirrorException.input(
        "no branch has the constraints file " + file,
        String.join(", ", branches) + " of " + source + " were looked through",
        "correct <constraintsFile> (-Dwheel-mirror.constraintsFile=PATH), or select other branches"
            + " with <branches> (-Dwheel-mirror.branches=NAME,NAME)");
  }

  /** A branch whose file is there and cannot be read is held; it is not a branch without a file. */
  private static BranchContent content(
      ConstraintsSource source, SelectedBranch selected, String file) {
    try {
      return BranchContent.read(source, selected.commit(), file);
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
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
