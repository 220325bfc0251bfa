package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.Sharing;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.tree.TestWheel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pure wheels whose metadata is computed, and whom they serve. */
class SharedWheelTest {

  /** Pythons of one group have the same metadata. */
  private static final class ComputingBuilder implements WheelBuilder {

    final List<BuildRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Set<String>> groups;
    private final Set<String> absent;

    ComputingBuilder(List<Set<String>> groups, Set<String> absent) {
      this.groups = groups;
      this.absent = absent;
    }

    @Override
    public Optional<Diagnosis> refusal(Target target) {
      return absent.contains(target.id().python())
          ? Optional.of(new Diagnosis(FailureClass.NO_INTERPRETER, "none", "why", "fix"))
          : Optional.empty();
    }

    @Override
    public BuildResult build(BuildRequest request) {
      requests.add(request);
      List<String> pythons = new ArrayList<>(List.of(request.target().id().python()));
      request.sharing().others().forEach(one -> pythons.add(one.target().id().python()));
      boolean agree = groups.stream().anyMatch(group -> group.containsAll(pythons));
      List<String> serves = agree ? pythons : pythons.subList(0, 1);
      boolean narrow = !agree || request.sharing().apart();
      Path wheel =
          TestWheel.of("pure", "1.0")
              .buildTag(request.buildTag())
              .tag((narrow ? String.join(".", serves) : "py3") + "-none-any")
              .write(request.outputDirectory());
      return new BuildResult.Built(
          wheel,
          new BuildCost(1, 0),
          true,
          List.of(),
          RequirementsUsed.NOTHING,
          new Sharing.Shared(serves, agree ? "" : "it differs"));
    }

    List<String> builds() {
      return requests.stream()
          .map(
              one ->
                  one.target().id().python()
                      + " with "
                      + one.sharing().others().stream()
                          .map(other -> other.target().id().python())
                          .toList()
                      + (one.sharing().apart() ? " apart" : ""))
          .toList();
    }
  }

  @TempDir Path folder;
  private MirrorScenario scenario;
  private ComputingBuilder builder = new ComputingBuilder(List.of(), Set.of());

  @BeforeEach
  void onePurePin() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.sdist("pure", "1.0");
    scenario.branch("master", "pure===1.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private void build(List<Set<String>> groups, String... pythons) {
    build(new ComputingBuilder(groups, Set.of()), pythons);
  }

  private void build(ComputingBuilder by, String... pythons) {
    builder = by;
    scenario.builder(by).targets(Stream.of(pythons).map(TestTargets::cpython).toList());
    scenario.goals().build();
  }

  private List<String> files() {
    return scenario.report().files().stream().map(WheelFile::filename).toList();
  }

  @Test
  void aWheelThatAgreedIsBuiltOnce() {
    build(List.of(Set.of("cp39", "cp311", "cp312")), "cp39", "cp311", "cp312");

    assertThat(builder.builds()).containsExactly("cp39 with [cp311, cp312]");
    assertThat(files()).containsExactly("pure-1.0-1-py3-none-any.whl");
    assertThat(scenario.report().failed()).isEmpty();
  }

  @Test
  void onesThatDifferAreBuiltForEachPythonAndTheReportSaysWhy() {
    build(List.of(Set.of("cp39"), Set.of("cp311", "cp312")), "cp39", "cp311", "cp312");

    assertThat(builder.builds())
        .containsExactly("cp39 with [cp311, cp312]", "cp311 with [cp312] apart");
    assertThat(files())
        .containsExactly("pure-1.0-1-cp311.cp312-none-any.whl", "pure-1.0-1-cp39-none-any.whl");
    assertThat(scenario.report().files().get(1).origin())
        .isInstanceOfSatisfying(
            Origin.Built.class,
            origin -> {
              assertThat(origin.pythons()).containsExactly("cp39");
              assertThat(origin.notShared()).isEqualTo("it differs");
            });
  }

  @Test
  void aPythonThatComesLaterIsNotServedUnasked() {
    List<Set<String>> same = List.of(Set.of("cp39", "cp311", "cp312"));
    build(same, "cp39", "cp311");
    build(same, "cp39", "cp311", "cp312");

    assertThat(builder.builds()).containsExactly("cp312 with [] apart");
    assertThat(files())
        .containsExactly("pure-1.0-1-py3-none-any.whl", "pure-1.0-2-cp312-none-any.whl");
    build(same, "cp39", "cp311", "cp312");
    assertThat(builder.builds()).isEmpty();
  }

  @Test
  void aPythonThatThisHostLacksIsServedByTheOthersWheel() {
    build(
        new ComputingBuilder(List.of(Set.of("cp39", "cp311", "cp312")), Set.of("cp39")),
        "cp39",
        "cp311",
        "cp312");

    assertThat(builder.builds()).containsExactly("cp311 with [cp312, cp39]");
    assertThat(scenario.report().failed()).isEmpty();
  }

  @Test
  void whatIsBuiltTwiceIsComparedInTheSameWay() {
    scenario.checkReproducible = 2;
    build(List.of(Set.of("cp39"), Set.of("cp312")), "cp39", "cp312");

    assertThat(scenario.report().rebuilt()).hasSize(2).allMatch(one -> one.identical());
  }
}
