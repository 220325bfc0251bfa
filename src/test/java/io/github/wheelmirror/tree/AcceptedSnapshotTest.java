package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot with a wheel that its targets cannot run, and what a person says of it. */
class AcceptedSnapshotTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

  @TempDir private Path folder = Path.of("");

  private VerifiedResult verify(AcceptedFinding... accepted) {
    ReleaseScenario scenario =
        new ReleaseScenario(folder, "cp311")
            .branch("master")
            .mirrored(
                "master",
                TestWheel.of("foo", "1.0")
                    .tag("cp311-cp311-linux_x86_64")
                    .file("foo/_c.cpython-311-x86_64-linux-gnu.so", ForgedWheel.elf("GLIBC_2.41")));
    scenario.snapshot();
    return new SnapshotVerifier(
            scenario.wheelhouse(),
            new VerificationSettings(
                MinCoverage.NONE, List.of(), List.of(ReleaseScenario.target("cp311"))),
            new Baseline(List.of(accepted), TODAY))
        .verify(scenario.staged(), Manifest.empty(ReleaseScenario.SLUG));
  }

  private static AcceptedFinding entry(String pin, String expires) {
    return new AcceptedFinding(pin, "", "wheel-glibc", "never loaded", expires);
  }

  @Test
  void aWheelThatNeedsANewerGlibcThanItsTargetHasBlocks() {
    VerifiedResult result = verify();
    assertThat(result.releasable()).isEmpty();
    assertThat(result.channel().errors())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("wheel-glibc");
              assertThat(problem.words()).contains("glibc 2.41", "debian-12-x86_64 has 2.36");
              assertThat(problem.fix()).contains("exclude the pin", "<baselineFile>");
            });
  }

  @Test
  void whatIsAcceptedUntilALaterDayIsReleased() {
    VerifiedResult result = verify(entry("foo", "2026-11-26"));
    assertThat(result.releasable()).isPresent();
    assertThat(result.channel().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Severity.INFO);
              assertThat(problem.accepted()).isEqualTo("never loaded (until 2026-11-26)");
            });
  }

  @Test
  void whatIsAcceptedNoMoreBlocks() {
    assertThat(verify(entry("foo", "2026-11-25")).releasable()).isEmpty();
    assertThat(verify(entry("foo===2.0", "2026-11-27")).releasable()).isEmpty();
  }
}
