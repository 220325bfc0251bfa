package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.PinPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildOverrideTest {

  static final SourcePatch PATCH = patch("fix.patch", "b");

  static final BuildOverride WHOLE =
      new BuildOverride(
          Map.of("LXML_STATIC", "1"),
          List.of("cython<3"),
          List.of("setuptools<81"),
          Map.of("--build-option", List.of("--one", "--two"), "setup-args", List.of("-Dx=y")),
          List.of(PATCH),
          List.of("libxml2-dev"));

  private static SourcePatch patch(String name, String line) {
    return new SourcePatch(name, "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+" + line + "\n");
  }

  private static BuildOverride environment(String name, String value) {
    return new BuildOverride(
        Map.of(name, value), List.of(), List.of(), Map.of(), List.of(), List.of());
  }

  private static BuildOverride requirement(String text) {
    return new BuildOverride(Map.of(), List.of(text), List.of(), Map.of(), List.of(), List.of());
  }

  private static BuildOverride constraint(String text) {
    return new BuildOverride(Map.of(), List.of(), List.of(text), Map.of(), List.of(), List.of());
  }

  private static BuildOverride setting(String name, String value) {
    return new BuildOverride(
        Map.of(), List.of(), List.of(), Map.of(name, List.of(value)), List.of(), List.of());
  }

  private static BuildOverride patched(SourcePatch patch) {
    return new BuildOverride(Map.of(), List.of(), List.of(), Map.of(), List.of(patch), List.of());
  }

  private static BuildOverride packages(String name) {
    return new BuildOverride(Map.of(), List.of(), List.of(), Map.of(), List.of(), List.of(name));
  }

  private static PinOverride of(String pin, BuildOverride override) {
    return new PinOverride(PinPattern.parse(pin), override);
  }

  private static PlanScenario scenario() {
    return PlanScenario.with("cp39", "cp310")
        .pin("a===1.0")
        .pin("b===2.0")
        .pin("pure===1.0")
        .files("a", "a-1.0.tar.gz")
        .files("b", "b-2.0.tar.gz")
        .files("pure", "pure-1.0-py3-none-any.whl");
  }

  private static BuildPlan plan(PinOverride... overrides) {
    PlanScenario scenario = scenario();
    return scenario.plan(scenario.settings().overriding(List.of(overrides)));
  }

  private static String key(BuildPlan plan, String project) {
    return plan.builds().stream()
        .filter(work -> work.pin().name().value().equals(project))
        .map(work -> work.key(work.targets().get(0)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void pinWithoutAnOverrideKeepsItsKeyAndItsWork() {
    BuildPlan before = scenario().plan();
    BuildPlan after = plan(of("a", WHOLE));

    assertThat(key(after, "a")).isNotEqualTo(key(before, "a"));
    assertThat(after.builds().get(1)).isEqualTo(before.builds().get(1));
    assertThat(after.builds().get(1).pin()).isEqualTo(Pin.parse("b===2.0"));
    assertThat(before.overrides()).isEmpty();
    assertThat(before.override(Pin.parse("a===1.0"))).isEqualTo(BuildOverride.NONE);
  }

  @Test
  void keyChangesWithWhateverChangesTheWheelAndWithNothingElse() {
    String plain = key(scenario().plan(), "a");
    List<String> keys = new ArrayList<>(List.of(plain));
    for (BuildOverride each :
        List.of(
            environment("A", "1"),
            environment("A", "2"),
            environment("B", "1"),
            requirement("cython<3"),
            constraint("cython<3"),
            setting("x", "1"),
            setting("x", "2"),
            patched(PATCH),
            patched(patch("fix.patch", "c")),
            WHOLE)) {
      keys.add(key(plan(of("a", each)), "a"));
    }
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(key(plan(of("a", packages("libxml2-dev"))), "a")).isEqualTo(plain);
    assertThat(key(plan(of("a", patched(patch("other.patch", "b")))), "a"))
        .isEqualTo(key(plan(of("a", patched(PATCH))), "a"));
    assertThat(key(plan(of("a", environment("A", "1"))), "a"))
        .as("from release to release")
        .isEqualTo("cb0dadba56284072978b0bd745abe1a36979af8e75de3f1508e983354c465909");
  }

  @Test
  void constraintOfAnOverrideIsAsGoodAsTheBranchs() {
    PlanScenario scenario = scenario();
    scenario.buildConstraints.add(new BuildConstraints(List.of(), List.of("x<1", "y<2")));
    BuildPlan whole = scenario.plan();
    scenario.buildConstraints.clear();
    scenario.buildConstraints.add(new BuildConstraints(List.of(), List.of("x<1")));
    BuildPlan added =
        scenario.plan(scenario.settings().overriding(List.of(of("a", constraint("y<2")))));

    assertThat(added.builds().get(0)).isEqualTo(whole.builds().get(0));
    assertThat(added.builds().get(1).buildConstraints()).containsExactly("x<1");
  }

  @Test
  void planHoldsThemWholeAndComesBackFromItsFile() {
    BuildPlan plan = plan(of("a", WHOLE), of("a===1.0", environment("LXML_STATIC", "0")));

    assertThat(plan.overrides()).hasSize(1);
    BuildOverride override = plan.override(Pin.parse("a===1.0"));
    assertThat(override.environment()).containsExactly(Map.entry("LXML_STATIC", "0"));
    assertThat(override.patches()).containsExactly(PATCH);
    assertThat(Json.read(Json.write(plan), BuildPlan.class, "plan.json")).isEqualTo(plan);
    assertThat(plan.builds().get(0).buildConstraints()).containsExactly("setuptools<81");
  }

  @Test
  void allThatFitAPinCountInTheirOrder() {
    BuildPlan plan =
        plan(
            of("a<2", environment("A", "1")),
            of("a>=2", environment("B", "1")),
            of("a", environment("A", "2").and(requirement("x"))),
            of("a", requirement("y")));

    BuildOverride override = plan.override(Pin.parse("a===1.0"));
    assertThat(override.environment()).containsExactly(Map.entry("A", "2"));
    assertThat(override.buildRequirements()).containsExactly("x", "y");
    assertThat(plan.warnings()).containsExactly("the override of a>=2 fits no wanted pin");
  }

  @Test
  void overrideWithoutEffectIsToldByItsReason() {
    assertThat(plan(of("absent", WHOLE), of("pure", WHOLE), of("b", WHOLE)).warnings())
        .containsExactly(
            "the override of absent fits no wanted pin",
            "the override of pure changes nothing: what it fits is not built here");
  }

  @Test
  void reusedWheelStillTellsItsOverride() {
    PlanScenario scenario = scenario();
    PlanSettings settings = scenario.settings().overriding(List.of(of("a", WHOLE)));
    BuildPlan plan = scenario.plan(settings);
    scenario.inWheelhouse(key(plan, "a"), "a-1.0-1-py3-none-any.whl");
    BuildPlan again = scenario.plan(settings);

    assertThat(again.builds()).hasSize(1);
    assertThat(again.overrides()).isEqualTo(plan.overrides());
    assertThat(PlanSummary.of(again).overrides().keySet())
        .containsExactlyElementsOf(BuildOverride.KINDS);
    assertThat(AppliedOverride.of(again.overrides().get(0)).words())
        .containsExactly(
            "environment LXML_STATIC",
            "build requirement cython<3",
            "build constraint setuptools<81",
            "config setting --build-option",
            "config setting setup-args",
            "patch fix.patch",
            "system package libxml2-dev");
  }

  @Test
  void systemPackagesComeToTheFixOfAFailureThatTheyMayHelp() {
    Diagnosis diagnosis = new Diagnosis(FailureClass.MISSING_HEADER, "s", "w", "install it");

    assertThat(WHOLE.completed(diagnosis).fix())
        .isEqualTo("install it; its override says what it needs of the system: libxml2-dev");
    assertThat(environment("A", "1").completed(diagnosis)).isEqualTo(diagnosis);
    Diagnosis gone = new Diagnosis(FailureClass.DOWNLOAD, "s", "w", "");
    assertThat(WHOLE.completed(gone)).isEqualTo(gone);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "HOME",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "PYTHONPATH",
        "PYTHONHASHSEED",
        "SOURCE_DATE_EPOCH",
        "TMPDIR",
        "LC_ALL",
        "TZ",
        "PIP_INDEX_URL",
        "https_proxy",
        "CCACHE_DIR",
        "WHEEL_MIRROR_FOLDER",
        "BASH_ENV",
        "API_TOKEN",
        "DbPassword",
        "",
        "a b",
        "1A",
        "A=B"
      })
  void variableThatWouldBreakTheIsolationIsRefused(String name) {
    assertThatThrownBy(() -> environment(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CFLAGS", "LXML_STATIC", "MAKEFLAGS", "CC", "PBR_VERSION", "_X", "ldshared"})
  void otherVariablesAreFree(String name) {
    assertThat(environment(name, "").environment()).containsKey(name);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> environment("A", "x\ny")).hasMessageContaining("line breaks");
    assertThatThrownBy(() -> requirement("-r x.txt")).hasMessageContaining("a build requirement");
    assertThatThrownBy(() -> requirement("x @ https://x.example/x.whl"))
        .hasMessageContaining("names a URL");
    assertThatThrownBy(() -> constraint("x[y]<1")).hasMessageContaining("extras");
    assertThatThrownBy(() -> setting(" ", "x")).hasMessageContaining("config setting");
    assertThatThrownBy(() -> packages("a b; rm")).hasMessageContaining("system package");
    List<SourcePatch> many = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      many.add(
          new SourcePatch(
              i + ".patch",
              "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n\n" + "#".repeat((1 << 20) - 100)));
    }
    assertThatThrownBy(
            () -> new BuildOverride(Map.of(), List.of(), List.of(), Map.of(), many, List.of()))
        .hasMessageContaining("4096 KiB");
  }

  @Test
  void planWithAVariableThatSomebodyWroteIntoItIsRefused() {
    String json =
        new String(
            Json.write(plan(of("a", environment("LXML_STATIC", "1")))),
            java.nio.charset.StandardCharsets.UTF_8);
    byte[] changed =
        json.replace("LXML_STATIC", "LD_PRELOAD").getBytes(java.nio.charset.StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Json.read(changed, BuildPlan.class, "plan.json"))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("LD_PRELOAD");
  }
}
