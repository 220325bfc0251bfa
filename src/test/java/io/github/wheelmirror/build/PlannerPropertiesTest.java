package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.constraints.WantedPin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerPropertiesTest {

  private record Place(String branch, Pin pin, TargetId target) {}

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private static List<Place> places(BuildPlan plan) {
    List<Place> places = new ArrayList<>();
    for (PlannedPin pin : plan.pins()) {
      for (PlannedState state : pin.states()) {
        state
            .branches()
            .forEach(branch -> places.add(new Place(branch, pin.pin(), state.target())));
      }
    }
    return places;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyWantHasExactlyOneStateAndNothingElseHasOneButCarriedPins(long seed) {
    PlanScenario scenario = RandomScenario.of(seed);
    Set<Place> expected = new HashSet<>();
    scenario.pins.forEach(
        pin ->
            pin.wants()
                .forEach(want -> expected.add(new Place(want.branch(), pin.pin(), want.target()))));
    Set<String> held = new HashSet<>();
    scenario.branches.stream().filter(HeldBranches::isHeld).forEach(each -> held.add(each.name()));
    scenario
        .bases
        .values()
        .forEach(
            base ->
                base.served().stream()
                    .filter(served -> held.contains(served.branch()))
                    .forEach(
                        served ->
                            expected.add(
                                new Place(
                                    served.branch(),
                                    served.pin(),
                                    new TargetId(base.slug(), served.python())))));

    List<Place> places = places(scenario.plan());

    assertThat(places).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderOfTheInputDoesNotMatter(long seed) {
    PlanScenario scenario = RandomScenario.of(seed);
    byte[] plan = Json.write(scenario.plan());

    var random = new Random(seed);
    Collections.shuffle(scenario.pins, random);
    Collections.shuffle(scenario.targets, random);
    Collections.shuffle(scenario.branches, random);
    scenario.pins.replaceAll(
        pin -> {
          var wants = new ArrayList<>(pin.wants());
          Collections.shuffle(wants, random);
          return new WantedPin(pin.pin(), wants);
        });
    scenario.bases.replaceAll(
        (slug, base) -> {
          var files = new ArrayList<>(base.files());
          Collections.shuffle(files, random);
          return new BaseRelease(slug, base.snapshot(), base.serial(), files, base.served());
        });

    assertThat(Json.write(scenario.plan())).isEqualTo(plan);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void statesAndWorkNameEachOther(long seed) {
    BuildPlan plan = RandomScenario.of(seed).plan();
    Set<String> downloads = new HashSet<>();
    Set<String> builds = new HashSet<>();
    for (PlannedPin pin : plan.pins()) {
      for (PlannedState state : pin.states()) {
        if (state.state() instanceof PlanState.Mirror mirror) {
          downloads.add(mirror.download() + " " + state.target());
        } else if (state.state() instanceof PlanState.Build build) {
          builds.add(build.work() + " " + state.target());
        }
      }
    }
    Set<String> downloadWork = new HashSet<>();
    plan.downloads()
        .forEach(
            work -> work.targets().forEach(target -> downloadWork.add(work.id() + " " + target)));
    Set<String> buildWork = new HashSet<>();
    plan.builds()
        .forEach(work -> work.targets().forEach(target -> buildWork.add(work.id() + " " + target)));

    assertThat(downloads).isEqualTo(downloadWork);
    assertThat(builds).isEqualTo(buildWork);
    assertThat(plan.downloads()).extracting(DownloadWork::id).doesNotHaveDuplicates();
    assertThat(plan.builds()).extracting(BuildWork::id).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasBuiltIsReusedByTheNextPlan(long seed) {
    PlanScenario scenario = RandomScenario.of(seed);
    var coverage = new WheelCoverage(scenario.targets);
    for (BuildWork work : scenario.plan().builds()) {
      String stem = work.pin().name() + "-" + work.pin().version() + "-" + work.buildTag();
      List<TargetId> left = work.targets();
      while (!left.isEmpty()) {
        TargetId target = left.get(0);
        String python = target.python();
        String tags = seed % 2 == 0 ? "py3-none-any" : python + "-" + python + "-linux_x86_64";
        String key = work.key(target);
        WheelFile file = PlanScenario.built(stem + "-" + tags + ".whl", key, "");
        scenario.wheelhouse.put(key, file);
        left = coverage.uncovered(List.of(file), left);
      }
    }

    assertThat(scenario.plan().builds()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPlanAndItsReportComeBackFromJsonAsTheyWere(long seed) {
    BuildPlan plan = RandomScenario.of(seed).plan();
    BuildReport report = failEverything(plan);

    assertThat(Json.read(Json.write(plan), BuildPlan.class, "plan.json")).isEqualTo(plan);
    assertThat(Json.read(Json.write(report), BuildReport.class, "build-report.json"))
        .isEqualTo(report);
    assertThat(report.pins()).extracting(ReportedPin::pin).isSorted();
  }

  private static BuildReport failEverything(BuildPlan plan) {
    WorkResult failed =
        new WorkResult.Failed(
            new Diagnosis(FailureClass.TIMEOUT, "symptom", "why", "fix"), "logs/x.log");
    Map<String, WorkResult> downloads = new HashMap<>();
    plan.downloads().forEach(work -> downloads.put(work.id(), failed));
    Map<WorkTarget, WorkResult> builds = new HashMap<>();
    plan.builds()
        .forEach(
            work ->
                work.targets()
                    .forEach(target -> builds.put(new WorkTarget(work.id(), target), failed)));
    return ReportAssembler.assemble(plan, PlanScenario.DIGEST, downloads, builds);
  }
}
