package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Pin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotVerifierTest {

  private static final Manifest NONE = Manifest.empty(ReleaseScenario.SLUG);

  @TempDir private Path folder = Path.of("");

  private ReleaseScenario scenario() {
    return new ReleaseScenario(folder, "cp311", "cp312").branch("master");
  }

  private ReleaseScenario first() {
    return scenario().mirrored("master", "foo", "1.0").mirrored("master", "bar", "2.0");
  }

  private static List<String> errors(VerifiedResult result) {
    assertThat(result.releasable().isPresent()).isEqualTo(result.channel().errors().isEmpty());
    return result.channel().errors().stream().map(Problem::code).distinct().toList();
  }

  private static void overwrite(Path file, byte[] content) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(file, content);
  }

  @Test
  void aGoodSnapshotIsReleasable() {
    ReleaseScenario scenario = first();
    Snapshot snapshot = scenario.snapshot();
    VerifiedResult result = scenario.verify();
    assertThat(result.channel().problems()).isEmpty();
    assertThat(result.releasable().orElseThrow().snapshot()).isEqualTo(snapshot);
    Verification verification = Verification.of(List.of(result.channel()));
    assertThat(Json.read(Json.write(verification), Verification.class, "x"))
        .isEqualTo(verification);
  }

  @Test
  void eachChangedOrMissingOrAddedFileIsFound() throws IOException {
    ReleaseScenario scenario = first();
    Path root = scenario.snapshot().directory();
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    assertThat(files).hasSize(14);
    for (Path file : files) {
      Files.delete(file);
      assertFound(scenario, file + " deleted");
      Files.writeString(file, "x");
      assertFound(scenario, file + " changed");
      Files.delete(file);
      scenario.snapshot();
      assertThat(scenario.verify().releasable()).isPresent();
    }
    Files.writeString(root.resolve("pages/stranger"), "x");
    assertThat(errors(scenario.verify())).containsExactly("unlisted-document");
  }

  /** As a problem; or, where nothing is left to judge, as the exception for bad input. */
  private static void assertFound(ReleaseScenario scenario, String what) {
    try {
      assertThat(scenario.verify().releasable()).as(what).isEmpty();
    } catch (MirrorException e) {
      assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
    }
  }

  @Test
  void aWheelOrMetadataFileChangedInTheWheelhouseIsFound() throws IOException {
    ReleaseScenario scenario = first();
    WheelFile file = scenario.wheelhouse().all().get(0);
    scenario.snapshot();
    Path wheel = scenario.wheelhouse().path(file).orElseThrow();
    byte[] good = Files.readAllBytes(wheel);
    byte[] bad = good.clone();
    bad[good.length / 2] ^= 1;
    overwrite(wheel, bad);
    assertThat(errors(scenario.verify())).containsExactly("damaged-file");
    overwrite(wheel, good);
    Path metadata = scenario.wheelhouse().metadata(file.sha256(), file.filename()).orElseThrow();
    overwrite(metadata, "Metadata-Version: 2.1\n".getBytes(StandardCharsets.UTF_8));
    assertThat(errors(scenario.verify())).containsExactly("metadata-file");
    Files.delete(metadata);
    assertThat(errors(scenario.verify())).containsExactly("missing-file");
  }

  @Test
  void aManifestThatLiesWithAMatchingIdIsFound() throws IOException {
    assertThat(errors(forge(text -> text.replace("\"kept\" : false", "\"kept\" : true"))))
        .contains("coverage");
    assertThat(
            errors(forge(text -> text.replace("\"superseded\" : false", "\"superseded\" : true"))))
        .contains("page-content", "coverage");
    assertThat(
            errors(forge(text -> text.replace("\"version\" : \"1.0\"", "\"version\" : \"1.1\""))))
        .contains("manifest-file");
    assertThat(
            errors(forge(text -> text.replace("\"project\" : \"foo\"", "\"project\" : \"baz\""))))
        .contains("manifest-file", "page-link");
  }

  private VerifiedResult forge(UnaryOperator<String> change) throws IOException {
    ReleaseScenario scenario = first();
    Snapshot snapshot = scenario.snapshot();
    Path root = snapshot.directory();
    String text = Files.readString(root.resolve(TreeLayout.manifest(snapshot.id())));
    String forged = change.apply(text);
    assertThat(forged).isNotEqualTo(text);
    Files.writeString(root.resolve(TreeLayout.manifest(snapshot.id())), forged);
    String id = Sha256.of(forged.getBytes(StandardCharsets.UTF_8));
    Files.move(
        root.resolve(TreeLayout.snapshot(snapshot.id())), root.resolve(TreeLayout.snapshot(id)));
    return scenario.verify();
  }

  @Test
  void whatOnlyAHostOfThePlatformCanBuildHoldsTheChannelBack() {
    Outcome waits =
        new Outcome.Failed(FailureClass.WAITING_FOR_AGENT, "not here", "another host", "there", "");
    ReleaseScenario scenario =
        scenario()
            .mirrored("master", "six", "1.17.0")
            .outcome("master", Pin.parse("wrapt===2.3.0"), waits);
    scenario.snapshot();
    assertThat(errors(scenario.verify())).containsExactly("waiting");
  }

  @Test
  void aSnapshotWithoutFilesIsBlocked() {
    ReleaseScenario scenario = scenario().failed("master", "foo===1.0");
    scenario.snapshot();
    assertThat(errors(scenario.verify())).containsExactly("empty");
  }

  @Test
  void coverageBelowTheLimitIsBlocked() {
    ReleaseScenario scenario = first().failed("master", "baz===1").gates(66.6);
    scenario.snapshot();
    assertThat(errors(scenario.verify())).isEmpty();
    scenario.gates(66.7);
    assertThat(errors(scenario.verify())).containsExactly("coverage-too-low");
    assertThat(scenario.verify().channel().errors().get(0).words())
        .isEqualTo(
            "66.66 % of the wanted pins are served (2 of 3), 66.70 % must be (development):"
                + " baz===1 (gcc: not found)");
  }

  @Test
  void eachBranchHasTheLimitOfItsStatusOnEachPython() {
    ReleaseScenario scenario =
        first()
            .failed("master", "baz===1", "cp312")
            .branch("stable/2025.1")
            .mirrored("stable/2025.1", "foo", "1.0")
            .failed("stable/2025.1", "baz===1", "cp312")
            .branch("unmaintained/2023.1")
            .mirrored("unmaintained/2023.1", "foo", "1.0")
            .failed("unmaintained/2023.1", "baz===0")
            .gates(MinCoverage.parse(List.of("60", "stable=99.5", "unmaintained=0")));
    scenario.snapshot();
    assertThat(scenario.verify().channel().errors())
        .containsExactly(
            Problem.error(
                "coverage-too-low",
                "stable/2025.1 on cp312",
                "50.00 % of the wanted pins are served (1 of 2), 99.50 % must be (stable):"
                    + " baz===1 (gcc: not found)",
                "make the failed pins succeed, exclude them with a reason, or lower minCoverage,"
                    + " which is stable=99.5"));
  }

  @Test
  void theWorstFailuresAreNamedFirst() {
    ReleaseScenario scenario = first().gates(90).branch("stable/2025.1");
    scenario.mirrored("stable/2025.1", "foo", "1.0").gates(MinCoverage.parse(List.of("stable=90")));
    for (int i = 1; i <= 7; i++) {
      scenario.failed("stable/2025.1", "baz===" + i, "cp311");
    }
    scenario.failed("master", "baz===6").failed("stable/2025.1", "baz===6", "cp312");
    scenario.snapshot();
    assertThat(scenario.verify().channel().errors().get(0).words())
        .endsWith(": baz===6 (gcc: not found), baz===1, baz===2, baz===3, baz===4 and 2 more");
  }

  @Test
  void aBranchOfWhichNothingIsServedOnAPythonBlocks() {
    ReleaseScenario scenario =
        first().branch("stable/2025.1").failed("stable/2025.1", "baz===1", "cp312");
    scenario.snapshot();
    assertThat(scenario.verify().channel().errors())
        .extracting(problem -> problem.code() + " " + problem.where() + ": " + problem.words())
        .containsExactly(
            "nothing-served stable/2025.1 on cp312: none of the 1 wanted pins is served: baz===1"
                + " (gcc: not found)");
  }

  @Test
  void aBranchThatWantsNothingOnAPythonIsTold() {
    ReleaseScenario scenario =
        first()
            .branch("stable/2025.1")
            .outcome(
                "stable/2025.1",
                Pin.parse("baz===1"),
                new Outcome.NotApplicable("python_version < '3'"),
                "cp311")
            .outcome("stable/2025.1", Pin.parse("baz===1"), new Outcome.Excluded("no", ""), "cp312")
            .gates(100);
    scenario.snapshot();
    assertThat(errors(scenario.verify())).isEmpty();
    assertThat(scenario.verify().channel().problems())
        .extracting(problem -> problem.code() + " " + problem.where() + ": " + problem.words())
        .containsExactly(
            "nothing-wanted stable/2025.1 on cp311: none of its pins is for this Python: the"
                + " markers of 1 say so, and 0 are excluded",
            "nothing-wanted stable/2025.1 on cp312: none of its pins is for this Python: the"
                + " markers of 0 say so, and 1 are excluded");
  }

  @Test
  void aRegressionIsBlockedAndABumpThatFailsIsNot() {
    Manifest base = first().snapshot().manifest();
    ReleaseScenario lost =
        scenario().mirrored("master", "bar", "2.0").failed("master", "foo===1.0");
    lost.snapshot(base);
    assertThat(errors(lost.verify(base))).containsExactly("regression");
    ReleaseScenario bumped =
        scenario().mirrored("master", "bar", "2.0").failed("master", "foo===1.1");
    bumped.snapshot(base);
    assertThat(errors(bumped.verify(base))).isEmpty();
  }

  @Test
  void whatWasReleasedIsReleasableAgainAgainstItself() {
    Manifest base = first().snapshot().manifest();
    ReleaseScenario bumped =
        scenario().mirrored("master", "bar", "2.0").failed("master", "foo===1.1");
    Manifest released = bumped.snapshot(base).manifest();
    assertThat(errors(bumped.verify(released))).isEmpty();
  }

  @Test
  void otherBytesUnderAPublishedNameAreBlocked() {
    Manifest base = first().snapshot().manifest();
    ReleaseScenario next =
        scenario()
            .mirrored("master", "bar", "2.0")
            .mirrored("master", TestWheel.of("foo", "1.0").file("foo/new.py", ""));
    next.snapshot(base);
    assertThat(errors(next.verify(base))).contains("substituted");
  }

  @Test
  void aSnapshotThatForgotItsBaseIsBlocked() {
    Manifest base = first().snapshot().manifest();
    ReleaseScenario next =
        scenario().mirrored("master", "foo", "1.1").mirrored("master", "bar", "2.0");
    next.snapshot();
    assertThat(errors(next.verify(base))).containsExactly("dropped");
  }

  @Test
  void filesOfTheBaseNeedNotBeInTheWheelhouse() {
    Manifest base = first().snapshot().manifest();
    ReleaseScenario next =
        new ReleaseScenario(folder.resolve("fresh"), "cp311", "cp312").branch("master");
    base.files().forEach(file -> next.reused("master", file));
    next.snapshot(base);
    assertThat(errors(next.verify(base))).isEmpty();
    assertThat(errors(next.verify(NONE))).containsExactly("missing-file");
  }

  @Test
  void aWheelThatItsPythonDoesNotAcceptIsBlocked() {
    ReleaseScenario tags = first().mirrored("master", TestWheel.of("x", "1").tag("cp311-none-any"));
    tags.snapshot();
    assertThat(errors(tags.verify())).containsExactly("target");
    ReleaseScenario python =
        first().mirrored("master", TestWheel.of("y", "1").metadata("Requires-Python: >=3.12"));
    python.snapshot();
    assertThat(python.verify().channel().errors())
        .extracting(Problem::words)
        .containsExactly("it cannot be installed on debian-12-x86_64/cp311");
  }

  @Test
  void aHeldBranchIsAWarning() {
    Manifest base = first().snapshot().manifest();
    ReleaseScenario next =
        new ReleaseScenario(folder, "cp311", "cp312").branch("master", BranchState.HELD);
    base.files().forEach(file -> next.reused("master", file));
    next.snapshot(base);
    VerifiedResult result = next.verify(base);
    assertThat(errors(result)).isEmpty();
    assertThat(result.channel().problems())
        .extracting(Problem::code)
        .containsExactly("held-branch");
  }

  @Test
  void noSnapshotOrOneOfAnotherChannelIsABadInput() {
    ReleaseScenario scenario = first();
    assertThatThrownBy(scenario::verify)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("0 snapshots");
    scenario.snapshot();
    assertThatThrownBy(() -> scenario.verify(Manifest.empty("debian-13-x86_64")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("debian-13");
  }
}
