package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.built;
import static io.github.wheelmirror.build.PlanScenario.id;
import static io.github.wheelmirror.build.PlanScenario.sha256;
import static io.github.wheelmirror.build.PlanScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Pin;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldBranchesTest {

  private static final String HELD = "stable/2025.1";
  private static final WheelFile FILE = built("a-1.0-1-py3-none-any.whl", sha256("key"), "");

  private static PlanScenario scenario() {
    return PlanScenario.with("cp311", "cp312")
        .branch(HELD, BranchState.HELD)
        .files("a", "a-2.0-py3-none-any.whl")
        .pin("a===2.0", "master");
  }

  private static Served served(String branch, String python) {
    return new Served(branch, python, Pin.parse("a===1.0"), FILE.filename());
  }

  @Test
  void whatTheBaseServedForAHeldBranchIsCarriedOver() {
    BuildPlan plan =
        scenario()
            .base(
                List.of(FILE),
                served(HELD, "cp311"),
                served(HELD, "cp312"),
                served(HELD, "cp38"),
                served("stable/2024.2", "cp311"))
            .plan();

    PlanState reuse = new PlanState.Reuse(FILE, PlanState.Reuse.RELEASE);
    assertThat(plan.pins().get(0))
        .isEqualTo(
            new PlannedPin(
                Pin.parse("a===1.0"),
                List.of(
                    new PlannedState(id("cp311"), List.of(HELD), reuse),
                    new PlannedState(id("cp312"), List.of(HELD), reuse))));
    assertThat(plan.branches().get(1))
        .isEqualTo(
            new PlannedBranch(
                HELD,
                io.github.wheelmirror.constraints.BranchState.HELD,
                List.of(
                    "two pins of one project",
                    "1 pin of release 7 of debian-12-x86_64 is carried over")));
    assertThat(state(plan, "a===2.0", "master", "cp311").label()).isEqualTo("mirror");
  }

  @Test
  void withoutABaseItIsLeftOutLoudly() {
    BuildPlan plan = scenario().plan();

    assertThat(plan.pins()).hasSize(1);
    assertThat(plan.branches().get(1).reasons())
        .contains("debian-12-x86_64 has no release yet, so the branch is left out");
  }

  @Test
  void aBaseThatDidNotKnowTheBranchLeavesItOut() {
    BuildPlan plan = scenario().base(List.of(FILE), served("master", "cp311")).plan();

    assertThat(plan.pins()).hasSize(1);
    assertThat(plan.branches().get(1).reasons())
        .contains("release 7 of debian-12-x86_64 has nothing of it, so it is left out");
  }

  @Test
  void wantsOfAHeldBranchDoNotCountBesideWhatIsCarriedOver() {
    BuildPlan plan =
        scenario().pin("a===1.0", HELD).base(List.of(FILE), served(HELD, "cp311")).plan();

    assertThat(plan.pins().get(0).states())
        .containsExactly(
            new PlannedState(
                id("cp311"), List.of(HELD), new PlanState.Reuse(FILE, PlanState.Reuse.RELEASE)));
  }
}
