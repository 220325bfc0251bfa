package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.tree.CoverageEntry;
import io.github.wheelmirror.tree.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFailuresTest {

  @TempDir Path folder;
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final FakeRegion east = new FakeRegion("east", events);
  private final FakeRegion west = new FakeRegion("west", events);
  private MirrorScenario scenario;

  @BeforeEach
  void aBrokenPin() {
    scenario = MirrorScenario.quick(folder).regions(List.<Region>of(east, west));
    scenario.failOnNew = true;
    scenario.index.sdist("broken", "1.0");
    scenario.branch("master", "broken===1.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  /** The broken pin on both Pythons as a release may have it. */
  private static List<CoverageEntry> failing() {
    Outcome failed = new Outcome.Failed(FailureClass.NO_COMPILER, "no gcc", "why", "fix", "");
    return Stream.of("cp311", "cp312")
        .map(python -> new CoverageEntry("master", python, Pin.parse("broken===1.0"), failed))
        .toList();
  }

  @Test
  void withoutAReleaseEveryFailureIsNew() {
    assertThatThrownBy(() -> scenario.goals().build())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("1 pin fails that did not before");
    assertThat(events).isEmpty();
  }

  @Test
  void whatFailedInTheBaseIsNotNewThoughTheFirstRegionNeverHadIt() {
    east.serving(3, "a");
    west.serving(5, "b");
    west.covered = failing();
    scenario.goals().build();
    assertThat(events).contains("west coverage b").doesNotContain("east coverage a");
  }

  @Test
  void whatFailedOnlyInAnOlderReleaseThanTheBaseIsNew() {
    east.serving(3, "a");
    east.covered = failing();
    west.serving(5, "b");
    assertThatThrownBy(() -> scenario.goals().build())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("broken===1.0");
  }

  @Test
  void theBaseOfThePlanCountsThoughItsRegionReleasedMoreSince() {
    east.serving(3, "a");
    west.serving(3, "a");
    west.covered = failing();
    east.covered = failing();
    scenario.failOnNew = false;
    SessionMemo memo = new SessionMemo(new java.util.concurrent.ConcurrentHashMap<>());
    scenario.goals(memo).plan();
    east.serving(4, "c");
    scenario.failOnNew = true;
    scenario.goals(memo).build();
    assertThat(events).contains("west coverage a").noneMatch(event -> event.endsWith("coverage c"));
  }

  @Test
  void theBaseOfThePlanIsReadFromARegionThatServedItAndCountsItsReleasesAnew() {
    east.serving(3, "a");
    east.covered = failing();
    scenario.failOnNew = false;
    SessionMemo memo = new SessionMemo(new java.util.concurrent.ConcurrentHashMap<>());
    scenario.goals(memo).plan();
    east.serving(2, "c");
    scenario.failOnNew = true;
    scenario.goals(memo).build();
    assertThat(events).contains("east coverage a").noneMatch(event -> event.endsWith("coverage c"));
  }

  @Test
  void aBaseThatNoRegionHasAnyMoreIsAnError() {
    east.serving(3, "a");
    SessionMemo memo = new SessionMemo(new java.util.concurrent.ConcurrentHashMap<>());
    scenario.goals(memo).plan();
    // as of a region that was made anew
    east.past.clear();
    east.serving(2, "c");
    assertThatThrownBy(() -> scenario.goals(memo).build())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("the plan compares with release 3 of debian-12-x86_64");
  }
}
