package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.constraints.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded scenarios with all kinds of wants, files, excludes, releases and wheels. */
final class RandomScenario {

  private static final List<String> PYTHONS = List.of("cp39", "cp310", "cp311", "cp312", "cp313");
  private static final List<String> BRANCHES =
      List.of(
          "master", "stable/2025.2", "stable/2025.1", "unmaintained/2023.1", "unmaintained/zed");
  private static final List<String> REQUIRES = List.of("", "", ">=3.10", "<3.12", "nonsense");
  private static final List<String> FILES =
      List.of(
          "%s-%s.tar.gz",
          "%s-%s.zip",
          "%s-%s-py3-none-any.whl",
          "%s-%s-1-py3-none-any.whl",
          "%s-%s-cp310-abi3-manylinux_2_17_x86_64.whl",
          "%s-%s-cp311-cp311-manylinux2014_x86_64.whl",
          "%s-%s-cp312-cp312-win_amd64.whl",
          "%s-%s-cp39-cp39-linux_x86_64.whl",
          "%s-%s.exe",
          "%s-%s-broken.whl");

  private final Random random;
  private final PlanScenario scenario = new PlanScenario();

  private RandomScenario(long seed) {
    this.random = new Random(seed);
  }

  static PlanScenario of(long seed) {
    return new RandomScenario(seed).make();
  }

  private PlanScenario make() {
    scenario.mode = pick(List.of(UpstreamWheels.values()));
    for (String python : some(PYTHONS)) {
      scenario.targets.add(PlanScenario.target(PlanScenario.SLUG, python));
      if (random.nextInt(4) == 0) {
        scenario.targets.add(PlanScenario.target("ubuntu-24.04-x86_64", python));
      }
    }
    for (String branch : some(BRANCHES)) {
      scenario.branch(branch, random.nextInt(5) == 0 ? BranchState.HELD : BranchState.RESOLVED);
    }
    for (int project = 0; project < 12; project++) {
      project("p" + project);
    }
    base();
    scenario.excludes.add(new Exclude("p1", "r", "", List.of(), List.of("cp31*")));
    scenario.excludes.add(new Exclude("p2===1.1", "r", "2026-01-01", List.of(), List.of()));
    scenario.excludes.add(new Exclude("p3", "r", "", List.of("stable/*"), List.of()));
    scenario.buildConstraints.add(
        new BuildConstraints(List.of("unmaintained/*"), List.of("setuptools<60")));
    return scenario;
  }

  private void project(String project) {
    for (String version : List.of("1.0", "1.1", "2.0rc1")) {
      for (String file : FILES) {
        if (random.nextInt(4) == 0) {
          scenario.file(
              project,
              PlanScenario.remote(
                  file.formatted(project, version), pick(REQUIRES), random.nextInt(6) == 0));
        }
      }
      if (random.nextInt(3) > 0) {
        scenario.wants(project + "===" + version, wants());
      }
    }
  }

  private List<Want> wants() {
    List<Want> wants = new ArrayList<>();
    scenario.branches.forEach(
        branch ->
            scenario.targets.forEach(
                target -> {
                  if (branch.state() == BranchState.RESOLVED && random.nextInt(4) > 0) {
                    boolean active = random.nextInt(4) > 0;
                    wants.add(PlanScenario.want(branch.name(), target.id(), active, "m"));
                  }
                }));
    return wants;
  }

  /**
   * A release with what a plan of half of it would have built, and some of it in the wheelhouse.
   */
  private void base() {
    List<WheelFile> released = new ArrayList<>();
    List<Served> served = new ArrayList<>();
    for (BuildWork work : scenario.plan().builds()) {
      TargetId target = work.targets().get(0);
      String name = work.pin().name() + "-" + work.pin().version() + "-1-py3-none-any.whl";
      String requires = ">=3." + target.python().substring("cp3".length());
      WheelFile file = PlanScenario.built(name, work.key(target), pick(List.of("", requires)));
      if (target.slug().equals(PlanScenario.SLUG) && random.nextInt(3) == 0) {
        released.add(file);
        scenario.branches.forEach(
            branch -> served.add(new Served(branch.name(), target.python(), work.pin(), name)));
      }
      if (random.nextInt(3) == 0) {
        scenario.wheelhouse.put(work.key(target), file);
      }
    }
    scenario.base(released, served.toArray(Served[]::new));
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private <T> List<T> some(List<T> values) {
    List<T> some = new ArrayList<>(values);
    some.removeIf(value -> some.size() > 1 && random.nextInt(3) == 0);
    return some;
  }
}
