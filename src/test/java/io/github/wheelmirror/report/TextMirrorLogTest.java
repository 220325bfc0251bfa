package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.BranchStatus;
import io.github.wheelmirror.constraints.RefDecision;
import io.github.wheelmirror.constraints.RefusedLine;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.constraints.UnconstrainedProjects;
import io.github.wheelmirror.python.WheelFilename;
import io.github.wheelmirror.tree.CoverageSummary;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Severity;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextMirrorLogTest {

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String SLUG = "debian-12-x86_64";

  private final List<String> lines = new ArrayList<>();
  private final TextMirrorLog log =
      new TextMirrorLog(
          new Lines() {
            @Override
            public void info(String line) {
              lines.add(line);
            }

            @Override
            public void warn(String line) {
              lines.add("! " + line);
            }

            @Override
            public void summary(String line, boolean attention) {
              lines.add((attention ? "! " : "") + line);
            }
          },
          "target/wheel-mirror/");

  private static ResolvedBranch branch(
      String name, BranchState state, List<String> reasons, List<RefusedLine> refused) {
    return new ResolvedBranch(
        name,
        "refs/heads/" + name,
        "",
        BranchStatus.STABLE,
        COMMIT,
        state,
        reasons,
        state == BranchState.RESOLVED ? List.of("six===1.17.0") : List.of(),
        refused);
  }

  @Test
  void everyBranchAndEveryRefIsAccountedFor() {
    List<RefDecision> refs = new ArrayList<>();
    refs.add(new RefDecision("refs/heads/a", COMMIT, true, "matches a"));
    refs.add(new RefDecision("refs/heads/feature/x", COMMIT, false, "a branch: not in <include>"));
    for (int i = 0; i < 9; i++) {
      refs.add(new RefDecision("refs/tags/" + i, COMMIT, false, "a tag: not in <include>"));
    }
    log.resolved(
        new Resolution(
            Resolution.SCHEMA_VERSION,
            "file:requirements",
            "upper-constraints.txt",
            List.of(),
            refs,
            List.of(
                branch("a", BranchState.RESOLVED, List.of(), List.of()),
                branch("b", BranchState.NO_FILE, List.of(), List.of()),
                branch("c", BranchState.NO_PINS, List.of(), List.of()),
                branch("d", BranchState.HELD, List.of("two pins for six"), List.of()),
                branch(
                    "e",
                    BranchState.HELD,
                    List.of("upper-constraints.txt:1: six>=1: a range"),
                    List.of(
                        new RefusedLine("upper-constraints.txt:1", "six>=1", "a range", "range")))),
            List.of(),
            List.of(
                new UnconstrainedProjects(
                    "a", new TargetId(SLUG, "cp39"), List.of("foo", "bar")))));
    assertThat(lines)
        .containsExactlyInAnyOrder(
            "constraints file:requirements upper-constraints.txt",
            "  in   a at 0123456789: 1 lines",
            "  in   b at 0123456789: no constraints file, nothing to do",
            "!   in   c at 0123456789: the file has no pins",
            "!   held d at 0123456789: its constraints cannot be used",
            "!          two pins for six",
            "!   held e at 0123456789: its constraints cannot be used",
            "!          upper-constraints.txt:1: six>=1: a range",
            "  out  refs/heads/feature/x: a branch: not in <include>",
            "  out  9 refs (listed in resolution.json): a tag: not in <include>",
            "  unconstrained on debian-12-x86_64/cp39 of a: bar, foo");
  }

  @Test
  void aReleaseAndItsRepetitionAreToldApart() {
    Release release = new Release(SLUG, "a".repeat(64), 3, "2026-01-01T00:00:00Z");
    log.released("main", release);
    log.nothingToRelease("main", release);
    assertThat(lines)
        .containsExactly(
            "  main: debian-12-x86_64 now serves " + "a".repeat(64) + " (release 3)",
            "  main: debian-12-x86_64 serves "
                + "a".repeat(64)
                + " already (release 3), nothing to release");
  }

  @Test
  void aBlockedChannelSaysWhatBlocksIt() {
    log.verified(
        new VerifiedChannel(
            SLUG,
            "a".repeat(64),
            false,
            List.of(
                new Problem(
                    Severity.ERROR,
                    "regression",
                    "master cp312 six===1.17.0",
                    "is gone",
                    "bring it back"),
                new Problem(Severity.WARNING, "note", "somewhere", "odd", "look")),
            List.of(new CoverageSummary("master", "cp312", Map.of("mirrored", 2))),
            List.of(),
            List.of()));
    assertThat(lines)
        .containsExactly(
            "  branch  python  pins  mirrored",
            "  master  cp312      2         2",
            "!   blocks: master cp312 six===1.17.0: is gone",
            "!   somewhere: odd",
            "  " + "a".repeat(64) + " of debian-12-x86_64 is not releasable");
  }

  @Test
  void whatIsOfNoConsequenceIsCountedAndWhatIsAcceptedIsToldWithItsReason() {
    Problem untidy = new Problem(Severity.INFO, "wheel-license-file", "a.whl", "odd", "");
    log.verified(
        new VerifiedChannel(
            SLUG,
            "a".repeat(64),
            true,
            List.of(
                untidy,
                new Problem(Severity.INFO, "wheel-license-file", "b.whl", "odd", ""),
                new Problem(
                    Severity.INFO, "wheel-glibc", "c.whl", "too old", "", "unused (until 2027)")),
            List.of(),
            List.of(),
            List.of()));
    assertThat(lines)
        .contains(
            "  2 × wheel-license-file, of no consequence: see verification.json",
            "  accepted: c.whl: too old: unused (until 2027)")
        .noneMatch(line -> line.startsWith("!"));
  }

  @Test
  void numbersAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      log.finished(1, 12, "six", "mirrored", Duration.ofMillis(1500));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(lines).containsExactly("  [1/12] six: mirrored (1.5 s)");
  }

  @Test
  void nothingThatIsToldCommandsATerminal() {
    log.note("a\u001b[2Jb");
    log.warning("first\nsecond\u0007");
    assertThat(lines).containsExactly("a\\x1b[2Jb", "! first", "! second\\x07");
  }

  @Test
  void nothingThatIsToldIsHiddenOrTurnedAround() {
    log.note("a\u202eb\u200b\u2028c\u00ad\udc00 \u00fc\u00e9\u4e2d\ud83d\ude00");
    assertThat(lines)
        .containsExactly("a\\u202eb\\u200b\\u2028c\\xad\\udc00 \u00fc\u00e9\u4e2d\ud83d\ude00");
  }

  private static WheelFile built(String filename, List<String> pythons, String notShared) {
    WheelFilename name = WheelFilename.parse(filename);
    return new WheelFile(
        filename,
        name.name(),
        name.version(),
        "ab".repeat(32),
        100,
        "",
        "",
        false,
        "",
        "",
        new Origin.Built(
            "cd".repeat(32),
            "ef".repeat(32),
            "1",
            true,
            List.of(),
            RequirementsUsed.NOTHING,
            pythons,
            notShared,
            "",
            List.of()));
  }

  @Test
  void pureWheelsThatServeFewerPythonsAreListedWithTheReason() {
    String reason = "CPython 3.13 computes other metadata: Requires-Dist";
    List<WheelFile> files =
        List.of(
            built("a-1.0-1-cp311-none-any.whl", List.of("cp311"), reason),
            built("b-1.0-1-py3-none-any.whl", List.of("cp311", "cp313"), ""));
    log.built(
        new BuildReport(BuildReport.SCHEMA_VERSION, "ab".repeat(32), List.of(), files),
        "mvn wheel-mirror:build");
    assertThat(lines)
        .containsExactly(
            "  built once for each Python although pure, as its metadata is computed:",
            "    a-1.0-1-cp311-none-any.whl serves cp311 only: " + reason);
    lines.clear();
    log.built(
        new BuildReport(BuildReport.SCHEMA_VERSION, "ab".repeat(32), List.of(), List.of()), "");
    assertThat(lines).isEmpty();
  }
}
