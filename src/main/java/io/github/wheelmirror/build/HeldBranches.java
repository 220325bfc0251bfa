package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.TargetId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Carries the pins of branches that cannot be resolved over from the base releases. */
final class HeldBranches {

  /** One pin of a held branch that the base served. */
  record Carried(Pin pin, String branch, TargetId target, PlanState state) {}

  private final Map<String, BaseRelease> bases;
  private final Set<TargetId> targets;

  /**
   * @param bases by slug
   */
  HeldBranches(Map<String, BaseRelease> bases, Collection<TargetId> targets) {
    this.bases = new TreeMap<>(bases);
    this.targets = Set.copyOf(targets);
  }

  static boolean isHeld(ResolvedBranch branch) {
    return branch.state() == BranchState.HELD;
  }

  /** What the bases served for the branch on targets that still exist. */
  List<Carried> carried(ResolvedBranch branch) {
    List<Carried> carried = new ArrayList<>();
    bases.forEach((slug, base) -> carried.addAll(carried(branch.name(), slug, base)));
    return carried;
  }

  private List<Carried> carried(String branch, String slug, BaseRelease base) {
    Map<String, WheelFile> files = new HashMap<>();
    base.files().forEach(file -> files.put(file.filename(), file));
    List<Carried> carried = new ArrayList<>();
    for (Served served : base.served()) {
      WheelFile file = files.get(served.filename());
      if (file != null && served.branch().equals(branch)) {
        TargetId target = new TargetId(slug, served.python());
        if (targets.contains(target)) {
          PlanState state = new PlanState.Reuse(file, PlanState.Reuse.RELEASE);
          carried.add(new Carried(served.pin(), branch, target, state));
        }
      }
    }
    return carried;
  }

  /** The branch with a reason for each channel that says what happens to its pins. */
  PlannedBranch planned(ResolvedBranch branch) {
    List<String> reasons = new ArrayList<>(branch.reasons());
    if (isHeld(branch)) {
      targets.stream()
          .map(TargetId::slug)
          .distinct()
          .sorted()
          .forEach(slug -> reasons.add(fate(branch.name(), slug)));
    }
    return new PlannedBranch(branch.name(), branch.state(), reasons);
  }

  private String fate(String branch, String slug) {
    BaseRelease base = bases.get(slug);
    if (base == null) {
      return slug + " has no release yet, so the branch is left out";
    }
    long pins = carried(branch, slug, base).stream().map(Carried::pin).distinct().count();
    return pins == 0
        ? "release " + base.serial() + " of " + slug + " has nothing of it, so it is left out"
        : pins
            + (pins == 1 ? " pin" : " pins")
            + " of release "
            + base.serial()
            + " of "
            + slug
            + (pins == 1 ? " is" : " are")
            + " carried over";
  }
}
