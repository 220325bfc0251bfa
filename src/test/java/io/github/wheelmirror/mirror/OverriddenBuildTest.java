package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.AppliedOverride;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildOverride;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.PinOverride;
import io.github.wheelmirror.build.SourcePatch;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.PinPattern;
import io.github.wheelmirror.it.SyntheticFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds that an override makes possible, most of them on the {@code python3} of this host. */
@Timeout(180)
class OverriddenBuildTest {

  /** Wants a variable, an undeclared requirement and settings, and has a bug. */
  private static final String SCRIPT =
      """
      import helper
      assert helper.VERSION == "1.0", helper.VERSION
      assert os.environ["DEMO_STATIC"] == "1"
      assert config_settings == {"flag": "on", "many": ["a", "b"]}, config_settings
      assert "PIP_INDEX_URL" not in os.environ
      raise SystemExit("a bug of upstream")
      # the end
      """;

  private static final String PATCH =
      """
      --- a/own.py
      +++ b/own.py
      @@ -10,3 +10,3 @@
           assert "PIP_INDEX_URL" not in os.environ
      -    raise SystemExit("a bug of upstream")
      +    pass
           # the end
      """;

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void realBuilder() {
    scenario = new MirrorScenario(folder);
    scenario.index.wheel("helper", "1.0", "py3-none-any").wheel("helper", "2.0", "py3-none-any");
  }

  @AfterEach
  void stop() throws IOException {
    scenario.close();
    // JUnit would warn of each environment's link to its Python
    Folders.remove(folder.resolve("cache/environments"));
  }

  private void sdist(String name, String script) {
    scenario.index.file(
        name, name + "-1.0.tar.gz", SyntheticFiles.sdist(name, name, "1.0", script), "");
  }

  private static SourcePatch patch(String text) {
    return new SourcePatch("fix.patch", text);
  }

  private static BuildOverride packages(String... names) {
    return new BuildOverride(Map.of(), List.of(), List.of(), Map.of(), List.of(), List.of(names));
  }

  private static BuildOverride patched(String text) {
    return new BuildOverride(
        Map.of(), List.of(), List.of(), Map.of(), List.of(patch(text)), List.of());
  }

  private void override(String pin, BuildOverride override) {
    scenario.overrides = List.of(new PinOverride(PinPattern.parse(pin), override));
  }

  private Outcome.Failed failed(String pin) {
    return (Outcome.Failed) scenario.outcome(pin);
  }

  @Test
  void overrideMakesAPinBuildThatFailedBefore() throws IOException {
    sdist("demo", SCRIPT);
    sdist("plain", "");
    scenario.branch("master", "demo===1.0", "plain===1.0");
    scenario.goals().build();
    assertThat(failed("demo===1.0").failureClass()).isEqualTo(FailureClass.MISSING_PYTHON_MODULE);
    assertThat(scenario.report().overrides()).isEmpty();

    scenario.checkReproducible = 2;
    override(
        "demo<2",
        new BuildOverride(
            Map.of("DEMO_STATIC", "1"),
            List.of("helper"),
            List.of("helper<2"),
            Map.of("flag", List.of("on"), "many", List.of("a", "b")),
            List.of(patch(PATCH)),
            List.of()));
    scenario.lifecycle();

    Outcome.Built built = (Outcome.Built) scenario.outcome("demo===1.0");
    assertThat(built.filename()).isEqualTo("demo-1.0-1-py3-none-any.whl");
    assertThat(scenario.outcome("plain===1.0")).isInstanceOf(Outcome.Reused.class);
    assertThat(scenario.report().overrides())
        .containsExactly(
            new AppliedOverride(
                Pin.parse("demo===1.0"),
                List.of(
                    "environment DEMO_STATIC",
                    "build requirement helper",
                    "build constraint helper<2",
                    "config setting flag",
                    "config setting many",
                    "patch fix.patch")));
    List<BuildLock> locks = scenario.report().requirements().locks();
    assertThat(locks).hasSize(1);
    assertThat(locks.get(0).requirements()).containsExactly("helper");
    assertThat(locks.get(0).constraints()).containsExactly("helper<2");
    assertThat(scenario.report().rebuilt()).hasSize(1).allMatch(each -> each.identical());
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("overrides of 1 pins: environment 1, build requirement 1"));

    scenario.checkReproducible = 0;
    Map<String, String> before = MirrorScenario.state(folder.resolve("workspace"));
    scenario.lifecycle();
    assertThat(MirrorScenario.state(folder.resolve("workspace"))).isEqualTo(before);
  }

  @Test
  void patchThatDoesNotFitIsOnePinsFailure() throws IOException {
    sdist("demo", "raise SystemExit('another bug')");
    sdist("plain", "");
    scenario.branch("master", "demo===1.0", "plain===1.0");
    override("demo", patched(PATCH));
    scenario.goals().build();

    assertThat(scenario.outcome("plain===1.0")).isInstanceOf(Outcome.Built.class);
    Outcome.Failed failed = failed("demo===1.0");
    assertThat(failed.failureClass()).isEqualTo(FailureClass.PATCH_MISFIT);
    assertThat(failed.symptom())
        .startsWith("patch fix.patch does not apply to own.py: hunk 1 of 1 (line 3 of the patch)");
    assertThat(Files.readString(scenario.workspace().folder().resolve(failed.log())))
        .contains("override: patch fix.patch")
        .contains("refused: patch fix.patch");
  }

  @Test
  void patchedWheelMustStillBeThePins() {
    sdist("demo", "");
    scenario.branch("master", "demo===1.0");
    override(
        "demo",
        patched(
            "--- a/own.py\n+++ b/own.py\n@@ -5 +5 @@\n-VERSION = \"1.0\"\n+VERSION = \"1.1\"\n"));
    scenario.goals().build();

    assertThat(failed("demo===1.0").failureClass()).isEqualTo(FailureClass.BAD_WHEEL);
    assertThat(failed("demo===1.0").symptom()).contains("demo-1.1-py3-none-any.whl");
  }

  @Test
  void changedOverrideRetriesByItselfAndSystemPackagesAreOnlyNamed() {
    scenario.targets(List.of(TestTargets.cpython("cp311"), TestTargets.cpython("cp312")));
    scenario.builder(scenario.quickBuilder).on(() -> "0".repeat(64));
    scenario.index.sdist("broken", "1.0");
    scenario.branch("master", "broken===1.0");
    scenario.goals().build();
    int once = scenario.quickBuilder.requests.size();
    assertThat(failed("broken===1.0").fix()).isEqualTo("install gcc");

    override("broken", packages("libxml2-dev", "gcc"));
    scenario.goals().build();
    assertThat(scenario.quickBuilder.requests).as("nothing changed the build").hasSize(once);
    assertThat(failed("broken===1.0").fix())
        .isEqualTo("install gcc; its override says what it needs of the system: libxml2-dev gcc");

    override("broken", patched(PATCH));
    scenario.goals().build();
    assertThat(scenario.quickBuilder.requests).hasSize(2 * once);
    assertThat(scenario.quickBuilder.requests.get(once).override()).isEqualTo(patched(PATCH));
    scenario.goals().build();
    assertThat(scenario.quickBuilder.requests).as("it would fail again").hasSize(2 * once);
  }
}
