package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.SharedLock;
import io.github.wheelmirror.mojo.ProductionWiring;
import io.github.wheelmirror.tree.OldMarks;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CleanWheelhouseTest {

  private static final CleanWheelhouse.Settings MONTH =
      new CleanWheelhouse.Settings(Duration.ofDays(30), false, false);
  private static final CleanWheelhouse.Settings ALL =
      new CleanWheelhouse.Settings(Duration.ofDays(30), true, false);

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void aMirror() {
    scenario = MirrorScenario.quick(folder);
    scenario
        .index
        .wheel("six", "1.17.0", "py3-none-any")
        .sdist("pure", "1.0")
        .sdist("broken-one", "1.0");
    scenario.branch("master", "six===1.17.0", "pure===1.0", "broken-one===1.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private void clean(CleanWheelhouse.Settings settings) {
    clean(settings, Clock.systemUTC());
  }

  private void clean(CleanWheelhouse.Settings settings, Clock clock) {
    scenario.lines.clear();
    new CleanWheelhouse(
            cache(),
            ProductionWiring.collectable(scenario.request()),
            scenario.lockTimeout,
            scenario.lines.log(),
            clock)
        .run(settings);
  }

  private static Clock in(int days) {
    return Clock.offset(Clock.systemUTC(), Duration.ofDays(days));
  }

  /** The files below the cache that hold something. */
  private Map<String, String> content() {
    Map<String, String> state = new TreeMap<>(MirrorScenario.state(cache()));
    state
        .keySet()
        .removeIf(
            file ->
                file.endsWith(".lock")
                    || file.startsWith("git")
                    || Files.isDirectory(cache().resolve(file)));
    return state;
  }

  private List<String> told() {
    return scenario.lines.all();
  }

  @Test
  void whatWasJustUsedStays() {
    scenario.goals().build();
    Map<String, String> before = content();

    clean(MONTH);

    assertThat(content()).isEqualTo(before);
    assertThat(told()).anyMatch(line -> line.matches(" *wheels +0 +0.0 kB +2 +[0-9.]+ kB"));
  }

  @Test
  void whatNobodyUsedForAMonthGoesAndComesAgain() {
    scenario.goals().deploy();
    List<String> files = scenario.report().files().stream().map(file -> file.sha256()).toList();

    clean(MONTH, in(32));

    assertThat(content()).isEmpty();
    assertThat(cache().resolve("git")).isDirectory();
    assertThat(told())
        .anyMatch(line -> line.matches(" *wheels +2 +[0-9.]+ kB +0 +0.0 kB"))
        .anyMatch(line -> line.matches(" *build records +1 .*"))
        .anyMatch(line -> line.matches(" *remembered failures +4 .*"))
        .anyMatch(line -> line.matches(" *sdists +2 .*"))
        .anyMatch(line -> line.matches(" *index pages +3 .*"));
    assertThat(scenario.lines.warnings()).isEmpty();

    scenario.goals().build();
    assertThat(scenario.report().files().stream().map(file -> file.sha256()).toList())
        .isEqualTo(files);
  }

  @Test
  void aRunThatOnlyUsesWheelsKeepsThemFromBeingRemoved() {
    scenario.goals().build();
    scenario.goals().build();
    OldMarks.age(cache().resolve("wheelhouse-uses"), Duration.ofDays(40));
    Map<String, String> workspace = MirrorScenario.state(folder.resolve("workspace"));
    Map<String, String> wheelhouse = MirrorScenario.state(cache().resolve("wheelhouse"));
    scenario.goals().build();
    assertThat(MirrorScenario.state(folder.resolve("workspace"))).isEqualTo(workspace);
    assertThat(MirrorScenario.state(cache().resolve("wheelhouse"))).isEqualTo(wheelhouse);
    Map<String, String> uses = MirrorScenario.state(cache());

    scenario.goals().build();
    assertThat(MirrorScenario.state(cache().resolve("wheelhouse-uses")))
        .as("a second run on the same day")
        .allSatisfy((file, state) -> assertThat(uses).containsValue(state));

    clean(MONTH);
    assertThat(new Wheelhouse(cache().resolve("wheelhouse")).all()).hasSize(2);
  }

  @Test
  void aDryRunChangesNothing() {
    scenario.goals().build();
    Map<String, String> before = MirrorScenario.state(folder);

    clean(new CleanWheelhouse.Settings(Duration.ofDays(0), true, true));

    assertThat(MirrorScenario.state(folder)).isEqualTo(before);
    assertThat(told())
        .anyMatch(line -> line.matches(" *wheels +2 +[0-9.]+ kB +0 +0.0 kB"))
        .anyMatch(line -> line.contains("nothing was changed"));
  }

  @Test
  void allGoesUsedOrNotButNotWhileAnotherRunGoesOn() throws Exception {
    scenario.goals().build();
    scenario.lockTimeout = Duration.ZERO;
    Map<String, String> before = content();
    try (SharedLock run = new CacheLock(cache(), Duration.ZERO, scenario.lines.log()).shared()) {
      assertThat(run).isNotNull();
      assertThatThrownBy(() -> clean(ALL))
          .isInstanceOfSatisfying(
              MirrorException.class,
              e -> {
                assertThat(e.what()).contains("another run uses the cache");
                assertThat(e.fix()).contains("-Dwheel-mirror.lockTimeout=");
              });
      assertThat(content()).isEqualTo(before);
      // what a run may be using stays, so this one need not wait
      clean(MONTH);
      assertThat(content()).isEqualTo(before);
    }

    clean(ALL);

    assertThat(content()).isEmpty();
    scenario.goals().build();
    scenario.goals().deploy();
    assertThat(scenario.served("mirror")).isNotEmpty();
  }

  @Test
  void aSdistThatIsBeingBuiltStays() throws IOException {
    scenario.builder(
        request -> {
          clean(MONTH, in(32));
          assertThat(request.sdist()).exists();
          return scenario.quickBuilder.build(request);
        });
    scenario.goals().build();
    assertThat(scenario.outcome("pure===1.0").label()).isEqualTo("built");
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    scenario.goals().build();
    List<Path> foreign =
        List.of(
            cache().resolve("sdists/readme.txt"),
            cache().resolve("sdists/ab/mine/file"),
            cache().resolve("pages/mine"),
            cache().resolve("environments/mine/file"),
            cache().resolve("locks/mine.json"),
            cache().resolve("wheelhouse/failures/mine.json"),
            cache().resolve("mine"));
    for (Path file : foreign) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "mine");
    }
    clean(ALL);
    assertThat(foreign).allSatisfy(file -> assertThat(file).hasContent("mine"));
  }

  @Test
  void withoutACacheThereIsNothingToDo() {
    clean(ALL);
    assertThat(cache()).doesNotExist();
    assertThat(told()).anyMatch(line -> line.contains("nothing to remove"));
  }

  @Test
  void aCacheThatCannotBeUsedIsToldInTheHouseForm() throws IOException {
    scenario.goals().build();
    Path marks = cache().resolve("wheelhouse-uses");
    Folders.remove(marks);
    Files.writeString(marks, "something else");
    assertThatThrownBy(() -> clean(MONTH))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).contains("cannot be used");
              assertThat(e.why()).contains("something else is in the way");
              assertThat(e.fix()).isNotBlank();
            });
  }

  @Test
  void daysBeforeTodayAreRefused() {
    assertThatThrownBy(() -> new CleanWheelhouse.Settings(Duration.ofDays(-1), false, false))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("<unusedFor> is -1");
  }
}
