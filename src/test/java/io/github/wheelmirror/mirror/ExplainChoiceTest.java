package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.mojo.ProductionWiring;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.ComparedProject;
import io.github.wheelmirror.selection.ExplainedTarget;
import io.github.wheelmirror.selection.Likeness;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.SelectionOptions;
import io.github.wheelmirror.selection.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal {@code explain} on a local repository, index and region. */
class ExplainChoiceTest {

  private static final List<Tool> PIP = List.of(Tool.parse("pip"));

  @TempDir Path folder;
  private MirrorScenario scenario;
  private String branch = "";
  private List<Tool> tools = PIP;
  private List<String> places = List.of();
  private boolean outsideConstrained;

  @BeforeEach
  void mirrorBehindUpstream() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.wheel("six", "1.16.0", "py3-none-any").wheel("six", "1.17.0", "py3-none-any");
    scenario.index.wheel("pbr", "7.0.3", "py3-none-any").sdist("simplegeneric", "0.8.1");
    scenario.branch(
        "master",
        "six===1.16.0",
        "pbr===7.0.3",
        "simplegeneric===0.8.1",
        "old===1.0;python_version<'3.8'");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  @Test
  void withoutAMirrorARequirementIsLookedForUpstream() {
    Explained explained = explain("six>=1");

    ExplainedTarget first = explained.explanations().get(0);
    assertThat(explained.explanations()).hasSize(2);
    assertThat(first.target()).endsWith("/cp311");
    assertThat(first.explanation().chosen())
        .hasValueSatisfying(file -> assertThat(file.file()).startsWith("six-1.17.0-"));
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("six-1.16.0") && line.contains("a higher version fits"));
  }

  @Test
  void aBranchsConstraintsApplyInTheMirror() {
    scenario.lifecycle();
    branch = "master";

    ExplainedTarget explained = explain("six").explanations().get(0);

    assertThat(explained.explanation().constraints()).containsExactly("six===1.16.0");
    assertThat(explained.places())
        .singleElement()
        .satisfies(
            place -> {
              assertThat(place.name()).isEqualTo("the mirror");
              assertThat(place.answer()).isEqualTo(Answer.SERVED);
            });
  }

  @Test
  void hashesOfABranchCountOnlyWhereTheMirrorsOwnFilesAreNotAsked() {
    scenario.branch("master", "six===1.16.0 --hash=sha256:" + "0".repeat(64));
    scenario.lifecycle();
    branch = "master";
    outsideConstrained = true;

    assertThat(explain("six").explanations().get(0).explanation().failure())
        .as("the mirror publishes its constraints without hashes")
        .isEmpty();
    assertThat(likeness(compare(), "six")).isEqualTo(Likeness.NOTHING_OUTSIDE);
    places = List.of("upstream");
    assertThat(explain("six").explanations().get(0).explanation().failure())
        .contains("none of those that are allowed");
  }

  @Test
  void whatTheMirrorLacksIsNotFoundThere() {
    scenario.lifecycle();
    ExplainedTarget explained = explain("numpy").explanations().get(0);
    assertThat(explained.places()).singleElement().extracting("answer").isEqualTo(Answer.NOT_FOUND);
    assertThat(explained.explanation().failure()).isNotEmpty();
  }

  @Test
  void theGateIsComparedWithOutside() {
    scenario.lifecycle();

    GateAndOutside all = compare();

    assertThat(all.branches()).hasSize(2);
    assertThat(likeness(all, "six")).isEqualTo(Likeness.OTHER_VERSION);
    assertThat(likeness(all, "pbr")).isEqualTo(Likeness.SAME_FILE);
    assertThat(likeness(all, "simplegeneric"))
        .as("an own build beside upstream's sdist")
        .isEqualTo(Likeness.SAME_VERSION);
    assertThat(likeness(all, "old")).isEqualTo(Likeness.NOTHING);
    assertThat(all.branches().get(0).unconstrained())
        .extracting(project -> project.project().value())
        .containsExactly("old");
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("six 1.16.0, outside 1.17.0"))
        .anyMatch(line -> line.contains("constrains 1 projects on other targets only: old"));
  }

  @Test
  void constraintsOutsideMakeTheVersionsTheSame() {
    scenario.lifecycle();
    outsideConstrained = true;
    assertThat(likeness(compare(), "six")).isEqualTo(Likeness.SAME_FILE);
  }

  @Test
  void whatIsStagedStandsForTheMirrorBeforeTheFirstRelease() {
    scenario.goals().snapshot();
    GateAndOutside all = compare();
    assertThat(all.inside()).containsExactly(NamedPlace.STAGED);
    assertThat(likeness(all, "six")).isEqualTo(Likeness.OTHER_VERSION);
  }

  @Test
  void inSkipModeUpstreamIsTheIndexAndTheMirrorComesBesides() {
    scenario.upstreamWheels = UpstreamWheels.SKIP;
    scenario.lifecycle();
    tools = List.of(Tool.parse("pip"), Tool.parse("uv"));

    GateAndOutside all = compare();

    assertThat(all.inside()).containsExactly(NamedPlace.UPSTREAM, NamedPlace.MIRROR);
    assertThat(likeness(all, "pbr")).isEqualTo(Likeness.SAME_FILE);
    assertThat(all.branches())
        .allSatisfy(
            each ->
                assertThat(each.projects())
                    .filteredOn(project -> project.project().value().equals("simplegeneric"))
                    .singleElement()
                    .satisfies(project -> assertThat(project.inside().file()).endsWith(".whl")));
  }

  @Test
  void withNothingReleasedOrStagedThereIsNoGate() {
    assertThatThrownBy(this::compare)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("there is no mirror of");
  }

  @Test
  void anUnknownBranchIsRefusedNamingTheOthers() {
    branch = "stable/1999.1";
    assertThatThrownBy(() -> explain("six"))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).contains("stable/1999.1");
              assertThat(e.why()).contains("master");
            });
  }

  @Test
  void namedPlacesAreAskedInTheirOrder() throws IOException {
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.writeString(links.resolve("six-9.0-py3-none-any.whl"), "no wheel, but a name");
    places = List.of("find-links:" + links, scenario.indexUrl);

    ExplainedTarget explained = explain("six").explanations().get(0);

    assertThat(explained.places())
        .extracting("name")
        .containsExactly(links.toString(), scenario.indexUrl);
    assertThat(explained.explanation().chosen())
        .hasValueSatisfying(file -> assertThat(file.file()).startsWith("six-9.0-"));
  }

  @Test
  void askingTwiceWritesNothingNew() throws IOException {
    explain("six");
    var before = MirrorScenario.state(scenario.workspace().folder());
    explain("six");
    assertThat(MirrorScenario.state(scenario.workspace().folder())).isEqualTo(before);
    try (Stream<Path> files = Files.list(scenario.workspace().folder())) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .as("a question without a branch resolves nothing")
          .containsExactly("explanation.json");
    }
  }

  private static Likeness likeness(GateAndOutside all, String project) {
    return all.branches().get(0).projects().stream()
        .filter(each -> each.project().value().equals(project))
        .map(ComparedProject::likeness)
        .findFirst()
        .orElseThrow();
  }

  private Explained explain(String requirement) {
    run(Requirement.parse(requirement));
    return read(scenario.workspace().explanation(), Explained.class);
  }

  private GateAndOutside compare() {
    run(null);
    return read(scenario.workspace().gateAndOutside(), GateAndOutside.class);
  }

  private void run(@Nullable Requirement requirement) {
    scenario
        .goals()
        .explain(
            new ExplainRequest(
                requirement,
                branch,
                tools,
                places.stream().map(NamedPlace::parse).toList(),
                SelectionOptions.NONE,
                outsideConstrained,
                false,
                null),
            ProductionWiring.places(scenario.request(), scenario.environment));
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return Objects.requireNonNull(Json.read(Files.readAllBytes(file), type, file.toString()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
