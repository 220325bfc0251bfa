package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is named to stay is never passed over. */
class PruneRegionsTest {
  @TempDir Path folder;
  private MirrorScenario scenario;
  private final List<String> ids = new ArrayList<>();

  @BeforeEach
  void threeReleases() {
    scenario = MirrorScenario.quick(folder);
    // the first release is in one region alone
    scenario.regions = List.of("mirror");
    for (String version : List.of("1.15.0", "1.16.0", "1.17.0")) {
      scenario.index.wheel("six", version, "py3-none-any");
      scenario.branch("master", "six===" + version);
      scenario.lifecycle();
      ids.add(Objects.requireNonNull(scenario.served("mirror").get(TestTargets.SLUG)));
      scenario.regions = List.of("west", "mirror");
    }
    Clock later = Clock.fixed(Instant.parse("2126-01-01T00:00:00Z"), ZoneOffset.UTC);
    scenario.changed(parts -> parts.clock = later);
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private void prune(boolean dryRun, String... pinned) {
    new PruneRegions(scenario.outside())
        .run(
            new Retention(1, Duration.ZERO, List.of(pinned), Duration.ofHours(1), 1),
            Optional.of(Duration.ZERO),
            dryRun);
  }

  private boolean holds(String region, String id) {
    return Files.exists(folder.resolve(region).resolve(TreeLayout.snapshot(id)));
  }

  /** With another last digit. */
  private static String mistyped(String id) {
    return id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPinnedSnapshotThatNoRegionHasIsRefusedBeforeAnythingIsRemoved(boolean dryRun)
      throws IOException {
    Map<String, String> mirror = MirrorScenario.state(folder.resolve("mirror"));
    Map<String, String> west = MirrorScenario.state(folder.resolve("west"));
    for (String wrong : List.of(mistyped(ids.get(0)), mistyped(ids.get(0).substring(0, 8)))) {
      assertThatThrownBy(() -> prune(dryRun, ids.get(1), wrong))
          .isInstanceOfSatisfying(
              MirrorException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
                assertThat(e.what())
                    .isEqualTo("nothing was removed: no region has the pinned snapshot " + wrong);
                assertThat(e.why())
                    .isEqualTo("west: looked at 2 snapshots; mirror: looked at 3 snapshots");
                assertThat(e.fix()).contains("-Dwheel-mirror.prune.pinned");
              });
    }
    assertThat(MirrorScenario.state(folder.resolve("mirror"))).isEqualTo(mirror);
    assertThat(MirrorScenario.state(folder.resolve("west"))).isEqualTo(west);
  }

  @Test
  void oneThatAnyRegionHasStaysThere() {
    assertThat(ids).doesNotHaveDuplicates();
    prune(false, ids.get(0).substring(0, 8));
    assertThat(holds("mirror", ids.get(0))).isTrue();
    assertThat(holds("west", ids.get(2))).isTrue();
    prune(false);
    assertThat(holds("mirror", ids.get(0))).as("nobody names it any more").isFalse();
  }

  @Test
  void aRegionThatCannotBeReadStopsNoOtherIfTheyHaveIt() throws IOException {
    Path damaged = folder.resolve("west").resolve(TreeLayout.manifest(ids.get(1)));
    Files.delete(damaged);
    assertThatThrownBy(() -> prune(false, ids.get(0).substring(0, 8)))
        .hasMessageContaining("nothing was removed from region west");
    assertThat(holds("mirror", ids.get(0))).isTrue();
    assertThatThrownBy(() -> prune(false, mistyped(ids.get(0))))
        .hasMessageContaining("no region has the pinned snapshot")
        .hasMessageContaining("region west does not hold snapshot " + ids.get(1))
        .hasMessageContaining("mirror: looked at");
  }
}
