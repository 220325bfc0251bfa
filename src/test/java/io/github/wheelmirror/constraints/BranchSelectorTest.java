package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BranchSelectorTest {

  private static final List<GitRef> REFS =
      refs(
          "refs/heads/master",
          "refs/heads/stable/2025.2",
          "refs/heads/stable/2026.1",
          "refs/heads/unmaintained/yoga",
          "refs/heads/feature/x",
          "refs/tags/2024.2-eol",
          "refs/tags/victoria-eom",
          "refs/tags/1.2.3",
          "refs/changes/01/1/1",
          "refs/pull/7/head",
          "refs/notes/review");

  @Test
  void takesMasterAndStableWhenNothingIsSaid() {
    BranchSelection selection = BranchSelector.select(REFS, BranchPatterns.defaults());

    assertThat(selected(selection)).containsExactly("master", "stable/2026.1", "stable/2025.2");
  }

  @Test
  void givesEveryRefAReason() {
    BranchSelection selection =
        BranchSelector.select(
            REFS, new BranchPatterns(List.of(), List.of("*/2025.*"), List.of("stable/2026.1")));

    assertThat(reasons(selection))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("refs/heads/master", "+ matches the pattern master"),
                Map.entry("refs/heads/stable/2025.2", "- excluded: matches the pattern */2025.*"),
                Map.entry(
                    "refs/heads/stable/2026.1", "- retired: matches the pattern stable/2026.1"),
                Map.entry("refs/heads/unmaintained/yoga", "- unmaintained: not in <branches>"),
                Map.entry("refs/heads/feature/x", "- a branch: not in <branches>"),
                Map.entry("refs/tags/2024.2-eol", "- end of life tag: not in <branches>"),
                Map.entry("refs/tags/victoria-eom", "- unmaintained tag: not in <branches>"),
                Map.entry("refs/tags/1.2.3", "- a tag: not in <branches>"),
                Map.entry("refs/changes/01/1/1", "- a change or pull request, not a branch"),
                Map.entry("refs/pull/7/head", "- a change or pull request, not a branch"),
                Map.entry("refs/notes/review", "- neither a branch nor a tag")));
  }

  @Test
  void starMatchesAnyRunButNoTagUnlessItsEndingIsNamed() {
    assertThat(selected(select("*")))
        .containsExactly(
            "master", "stable/2026.1", "stable/2025.2", "unmaintained/yoga", "feature/x");
    assertThat(selected(select("*-eol"))).containsExactly("2024.2-eol");
    assertThat(selected(select("1.2.3"))).containsExactly("1.2.3");
    assertThat(selected(select("refs/tags/*")))
        .containsExactly("2024.2-eol", "victoria-eom", "1.2.3");
    assertThat(selected(select("refs/heads/*/2*")))
        .containsExactly("stable/2026.1", "stable/2025.2");
  }

  @Test
  void aPatternWithoutMatchIsBadInputWithNearMisses() {
    assertThatThrownBy(() -> select("master", "stable/2025.3", "stabel/2026.1"))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).isEqualTo("no branch matches stable/2025.3, stabel/2026.1");
              assertThat(e.why()).startsWith("the nearest names are stable/2025.2, ");
              assertThat(e.fix()).contains("<retired>");
            });
  }

  @Test
  void aMovedSeriesIsTheNearestName() {
    assertThatThrownBy(() -> select("stable/yoga"))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> assertThat(e.why()).startsWith("the nearest names are unmaintained/yoga, "));
  }

  @Test
  void aRetiredBranchMayBeGone() {
    BranchSelection selection =
        BranchSelector.select(
            REFS,
            new BranchPatterns(
                List.of("master", "stable/2024.1"), List.of(), List.of("stable/2024.1")));

    assertThat(selected(selection)).containsExactly("master");
  }

  @Test
  void oneOfTheDefaultsIsEnough() {
    List<GitRef> refs = refs("refs/heads/main", "refs/heads/stable/1");

    assertThat(selected(BranchSelector.select(refs, BranchPatterns.defaults())))
        .containsExactly("stable/1");
    assertThatThrownBy(
            () -> BranchSelector.select(refs("refs/heads/main"), BranchPatterns.defaults()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("the nearest names are main");
    assertThatThrownBy(() -> BranchSelector.select(List.of(), BranchPatterns.defaults()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("the repository has no branches");
  }

  @Test
  void aBranchThatAppearsTwiceIsTakenOnce() {
    List<GitRef> refs =
        refs(
            "refs/heads/master",
            "refs/remotes/origin/master",
            "refs/remotes/gerrit/stable/2026.1",
            "refs/remotes/origin/stable/2026.1",
            "refs/tags/master",
            "refs/heads/master");

    BranchSelection selection = BranchSelector.select(refs, BranchPatterns.defaults());

    assertThat(reasons(selection))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "refs/heads/master", "+ matches the pattern master",
                "refs/remotes/origin/master", "- the same branch as refs/heads/master",
                "refs/remotes/origin/stable/2026.1", "+ matches the pattern stable/*",
                "refs/remotes/gerrit/stable/2026.1",
                    "- the same branch as refs/remotes/origin/stable/2026.1",
                "refs/tags/master", "- the same branch as refs/heads/master"));
  }

  @Test
  void theOrderOfTheRefsDoesNotMatter() {
    List<GitRef> shuffled = new ArrayList<>(REFS);
    Collections.shuffle(shuffled, new Random(3));

    assertThat(BranchSelector.select(shuffled, BranchPatterns.defaults()))
        .isEqualTo(BranchSelector.select(REFS, BranchPatterns.defaults()));
  }

  private static BranchSelection select(String... include) {
    return BranchSelector.select(REFS, new BranchPatterns(List.of(include), List.of(), List.of()));
  }

  private static List<String> selected(BranchSelection selection) {
    return selection.branches().stream().map(branch -> branch.branch().name()).toList();
  }

  private static Map<String, String> reasons(BranchSelection selection) {
    return selection.decisions().stream()
        .collect(
            Collectors.toMap(RefDecision::ref, d -> (d.selected() ? "+ " : "- ") + d.reason()));
  }

  private static List<GitRef> refs(String... names) {
    return List.of(names).stream().map(name -> new GitRef(name, "0123456789".repeat(4))).toList();
  }
}
