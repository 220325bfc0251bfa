package io.github.wheelmirror.tree;

import io.github.wheelmirror.XmlText;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Glob;
import io.github.wheelmirror.constraints.Pin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a new release may not lose.
 *
 * <p>A regression is a (branch, Python, pin) that is still wanted, that the base served, and that
 * would not be served now; it blocks the channel. So does a branch that the base served and that
 * has vanished or has no constraints any more, until it is named as retired. A bumped pin that
 * fails is new and no regression. Nor is a pin that the configuration excludes: that is a decision
 * with a reason, as retiring a branch is, and there would be no other way to take one; it is
 * reported as a warning.
 */
public final class RegressionRule {

  private record Key(String branch, String python, Pin pin) {}

  private final Manifest base;
  private final List<Glob> retired;

  /**
   * Compares with a base.
   *
   * @param base what the channel released before, {@link Manifest#empty} for nothing
   * @param retired branches that are given up: globs over the short or the full name
   */
  public RegressionRule(Manifest base, List<String> retired) {
    this.base = base;
    this.retired = retired.stream().map(Glob::new).toList();
  }

  /**
   * The problems of a release.
   *
   * @param branches of the new release
   * @param pythons of the new release
   */
  public List<Problem> check(
      Coverage coverage, List<ManifestBranch> branches, List<String> pythons) {
    Map<Key, Outcome> now = new HashMap<>();
    for (CoverageEntry entry : coverage.entries()) {
      now.put(new Key(entry.branch(), entry.python(), entry.pin()), entry.outcome());
    }
    Map<String, ManifestBranch> present =
        branches.stream()
            .collect(Collectors.toMap(ManifestBranch::name, branch -> branch, (a, b) -> a));
    List<Problem> problems = new ArrayList<>();
    Set<String> lost = new HashSet<>();
    for (ManifestServed served : base.served()) {
      ManifestBranch branch = present.get(served.branch());
      if (branch == null || isEmpty(branch)) {
        lost.add(served.branch());
        continue;
      }
      for (String python : served.pythons()) {
        boolean carried = branch.state() == BranchState.HELD && pythons.contains(python);
        Outcome outcome = now.get(new Key(served.branch(), python, served.pin()));
        if (outcome == null && carried) {
          problems.add(notCarried(served, python));
        } else if (outcome != null && !outcome.served()) {
          judge(served, python, outcome, problems);
        }
      }
    }
    lost.stream()
        .filter(branch -> !isRetired(branch))
        .forEach(b -> problems.add(present.containsKey(b) ? emptied(b) : missing(b)));
    return problems.stream().sorted().toList();
  }

  private static void judge(
      ManifestServed served, String python, Outcome outcome, List<Problem> problems) {
    String where = where(served, python);
    if (outcome instanceof Outcome.Excluded excluded) {
      problems.add(
          Problem.warning(
              "excluded",
              where,
              "was served and is excluded now: " + excluded.reason(),
              "nothing, if that is meant"));
    } else if (!(outcome instanceof Outcome.NotApplicable)) {
      problems.add(
          Problem.error(
              "regression",
              where,
              "the last release serves it, this one would not: it is " + outcome.label(),
              "make it succeed again, or exclude it with a reason"));
    }
  }

  private static Problem notCarried(ManifestServed served, String python) {
    return Problem.error(
        "regression",
        where(served, python),
        "the branch is held, but this pin of its last release is not carried over",
        "run the plan goal again");
  }

  private static Problem missing(String branch) {
    return Problem.error(
        "vanished-branch",
        branch,
        "the last release serves this branch, and now there is none",
        "if it is gone for good, name it: <retired>" + XmlText.content(branch) + "</retired>");
  }

  private static Problem emptied(String branch) {
    return Problem.error(
        "emptied-branch",
        branch,
        "the last release serves this branch, and now it has no constraints",
        "see whether <constraintsFile> still names its file; if the branch is given up, name it:"
            + " <retired>"
            + XmlText.content(branch)
            + "</retired>");
  }

  private static boolean isEmpty(ManifestBranch branch) {
    return branch.state() == BranchState.NO_FILE || branch.state() == BranchState.NO_PINS;
  }

  private boolean isRetired(String branch) {
    String ref =
        base.branches().stream()
            .filter(each -> each.name().equals(branch))
            .map(ManifestBranch::ref)
            .findFirst()
            .orElse(branch);
    return retired.stream().anyMatch(pattern -> pattern.matches(branch) || pattern.matches(ref));
  }

  private static String where(ManifestServed served, String python) {
    return served.pin() + " for " + served.branch() + " on " + python;
  }
}
