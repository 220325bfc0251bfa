package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.tree.TestWheel;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BuildWheelsTest {

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void emptyMirror() {
    scenario = MirrorScenario.quick(folder);
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private Outcome.Failed failure(String pin) {
    return (Outcome.Failed) scenario.outcome(pin);
  }

  private Path wheelhouse() {
    return folder.resolve("cache/wheelhouse");
  }

  @Test
  void aPureWheelIsBuiltOnceForAllPythonsAndACompiledOneForEach() {
    scenario.index.sdist("pure", "1.0").sdist("compiled", "2.0");
    scenario.branch("master", "pure===1.0", "compiled===2.0");
    scenario.branch("stable/2025.1", "pure===1.0");
    scenario.goals().build();
    assertThat(scenario.quickBuilder.builds())
        .containsExactly("compiled===2.0 cp311", "compiled===2.0 cp312", "pure===1.0 cp311");
    assertThat(scenario.report().files()).hasSize(3);
    assertThat(scenario.index.requests()).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void allFailuresAreCollectedAndTheRestIsDone() {
    scenario
        .index
        .wheel("six", "1.17.0", "py3-none-any")
        .sdist("pure", "1.0")
        .sdist("broken-one", "1.0")
        .sdist("broken-two", "2.0");
    scenario.branch(
        "master",
        "six===1.17.0",
        "pure===1.0",
        "broken-one===1.0",
        "broken-two===2.0",
        "gone===3.0");
    scenario.goals().build();
    assertThat(scenario.outcome("six===1.17.0")).isInstanceOf(Outcome.Mirrored.class);
    assertThat(scenario.outcome("pure===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(scenario.outcome("gone===3.0")).isInstanceOf(Outcome.Unsatisfiable.class);
    assertThat(failure("broken-one===1.0").failureClass()).isEqualTo(FailureClass.NO_COMPILER);
    assertThat(folder.resolve("workspace").resolve(failure("broken-two===2.0").log()))
        .isRegularFile();
    assertThat(scenario.lines.warnings())
        .contains(
            RecordedLines.WARNING
                + "2 of 5 pins could not be built for master (debian-12-x86_64, CPython 3.11).",
            RecordedLines.WARNING + "  Build what is left again with: mvn wheel-mirror:build");
    assertThat(MirrorScenario.threadsLeft()).isEmpty();
  }

  @Test
  void aForeignPlatformIsMirroredAndItsBuildsWait() {
    scenario.targets(
        List.of(TestTargets.cpython("cp311"), TestTargets.cpython("ubuntu-24.04-x86_64", "cp312")));
    scenario.builder(
        request ->
            request.target().id().slug().equals(TestTargets.SLUG)
                ? scenario.quickBuilder.build(request)
                : new BuildResult.Failed(
                    FailureClass.WAITING_FOR_AGENT, "this host is another", "go there", ""));
    scenario.index.wheel("six", "1.17.0", "py3-none-any").sdist("pure", "1.0");
    scenario.branch("master", "six===1.17.0", "pure===1.0");
    // DESIGN.md: what waits for an agent holds back its channel only
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> scenario.goals().deploy())
        .isInstanceOf(io.github.wheelmirror.MirrorException.class)
        .hasMessageContaining("ubuntu-24.04-x86_64");
    assertThat(scenario.outcome("six===1.17.0")).isInstanceOf(Outcome.Mirrored.class);
    assertThat(
            scenario.report().pins().stream()
                .flatMap(pin -> pin.states().stream())
                .map(state -> state.outcome().label()))
        .containsExactlyInAnyOrder("mirrored", "mirrored", "built", "failed");
    assertThat(scenario.served("mirror")).containsOnlyKeys("debian-12-x86_64");
  }

  @Test
  void aHashThatIsNotThePromisedOneIsToldApartFromANameWithHashInIt() {
    scenario.index.file(
        "xxhash", "xxhash-1.0-py3-none-any.whl", "no wheel".getBytes(StandardCharsets.UTF_8), "");
    scenario.index.wheel("six", "1.17.0", "py3-none-any");
    scenario.branch("master", "xxhash===1.0", "six===1.17.0");
    scenario.goals().plan();
    scenario.index.remove("xxhash");
    scenario.index.file("six", "six-1.17.0-py3-none-any.whl", new byte[] {1}, "");
    scenario.index.remove("six");
    scenario.index.file(
        "six", "six-1.17.0-py3-none-any.whl", TestWheelBytes.of("six", "1.17.0"), "");
    SessionMemo memo = new SessionMemo(new java.util.concurrent.ConcurrentHashMap<>());
    memo.add(scenario.workspace().resolution());
    memo.add(scenario.workspace().plan());
    scenario.goals(memo).build();
    assertThat(failure("xxhash===1.0").failureClass()).isEqualTo(FailureClass.DOWNLOAD);
    assertThat(failure("six===1.17.0").failureClass()).isEqualTo(FailureClass.WRONG_HASH);
  }

  @Test
  void aWheelThatLiesIsRefusedAndNothingOfItStays() throws IOException {
    byte[] liar = SyntheticFiles.wheel("six", "six", "9.9", "py3-none-any");
    scenario.index.file("six", "six-1.17.0-py3-none-any.whl", liar, "");
    scenario.branch("master", "six===1.17.0");
    scenario.goals().build();
    assertThat(failure("six===1.17.0").failureClass()).isEqualTo(FailureClass.BAD_WHEEL);
    assertThat(new Wheelhouse(wheelhouse()).all()).isEmpty();
    try (var files = Files.walk(wheelhouse())) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(file -> file.toString().endsWith(".lock"));
    }
  }

  @Test
  void aBuiltWheelOfAnotherVersionTextOrPythonIsAFailureOfThatPin() throws IOException {
    scenario.builder(
        request -> {
          String version = request.pin().name().toString().equals("odd") ? "1.0.0" : "1.0";
          Path wheel =
              TestWheel.of(request.pin().name().toString(), version)
                  .buildTag(request.buildTag())
                  .tag(version.equals("1.0") ? "cp39-cp39-linux_x86_64" : "py3-none-any")
                  .write(request.outputDirectory());
          return new BuildResult.Built(wheel, Duration.ZERO, false, RequirementsUsed.NOTHING);
        });
    scenario.index.sdist("odd", "1.0").sdist("old", "1.0");
    scenario.branch("master", "odd===1.0", "old===1.0");
    scenario.goals().build();
    assertThat(failure("odd===1.0").why()).contains("odd-1.0.0-1-py3-none-any.whl");
    assertThat(failure("old===1.0").why()).contains("does not take");
    assertThat(failure("old===1.0").failureClass()).isEqualTo(FailureClass.BAD_WHEEL);
    assertThat(new Wheelhouse(wheelhouse()).all()).isEmpty();
  }

  @Test
  void anExceptionOfTheBuilderIsOnePinsFailure() {
    scenario.builder(
        request -> {
          if (request.pin().name().toString().equals("bad")) {
            throw MirrorException.machinery(
                "the disk is full",
                "no room",
                "make room",
                new IOException("No space left on device"));
          }
          return scenario.quickBuilder.build(request);
        });
    scenario.index.sdist("bad", "1.0").sdist("pure", "1.0");
    scenario.branch("master", "bad===1.0", "pure===1.0");
    scenario.goals().build();
    assertThat(failure("bad===1.0").failureClass()).isEqualTo(FailureClass.DISK_FULL);
    assertThat(scenario.outcome("pure===1.0")).isInstanceOf(Outcome.Built.class);
  }

  @Test
  void aWheelhouseThatCannotBeWrittenIsToldForEachPin() throws IOException {
    scenario.index.wheel("six", "1.17.0", "py3-none-any").sdist("pure", "1.0");
    scenario.branch("master", "six===1.17.0", "pure===1.0");
    Files.createDirectories(wheelhouse());
    Files.createFile(wheelhouse().resolve("pool"));
    scenario.goals().build();
    assertThat(failure("six===1.17.0").failureClass()).isEqualTo(FailureClass.DISK_FULL);
    assertThat(failure("pure===1.0").failureClass()).isEqualTo(FailureClass.DISK_FULL);
    assertThat(failure("pure===1.0").why()).contains("cannot be put into the wheelhouse");
    Files.delete(wheelhouse().resolve("pool"));
    scenario.goals().build();
    assertThat(scenario.outcome("pure===1.0")).isInstanceOf(Outcome.Built.class);
  }

  @Test
  void whatIsInTheWheelhouseIsNotFetchedOrBuiltAgainInAnotherWorkspace() {
    scenario.index.wheel("six", "1.17.0", "py3-none-any").sdist("pure", "1.0");
    scenario.branch("master", "six===1.17.0", "pure===1.0");
    scenario.goals().build();
    scenario.workspace = "another";
    scenario.index.forgetRequests();
    scenario.quickBuilder.requests.clear();
    scenario.goals().build();
    assertThat(scenario.quickBuilder.builds()).isEmpty();
    assertThat(scenario.index.requests())
        .containsExactlyInAnyOrder("GET /simple/six/", "GET /simple/pure/");
    assertThat(scenario.lines.all()).contains("  1 of 1 wheels are in the wheelhouse already");
  }

  @Test
  void aWheelThatARunBuiltBeforeItCouldReportIsTaken() throws IOException {
    scenario.index.sdist("pure", "1.0");
    scenario.branch("master", "pure===1.0");
    scenario.goals().plan();
    byte[] plan = Files.readAllBytes(scenario.workspace().plan());
    scenario.goals().build();
    // killed before the report was written
    Files.delete(scenario.workspace().buildReport());
    Files.write(scenario.workspace().plan(), plan);
    scenario.quickBuilder.requests.clear();
    SessionMemo memo = new SessionMemo(new java.util.concurrent.ConcurrentHashMap<>());
    memo.add(scenario.workspace().resolution());
    memo.add(scenario.workspace().plan());
    scenario.goals(memo).build();
    assertThat(scenario.quickBuilder.builds()).isEmpty();
    assertThat(scenario.outcome("pure===1.0")).isInstanceOf(Outcome.Built.class);
  }

  @Test
  void aWheelKilledBetweenItsNoteAndItsFileIsBuiltUnderTheSameName() throws IOException {
    scenario.index.sdist("pure", "1.0");
    scenario.branch("master", "pure===1.0");
    scenario.goals().build();
    Outcome first = scenario.outcome("pure===1.0");
    Folders.remove(wheelhouse().resolve("pool"));
    Folders.remove(wheelhouse().resolve("files"));
    scenario.goals().build();
    assertThat(scenario.outcome("pure===1.0")).isEqualTo(first);
  }

  @Test
  void aFileWithoutHashIsTakenOnlyFromATrustedIndexAndKeptAsItFirstCame() throws IOException {
    String filename = "six-1.17.0-py3-none-any.whl";
    byte[] wheel = SyntheticFiles.wheel("six", "six", "1.17.0", "py3-none-any");
    scenario.branch("master", "six===1.17.0");
    try (UnhashedIndex index = new UnhashedIndex("six", filename, wheel)) {
      scenario.indexUrl = index.url();
      scenario.goals().build();
      assertThat(scenario.outcome("six===1.17.0")).isInstanceOf(Outcome.Unsatisfiable.class);
      scenario.trustUnhashed = true;
      scenario.goals().build();
      Outcome first = scenario.outcome("six===1.17.0");
      assertThat(first).isInstanceOf(Outcome.Mirrored.class);
      index.replace(TestWheelBytes.of("six", "1.17.0"));
      scenario.workspace = "another";
      scenario.goals().build();
      assertThat(scenario.outcome("six===1.17.0")).isEqualTo(first);
      assertThat(index.requests()).containsExactly("/simple/six/");
    }
  }

  @Test
  void whatAKilledRunLeftInTheWorkFolderIsCleared() throws IOException {
    scenario.index.sdist("pure", "1.0");
    scenario.branch("master", "pure===1.0");
    Path junk =
        Files.createDirectories(scenario.workspace().work().resolve("old-1.0-cp311/source"));
    Files.writeString(junk.resolve("setup.py"), "");
    scenario.goals().build();
    assertThat(scenario.workspace().work()).doesNotExist();
  }

  @Test
  void anInterruptEndsTheRunAndIsNoPinsFailure() throws Exception {
    CountDownLatch building = new CountDownLatch(1);
    scenario.builder(
        request -> {
          building.countDown();
          try {
            new CountDownLatch(1).await();
            throw new AssertionError();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MirrorException.machinery("interrupted", "asked to end", "run again", e);
          }
        });
    scenario.index.sdist("pure", "1.0");
    scenario.branch("master", "pure===1.0");
    scenario.goals().plan();
    Thread run = Thread.currentThread();
    Thread killer =
        new Thread(
            () -> {
              try {
                building.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              run.interrupt();
            });
    killer.start();
    assertThatThrownBy(() -> scenario.goals().build())
        .hasMessageContaining("the run was interrupted");
    assertThat(Thread.interrupted()).isTrue();
    killer.join();
    assertThat(scenario.workspace().buildReport()).doesNotExist();
    assertThat(MirrorScenario.threadsLeft()).isEmpty();
  }

  @Test
  void stageFilesSayWhatEachIs() {
    scenario.index.wheel("six", "1.17.0", "py3-none-any");
    scenario.branch("master", "six===1.17.0");
    scenario.goals().build();
    Map<String, String> files = MirrorScenario.state(folder.resolve("workspace"));
    assertThat(files.keySet())
        .contains(
            "resolution.json",
            "plan.json",
            "build-report.json",
            "target-debian-12-x86_64-cp311.json",
            "target-debian-12-x86_64-cp312.json");
    assertThat(TargetFile.read(folder.resolve("workspace/target-debian-12-x86_64-cp311.json")))
        .isEqualTo(TestTargets.cpython("cp311"));
  }
}
