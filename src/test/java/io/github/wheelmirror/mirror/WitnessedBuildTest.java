package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.LongAgo;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a build notes is enough to tell that a further one has nothing to do, and no more. */
class WitnessedBuildTest {

  private static final String SETTINGS = "everything that is configured";
  private static final String SLUG = "debian-12-x86_64";

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void smallMirror() {
    scenario = MirrorScenario.quick(folder);
    scenario.settings = SETTINGS;
    // programs that come and go in this user's folders are none of the test's changes
    scenario.environment = Map.of("HOME", folder.toString());
    scenario.index.keptFor(600);
    scenario.index.wheel("six", "1.17.0", "py3-none-any").sdist("simplegeneric", "0.8.1");
    scenario.branch("master", "six===1.17.0", "simplegeneric===0.8.1");
    LongAgo.all(folder.resolve("constraints.git"));
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  @Test
  void beforeTheFirstBuildThereIsNoWitness() {
    assertThatThrownBy(this::holding).hasMessageContaining("no complete build");
  }

  @Test
  void aBuildThatWorkedIsWitnessed() throws Witness.LookAgainException {
    scenario.goals().build();
    assertThat(holding().said()).isEqualTo("1 branch, 2 wheels in the wheelhouse");
    assertThat(holding().warned()).isEmpty();
  }

  @Test
  void goalsOfOneSessionSeeTogether() throws Witness.LookAgainException {
    scenario.lifecycle();
    // the release of the same session is news to the next build
    assertThatThrownBy(this::holding).isInstanceOf(Witness.LookAgainException.class);
    LongAgo.all(folder.resolve("mirror/channels"));
    LongAgo.all(folder.resolve("mirror/snapshots"));
    LongAgo.all(folder.resolve("mirror/state"));
    scenario.lifecycle();
    assertThat(holding().said()).isNotEmpty();
  }

  @Test
  void pagesThatTheIndexLetsBeKeptAreNotAskedForAgain() {
    scenario.goals().build();
    scenario.index.forgetRequests();
    scenario.goals().build();
    assertThat(scenario.index.requests()).isEmpty();
  }

  /** Something that makes a further build look again. */
  private enum Change {
    BRANCH_MOVED(
        test -> {
          test.scenario.branch("master", "six===1.17.0");
        }),
    BRANCH_ADDED(
        test -> {
          test.scenario.branch("stable/2026.1", "six===1.17.0");
        }),
    WHEEL_REMOVED(
        test -> {
          Files.delete(test.wheel("simplegeneric"));
        }),
    WHEEL_REPLACED(
        test -> {
          Path wheel = test.wheel("six");
          byte[] bytes = Files.readAllBytes(wheel);
          bytes[bytes.length / 2] ^= 1;
          Files.delete(wheel);
          Files.write(wheel, bytes);
        }),
    WHEEL_DOUBTED(
        test -> {
          WheelFile six = test.scenario.report().files().get(1);
          test.scenario.outside().wheelhouse().doubt(six.sha256());
        }),
    BUILD_RECORD_REMOVED(
        test -> {
          Folders.remove(test.folder.resolve("cache/wheelhouse/builds"));
        }),
    PAGE_REPLACED(
        test -> {
          test.scenario.index.wheel("six", "1.18.0", "py3-none-any");
          LongAgo.all(test.folder.resolve("cache/pages"));
          test.scenario.workspace = "another";
          test.scenario.goals().plan();
          test.scenario.workspace = "workspace";
        }),
    PAGES_REMOVED(
        test -> {
          Folders.remove(test.folder.resolve("cache/pages"));
        }),
    RESOLUTION_REMOVED(
        test -> {
          Files.delete(test.scenario.workspace().resolution());
        }),
    PLAN_CHANGED(
        test -> {
          Files.writeString(test.scenario.workspace().plan(), " ", StandardOpenOption.APPEND);
        }),
    REPORT_REMOVED(
        test -> {
          Files.delete(test.scenario.workspace().buildReport());
        }),
    TARGET_REMOVED(
        test -> {
          Files.delete(
              test.scenario
                  .workspace()
                  .target(test.scenario.plan().pins().get(0).states().get(0).target()));
        }),
    WORK_LEFT_BEHIND(
        test -> {
          Files.createDirectories(test.scenario.workspace().work());
        }),
    LOCKS_MOVED(
        test -> {
          MirrorRequest.ConstraintsSettings constraints = test.scenario.request().constraints();
          test.scenario
              .outside()
              .locks()
              .rememberGeneration(
                  constraints.url() + " " + constraints.file(), "2026-01-01T00:00:00Z");
        }),
    RELEASED(
        test -> {
          test.scenario.goals().deploy();
        });

    private final Work work;

    Change(Work work) {
      this.work = work;
    }
  }

  private interface Work {
    void on(WitnessedBuildTest test) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void whateverChangesIsLookedAt(Change change) throws IOException, Witness.LookAgainException {
    scenario.goals().build();
    assertThat(holding().said()).isNotEmpty();
    change.work.on(this);
    assertThatThrownBy(this::holding).isInstanceOf(Witness.LookAgainException.class);
    ageAll();
    scenario.goals().build();
    // the first one may have warned of what it healed
    scenario.goals().build();
    assertThat(holding().said()).isNotEmpty();
  }

  @Test
  void aReleaseOfAnotherMachineIsLookedAt() throws IOException, Witness.LookAgainException {
    scenario.goals().deploy();
    ageAll();
    scenario.goals().build();
    assertThat(holding().said()).isNotEmpty();
    Path journal = folder.resolve("mirror").resolve(TreeLayout.JOURNAL);
    Files.setLastModifiedTime(journal, FileTime.from(Instant.now()));
    assertThatThrownBy(this::holding).hasMessageContaining("journal.jsonl changed");
    scenario.goals().build();
    Path current = folder.resolve("mirror").resolve(TreeLayout.current(SLUG));
    Files.delete(current);
    assertThatThrownBy(this::holding).isInstanceOf(Witness.LookAgainException.class);
  }

  @Test
  void anotherConfigurationIsLookedAt() {
    scenario.goals().build();
    assertThatThrownBy(() -> holding("another", System.currentTimeMillis()))
        .hasMessage("the configuration is another one");
  }

  @Test
  void whenTheFirstPageIsOldItIsLookedAt() throws Witness.LookAgainException {
    scenario.goals().build();
    long now = System.currentTimeMillis();
    assertThat(holding(SETTINGS, now + 1000).said()).isNotEmpty();
    assertThatThrownBy(() -> holding(SETTINGS, now + 601_000)).hasMessageContaining("over");
  }

  @Test
  void onAnotherDayItIsLookedAt() {
    scenario.index.keptFor(86_400);
    scenario.goals().build();
    assertThatThrownBy(
            () -> holding(SETTINGS, System.currentTimeMillis() + TimeUnit.DAYS.toMillis(1)))
        .hasMessageContaining("over");
  }

  @Test
  void withoutAPromiseOfTheIndexThereIsNoWitness() {
    scenario.index.keptFor(0);
    scenario.goals().build();
    assertThatThrownBy(this::holding).hasMessageContaining("has to be asked for each time");
  }

  @Test
  void localPlacesOfFilesAreWatched() throws IOException, Witness.LookAgainException {
    Path found = Files.createDirectories(folder.resolve("found"));
    Path local = found.resolve("own-1.0-py3-none-any.whl");
    Files.write(local, SyntheticFiles.wheel("own", "own", "1.0", "py3-none-any"));
    Path index = folder.resolve("index");
    Path page = Files.createDirectories(index.resolve("six")).resolve("index.html");
    Files.write(
        page.resolveSibling("six-1.17.0-py3-none-any.whl"),
        SyntheticFiles.wheel("six", "six", "1.17.0", "py3-none-any"));
    Files.writeString(page, "<a href='six-1.17.0-py3-none-any.whl'>six</a>");
    scenario.findLinks = List.of(found.toString());
    scenario.indexUrl = index.toString();
    scenario.branch("master", "six===1.17.0", "own===1.0");
    assertThatBuildIsWitnessed(found, index);

    Files.writeString(found.resolve("own-1.0-2-py3-none-any.whl"), "another");
    assertThatThrownBy(this::holding).hasMessage(found + " changed");
    Files.delete(found.resolve("own-1.0-2-py3-none-any.whl"));
    assertThatBuildIsWitnessed(found, index);

    Files.write(local, new byte[] {0}, StandardOpenOption.APPEND);
    assertThatThrownBy(this::holding).hasMessage(local + " changed");
    Files.write(local, SyntheticFiles.wheel("own", "own", "1.0", "py3-none-any"));
    assertThatBuildIsWitnessed(found, index);

    Files.writeString(page, " ", StandardOpenOption.APPEND);
    assertThatThrownBy(this::holding).hasMessage(page + " changed");
    assertThatBuildIsWitnessed(found, index);

    Path other = Files.createDirectories(index.resolve("own")).resolve("index.html");
    Files.writeString(other, "");
    assertThatThrownBy(this::holding).hasMessage(index + " changed");
  }

  private void assertThatBuildIsWitnessed(Path... read) throws Witness.LookAgainException {
    ageAll();
    for (Path each : read) {
      LongAgo.all(each);
    }
    scenario.goals().build();
    // the first one may have warned of what it did
    scenario.goals().build();
    assertThat(holding().said()).isEqualTo("1 branch, 2 wheels in the wheelhouse");
  }

  @Test
  void aFailureIsNotForgotten() throws Witness.LookAgainException {
    scenario.goals().build();
    assertThat(holding().said()).isNotEmpty();
    scenario.index.sdist("broken", "1.0");
    scenario.branch("master", "six===1.17.0", "broken===1.0");
    ageAll();
    scenario.goals().build();
    assertThatThrownBy(this::holding).hasMessageContaining("something failed");
  }

  @Test
  void warningsOfWorkAreNotRepeatedAndThoseOfAStateAre()
      throws IOException, Witness.LookAgainException {
    Files.createDirectories(scenario.workspace().folder());
    scenario.branch("stable/2026.1", "six>=1.17.0");
    ageAll();
    scenario.goals().build();
    assertThatThrownBy(this::holding).hasMessageContaining("came with warnings");
    scenario.goals().build();
    assertThat(holding().warned()).anyMatch(line -> line.contains("stable/2026.1"));
  }

  @Test
  void aWitnessThatIsCutOffOrDamagedIsNone() throws IOException {
    scenario.goals().build();
    Path file = Witness.file(folder.resolve("cache"), folder.resolve("workspace"));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 1; length += 37) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(this::holding).isInstanceOf(Witness.LookAgainException.class);
    }
    String text = new String(whole, StandardCharsets.UTF_8);
    for (String damaged :
        List.of(
            text.replace("until ", "until x"),
            text.replaceAll("(?m)^settings .*\n", ""),
            text.replaceAll("(?m)^until .*\n", ""),
            text.replace("\t", " "),
            text.replace("witness 1", "witness 2"),
            text.replaceFirst("\t/", "\t\0/"))) {
      Files.writeString(file, damaged);
      assertThatThrownBy(this::holding).isInstanceOf(Witness.LookAgainException.class);
    }
  }

  @Test
  void twoGoalsThatAreConfiguredDifferentlyLeaveNoWitness() {
    SessionMemo memo = new SessionMemo(new ConcurrentHashMap<>());
    scenario.goals(memo).plan();
    scenario.settings = "another";
    scenario.goals(memo).build();
    assertThatThrownBy(this::holding).hasMessageContaining("configured in different ways");
  }

  @Test
  void whatWasWrittenAMomentAgoMayChangeUnseen() {
    scenario.branch("master", "six===1.17.0");
    scenario.goals().build();
    assertThatThrownBy(this::holding).hasMessageContaining("written a moment ago");
  }

  private Witness holding() throws Witness.LookAgainException {
    return holding(SETTINGS, System.currentTimeMillis());
  }

  private Witness holding(String settings, long now) throws Witness.LookAgainException {
    return Witness.holding(
        Witness.file(folder.resolve("cache"), folder.resolve("workspace")), settings, now);
  }

  private Path wheel(String project) {
    WheelFile wheel =
        scenario.report().files().stream()
            .filter(file -> file.project().value().equals(project))
            .findFirst()
            .orElseThrow();
    return scenario.outside().wheelhouse().path(wheel).orElseThrow();
  }

  /** As if all that others write had been written long ago. */
  private void ageAll() {
    LongAgo.all(folder.resolve("constraints.git"));
    LongAgo.all(folder.resolve("cache/locks"));
    for (String each : List.of("channels", "snapshots", "state")) {
      LongAgo.all(folder.resolve("mirror").resolve(each));
    }
  }
}
