package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.built;
import static io.github.wheelmirror.build.PlanScenario.id;
import static io.github.wheelmirror.build.PlanScenario.mirrored;
import static io.github.wheelmirror.build.PlanScenario.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Pin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BuildJsonTest {

  private static final Pin PIN = Pin.parse("a===1.0");
  private static final WheelFile WHEEL = built("a-1.0-1-py3-none-any.whl", sha256("k"), ">=3.9");
  private static final String HASH = sha256("x");

  static Stream<Object> records() {
    return Stream.of(
        WHEEL,
        mirrored("a-1.0-py3-none-any.whl", HASH),
        new Exclude("a===1.0", "r", "2026-12-31", List.of("stable/*"), List.of("cp3*")),
        new BuildConstraints(List.of("stable/*"), List.of("setuptools<82")),
        new PlannedBase("debian-12-x86_64", HASH, 3),
        new PlannedBranch(
            "master", io.github.wheelmirror.constraints.BranchState.HELD, List.of("why")),
        new PlannedState(id("cp312"), List.of("master"), new PlanState.Build("w")),
        new PlannedPin(PIN, List.of()),
        new DownloadWork(PlanScenario.remote("a-1.0.whl"), PIN, List.of(id("cp39"))),
        new BuildWork(
            "w",
            PIN,
            PlanScenario.remote("a-1.0.tar.gz"),
            PlanScenario.SLUG,
            List.of(id("cp39")),
            Map.of(id("cp39").toString(), HASH),
            List.of("x<1"),
            Map.of(id("cp39").toString(), "2024-12-31"),
            "",
            "2",
            315532800,
            CompiledUpstream.ALL,
            List.of(PlanScenario.remote("a-1.0-cp38-cp38-win32.whl"))),
        new Served("master", "cp312", PIN, WHEEL.filename()),
        new BaseRelease(
            PlanScenario.SLUG,
            HASH,
            1,
            List.of(WHEEL),
            List.of(new Served("master", "cp312", PIN, WHEEL.filename()))),
        new ReportedState(id("cp312"), List.of("master"), new Outcome.NotApplicable("m")),
        new ReportedPin(PIN, List.of()),
        new WorkTarget("w", id("cp312")),
        new Diagnosis(FailureClass.TIMEOUT, "symptom", "why", "fix"));
  }

  static Stream<PlanState> planStates() {
    return Stream.of(
        new PlanState.Reuse(WHEEL, PlanState.Reuse.RELEASE),
        new PlanState.Mirror("a.whl", "sha256:" + HASH),
        new PlanState.Upstream("a.whl", ""),
        new PlanState.Upstream("a.whl", HASH),
        new PlanState.Build("w"),
        new PlanState.NotApplicable("m"),
        new PlanState.Excluded("r", ""),
        new PlanState.Unsatisfiable(UnsatisfiableReason.REQUIRES_PYTHON, "words"));
  }

  static Stream<Outcome> outcomes() {
    return Stream.of(
        new Outcome.Reused("a.whl", HASH),
        new Outcome.Mirrored("a.whl", HASH),
        new Outcome.Built("a.whl", HASH),
        new Outcome.Upstream("a.whl", ""),
        new Outcome.Upstream("a.whl", HASH),
        new Outcome.NotApplicable("m"),
        new Outcome.Excluded("r", "2027-01-01"),
        new Outcome.Unsatisfiable(UnsatisfiableReason.NO_SUCH_PROJECT, "words"),
        new Outcome.Failed(FailureClass.MISSING_HEADER, "symptom", "why", "fix", "logs/a.log"));
  }

  private static void assertComesBack(Object value, Class<?> type) {
    assertThat((Object) Json.read(Json.write(value), type, "x.json")).isEqualTo(value);
    byte[] line = Json.line(value).getBytes(StandardCharsets.UTF_8);
    assertThat((Object) Json.read(line, type, "x.json")).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("records")
  void aRecordComesBackEqual(Object value) {
    assertComesBack(value, value.getClass());
  }

  @ParameterizedTest
  @MethodSource("planStates")
  void aPlanStateComesBackAndIsNamedByItsLabel(PlanState state) {
    assertComesBack(state, PlanState.class);
    assertThat(Json.line(state)).startsWith("{\"state\":\"" + state.label() + "\"");
    assertThat(PlanSummary.LABELS).contains(state.label());
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void anOutcomeComesBackAndIsNamedByItsLabel(Outcome outcome) {
    assertComesBack(outcome, Outcome.class);
    assertThat(Json.line(outcome)).startsWith("{\"state\":\"" + outcome.label() + "\"");
  }

  @ParameterizedTest
  @EnumSource(FailureClass.class)
  void aFailureClassIsLowerCaseText(FailureClass value) {
    assertThat(FailureClass.parse(value.toString())).isEqualTo(value);
    assertThat(Json.line(value)).matches("\"[a-z-]+\"");
  }

  @Test
  void theShapeIsTheDocumentedOne() {
    assertThat(Json.line(UpstreamWheels.REBUILD)).isEqualTo("\"rebuild\"");
    assertThat(Json.line(WHEEL.origin())).startsWith("{\"kind\":\"built\",\"key\":\"");
    assertThat(Json.line(new PlannedPin(PIN, List.of())))
        .isEqualTo("{\"pin\":\"a===1.0\",\"states\":[]}");
    assertThat(Json.line(outcomes().toList().get(8)))
        .isEqualTo(
            "{\"state\":\"failed\",\"failureClass\":\"missing-header\",\"symptom\":\"symptom\","
                + "\"why\":\"why\",\"fix\":\"fix\",\"log\":\"logs/a.log\"}");
    assertThat(Json.line(records().toList().get(6)))
        .isEqualTo(
            "{\"target\":\"debian-12-x86_64/cp312\",\"branches\":[\"master\"],"
                + "\"state\":{\"state\":\"build\",\"work\":\"w\"}}");
  }

  @Test
  void aBuildWithoutAWheelToCompareWithIsReadAsBefore() {
    BuildWork work =
        (BuildWork) records().filter(BuildWork.class::isInstance).findFirst().orElseThrow();
    String json = Json.line(work);
    int reference = json.indexOf(",\"reference\"");
    assertThat(reference).isPositive();
    byte[] before = (json.substring(0, reference) + "}").getBytes(StandardCharsets.UTF_8);
    assertThat(Json.read(before, BuildWork.class, "x.json").reference()).isEmpty();
  }

  @Test
  void anOriginSaysThatItsMetadataHoldsForSomePythonsOnlyWhereItDoes() {
    Origin.Built any = (Origin.Built) WHEEL.origin();
    Origin some =
        new Origin.Built(
            any.key(),
            any.sdistSha256(),
            any.buildTag(),
            true,
            List.of(),
            RequirementsUsed.NOTHING,
            List.of("cp39", "cp310"),
            "why",
            "some",
            List.of(new MissingFiles("a-1.0-cp38-cp38-win32.whl", 1, 0, 0, List.of("a.b"))));

    assertComesBack(some, Origin.class);
    assertThat(Json.line(some))
        .endsWith(
            ",\"pythons\":[\"cp39\",\"cp310\"],\"notShared\":\"why\",\"compiledUpstream\":\"some\","
                + "\"missing\":[{\"reference\":\"a-1.0-cp38-cp38-win32.whl\",\"modules\":1,"
                + "\"extensions\":0,\"data\":0,\"names\":[\"a.b\"]}]}");
    assertComesBack(any, Origin.class);
    assertThat(Json.line(any))
        .doesNotContain("pythons", "notShared", "compiledUpstream", "missing");
  }

  @Test
  void aFileOfAnotherSchemaIsRefusedNamingIt() {
    String json =
        new String(Json.write(PlanScenario.with("cp39").plan()), StandardCharsets.UTF_8)
            .replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 9");

    assertThatThrownBy(
            () -> Json.read(json.getBytes(StandardCharsets.UTF_8), BuildPlan.class, "plan.json"))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("plan.json")
        .hasMessageContaining("schema version 9");
  }

  @Test
  void wordsForTheModeAreReadInAnyCaseAndOthersRefused() {
    assertThat(UpstreamWheels.parse("Skip")).isEqualTo(UpstreamWheels.SKIP);
    assertThatThrownBy(() -> UpstreamWheels.parse("copy"))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("copy");
  }

  @Test
  void brokenRecordsCannotBeMade() {
    assertThatThrownBy(() -> new PlannedState(id("cp39"), List.of(), new PlanState.Build("w")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PlanState.Reuse(WHEEL, "elsewhere"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Outcome.Built("../a.whl", HASH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Outcome.Built("a.whl", "md5"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PlannedBase("s", "", 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new BaseRelease(
                    "s", HASH, 1, List.of(), List.of(new Served("b", "cp39", PIN, "a.whl"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
