package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taken out of a mirror, and kept out by each goal from then on. */
class QuarantineFilesTest {

  private static final String SIX = "six===1.17.0";
  private static final String OWN = "simplegeneric===0.8.1";

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void smallMirror() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.wheel("six", "1.17.0", "py3-none-any").sdist("simplegeneric", "0.8.1");
    scenario.branch("master", SIX, OWN);
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private void quarantine(String pin, String sha256) {
    new QuarantineFiles(scenario.outside())
        .run(new QuarantineFiles.Settings(pin, sha256, "it was compromised"));
  }

  private Outcome.Wheel wheel(String pin) {
    return scenario.outcome(pin).wheel().orElseThrow();
  }

  private String served() {
    return Objects.requireNonNull(scenario.served("mirror").get(TestTargets.SLUG));
  }

  private Path root(String region) {
    return folder.resolve(region);
  }

  private String page(String region, String project) throws IOException {
    Path slug = root(region).resolve(TestTargets.SLUG);
    return Files.readString(slug.resolve("simple").resolve(project).resolve("index.html"));
  }

  private Path pooled(String region, Outcome.Wheel wheel) {
    return root(region).resolve(TreeLayout.wheel(wheel.sha256(), wheel.filename()));
  }

  @Test
  void aVersionIsOutAtOnceAndStaysOut() throws IOException {
    scenario.lifecycle();
    Outcome.Wheel six = wheel(SIX);
    String before = served();
    assertThat(pooled("mirror", six)).exists();

    quarantine(SIX, "");

    assertThat(pooled("mirror", six)).doesNotExist();
    assertThat(served()).isNotEqualTo(before);
    assertThat(root("mirror").resolve(TestTargets.SLUG).resolve("simple/six")).doesNotExist();
    assertThat(page("mirror", "simplegeneric")).contains("simplegeneric-0.8.1");
    assertThat(scenario.outside().quarantine().entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.pin()).isEqualTo(SIX);
              assertThat(entry.reason()).isEqualTo("it was compromised");
              assertThat(entry.files())
                  .singleElement()
                  .satisfies(file -> assertThat(file.sha256()).isEqualTo(six.sha256()));
            });
    Map<String, String> state = MirrorScenario.state(root("mirror"));
    quarantine(SIX, "");
    assertThat(MirrorScenario.state(root("mirror"))).isEqualTo(state);

    scenario.lifecycle();
    assertThat(scenario.outcome(SIX))
        .isEqualTo(new Outcome.Excluded("quarantined: it was compromised", ""));
    assertThat(pooled("mirror", six)).doesNotExist();
  }

  @Test
  void anOwnWheelThatIsOutIsBuiltAgainUnderAnotherName() throws IOException {
    scenario.lifecycle();
    Outcome.Wheel own = wheel(OWN);

    quarantine("", own.sha256());
    assertThat(pooled("mirror", own)).doesNotExist();
    assertThat(page("mirror", "six")).contains("six-1.17.0");

    scenario.lifecycle();
    assertThat(scenario.outcome(OWN)).isInstanceOf(Outcome.Built.class);
    assertThat(wheel(OWN).filename()).isNotEqualTo(own.filename());
    assertThat(page("mirror", "simplegeneric"))
        .contains(wheel(OWN).filename())
        .doesNotContain(own.filename());
    assertThat(pooled("mirror", own)).doesNotExist();
  }

  @Test
  void anUpstreamWheelThatIsOutIsNotMirroredAgain() {
    scenario.lifecycle();
    quarantine("", wheel(SIX).sha256());
    scenario.lifecycle();
    assertThat(scenario.outcome(SIX))
        .isInstanceOfSatisfying(
            Outcome.Unsatisfiable.class,
            none -> assertThat(none.words()).contains("in quarantine", "it was compromised"));
  }

  @Test
  void aRollbackDoesNotBringItBack() throws IOException {
    scenario.lifecycle();
    Outcome.Wheel six = wheel(SIX);
    String first = served();
    scenario.index.wheel("pbr", "7.0.3", "py3-none-any");
    scenario.branch("master", SIX, OWN, "pbr===7.0.3");
    scenario.lifecycle();
    quarantine(SIX, "");
    String rest = served();

    new RollBack(scenario.outside(), true).run(new RollBack.Settings(first, "", false));

    assertThat(served()).isNotEqualTo(rest).isNotEqualTo(first);
    assertThat(root("mirror").resolve(TestTargets.SLUG).resolve("simple/six")).doesNotExist();
    assertThat(root("mirror").resolve(TestTargets.SLUG).resolve("simple/pbr")).doesNotExist();
    assertThat(pooled("mirror", six)).doesNotExist();
    assertThat(scenario.lines.warnings())
        .anyMatch(line -> line.contains("lists what is in quarantine"));
  }

  @Test
  void aRegionThatWasAwayAppliesItFirst() {
    scenario.regions = List.of("mirror", "west");
    scenario.lifecycle();
    Outcome.Wheel six = wheel(SIX);
    scenario.regions = List.of("mirror");
    quarantine(SIX, "");
    assertThat(pooled("west", six)).exists();

    scenario.regions = List.of("mirror", "west");
    scenario.lifecycle();

    assertThat(pooled("west", six)).doesNotExist();
    assertThat(scenario.served("west")).isEqualTo(scenario.served("mirror"));
    assertThat(scenario.lines.warnings())
        .anyMatch(line -> line.contains("region west was away when six-1.17.0"));
  }

  @Test
  void allRegionsServeTheSameRest() {
    scenario.regions = List.of("mirror", "west");
    scenario.lifecycle();
    quarantine(SIX, "");
    assertThat(scenario.served("west")).isEqualTo(scenario.served("mirror"));
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.startsWith("west: took out six-1.17.0-py3-none-any.whl (sha256 "));
  }

  @Test
  void whatWasStagedBeforeIsRefused() {
    scenario.lifecycle();
    scenario.index.wheel("pbr", "7.0.3", "py3-none-any");
    scenario.branch("master", SIX, OWN, "pbr===7.0.3");
    scenario.goals().build();
    scenario.goals().snapshot();
    quarantine(SIX, "");
    assertThatThrownBy(() -> scenario.goals().deploy())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("six-1.17.0-py3-none-any.whl: it was taken out: it was compromised");
    assertThat(root("mirror").resolve(TestTargets.SLUG).resolve("simple/six")).doesNotExist();
  }

  @Test
  void aVersionThatNobodyServesIsWarnedOfOnceAndKeptOutOfThePlan() {
    quarantine(SIX, "");
    quarantine(SIX, "");
    assertThat(scenario.lines.warnings())
        .filteredOn(line -> line.contains("no snapshot of any region has a file of " + SIX))
        .hasSize(1);
    scenario.lifecycle();
    assertThat(scenario.outcome(SIX)).isInstanceOf(Outcome.Excluded.class);
  }

  @Test
  void refusalsSayWhatToGive() {
    scenario.lifecycle();
    Map<String, String> state = MirrorScenario.state(root("mirror"));
    assertThatThrownBy(() -> quarantine("", "")).hasMessageContaining("neither a pin nor a file");
    assertThatThrownBy(() -> quarantine(SIX, "a".repeat(64))).hasMessageContaining("both");
    assertThatThrownBy(() -> quarantine("six>1", "")).hasMessageContaining("'six>1' is no pin");
    assertThatThrownBy(() -> quarantine("", "abc")).hasMessageContaining("'abc' is no sha256");
    assertThatThrownBy(() -> quarantine("", "a".repeat(64)))
        .hasMessageContaining("no region has a file with the sha256");
    assertThatThrownBy(
            () ->
                new QuarantineFiles(scenario.outside())
                    .run(new QuarantineFiles.Settings(SIX, "", "")))
        .hasMessageContaining("the quarantine has no reason");
    assertThat(MirrorScenario.state(root("mirror"))).isEqualTo(state);
  }
}
