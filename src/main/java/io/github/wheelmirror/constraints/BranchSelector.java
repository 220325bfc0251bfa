package io.github.wheelmirror.constraints;

import io.github.wheelmirror.MirrorException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Chooses branches by name and says of every ref why it is in or out. */
public final class BranchSelector {

  private static final Comparator<GitRef> PREFERENCE =
      Comparator.comparing(BranchSelector::preference).thenComparing(GitRef::name);

  private final BranchPatterns patterns;
  private final Map<String, GitRef> holders = new HashMap<>();
  private final Set<String> matchedIncludes = new HashSet<>();

  private BranchSelector(BranchPatterns patterns) {
    this.patterns = patterns;
  }

  /**
   * Chooses.
   *
   * <p>A branch that appears several times (a local head, a remote-tracking copy of it, a tag of
   * the same name) is taken once: the head, else {@code origin}'s copy, else another copy, else the
   * tag.
   *
   * @throws MirrorException (input) if an include pattern matches nothing, unless it is retired
   */
  public static BranchSelection select(List<GitRef> refs, BranchPatterns patterns) {
    return new BranchSelector(patterns).select(refs);
  }

  private BranchSelection select(List<GitRef> refs) {
    Map<String, GitRef> distinct = new TreeMap<>();
    refs.forEach(ref -> distinct.putIfAbsent(ref.name(), ref));
    distinct.values().stream()
        .filter(ref -> preference(ref) < Integer.MAX_VALUE)
        .sorted(PREFERENCE)
        .forEach(ref -> holders.putIfAbsent(Branch.classify(ref.name()).name(), ref));
    List<SelectedBranch> branches = new ArrayList<>();
    List<RefDecision> decisions = new ArrayList<>();
    for (GitRef ref : distinct.values()) {
      Branch branch = Branch.classify(ref.name());
      RefDecision decision = decide(ref, branch);
      decisions.add(decision);
      if (decision.selected()) {
        branches.add(new SelectedBranch(branch, ref.commit()));
      }
    }
    refuseIdlePatterns(distinct.values().stream().toList());
    return new BranchSelection(branches, decisions);
  }

  private RefDecision decide(GitRef ref, Branch branch) {
    if (preference(ref) == Integer.MAX_VALUE) {
      return out(ref, foreign(ref.name()));
    }
    List<String> includes = matching(patterns.wanted(), ref, branch);
    matchedIncludes.addAll(includes);
    GitRef holder = holders.getOrDefault(branch.name(), ref);
    if (!holder.equals(ref)) {
      return out(ref, "the same branch as " + holder.name());
    }
    List<String> retired = matching(patterns.retired(), ref, branch);
    if (!retired.isEmpty()) {
      return out(ref, "retired: matches the pattern " + retired.get(0));
    }
    List<String> excludes = matching(patterns.exclude(), ref, branch);
    if (!excludes.isEmpty()) {
      return out(ref, "excluded: matches the pattern " + excludes.get(0));
    }
    return includes.isEmpty()
        ? out(ref, kind(ref, branch) + ": not in <branches>")
        : new RefDecision(ref.name(), ref.commit(), true, "matches the pattern " + includes.get(0));
  }

  private static RefDecision out(GitRef ref, String reason) {
    return new RefDecision(ref.name(), ref.commit(), false, reason);
  }

  private static List<String> matching(List<String> candidates, GitRef ref, Branch branch) {
    return candidates.stream().filter(text -> matches(new Glob(text), ref, branch)).toList();
  }

  private static boolean matches(Glob glob, GitRef ref, Branch branch) {
    if (glob.pattern().startsWith("refs/")) {
      return glob.matches(ref.name());
    }
    boolean admitsTags =
        glob.isLiteral()
            || glob.pattern().endsWith("-eol")
            || glob.pattern().endsWith("-eom")
            || glob.pattern().endsWith("-em");
    return (admitsTags || !isTag(ref)) && glob.matches(branch.name());
  }

  private void refuseIdlePatterns(List<GitRef> refs) {
    List<Glob> retired = patterns.retired().stream().map(Glob::new).toList();
    List<String> idle =
        patterns.wanted().stream()
            .filter(pattern -> !matchedIncludes.contains(pattern))
            .filter(pattern -> retired.stream().noneMatch(glob -> glob.matches(pattern)))
            .toList();
    boolean defaultsAreIdle =
        patterns.include().isEmpty() && idle.size() < patterns.wanted().size();
    if (idle.isEmpty() || defaultsAreIdle) {
      return;
    }
    throw MirrorException.input(
        "no branch matches " + String.join(", ", idle),
        refs.isEmpty() ? "the repository has no branches" : NearMisses.of(idle, refs),
        "correct <branches> (-Dwheel-mirror.branches=NAME,NAME); a branch that is gone for good"
            + " belongs into <retired>");
  }

  /** Which of several refs of one name is taken: the lowest; refs that are no branches last. */
  private static int preference(GitRef ref) {
    String name = ref.name();
    if (name.startsWith("refs/heads/")) {
      return 0;
    }
    if (name.startsWith("refs/remotes/") && name.indexOf('/', "refs/remotes/".length()) > 0) {
      return name.startsWith("refs/remotes/origin/") ? 1 : 2;
    }
    return isTag(ref) ? 3 : Integer.MAX_VALUE;
  }

  private static boolean isTag(GitRef ref) {
    return ref.name().startsWith("refs/tags/");
  }

  private static String kind(GitRef ref, Branch branch) {
    if (isTag(ref)) {
      return branch.status() == BranchStatus.OTHER ? "a tag" : branch.status().words() + " tag";
    }
    return branch.status() == BranchStatus.OTHER ? "a branch" : branch.status().words();
  }

  private static String foreign(String ref) {
    return ref.startsWith("refs/changes/")
            || ref.startsWith("refs/pull/")
            || ref.startsWith("refs/merge-requests/")
        ? "a change or pull request, not a branch"
        : "neither a branch nor a tag";
  }
}
