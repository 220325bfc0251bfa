package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.CompiledUpstream;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.MissingFiles;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.Rebuilt;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.tree.TestWheel;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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
                + "2 of 5 pins could not be built for master (debian-12-x86_64, CPython 3.11, 3.12).",
            RecordedLines.WARNING + "  Build what is left again with: mvn wheel-mirror:build");
    assertThat(MirrorScenario.threadsLeft()).isEmpty();
  }

  @Test
  void aBuildThatFailedForAReasonThatLastsIsNotTriedAgain() {
    scenario.index.sdist("broken-one", "1.0").sdist("pure", "1.0");
    scenario.branch("master", "broken-one===1.0", "pure===1.0");
    scenario.goals().build();
    scenario.goals().build();
    Map<String, String> workspace = MirrorScenario.state(folder.resolve("workspace"));
    Map<String, String> wheelhouse = MirrorScenario.state(folder.resolve("cache/wheelhouse"));
    scenario.quickBuilder.requests.clear();
    scenario.lines.clear();

    scenario.goals().build();

    assertThat(scenario.quickBuilder.requests).isEmpty();
    assertThat(MirrorScenario.state(folder.resolve("workspace"))).isEqualTo(workspace);
    assertThat(MirrorScenario.state(folder.resolve("cache/wheelhouse"))).isEqualTo(wheelhouse);
    assertThat(scenario.lines.all()).anyMatch(line -> line.contains("would fail again"));
    assertThat(scenario.lines.warnings()).anyMatch(line -> line.contains("broken-one 1.0"));

    scenario.retryFailed = true;
    scenario.goals().build();
    assertThat(scenario.quickBuilder.builds())
        .containsExactly("broken-one===1.0 cp311", "broken-one===1.0 cp312");
  }

  @Test
  void aFailureIsRememberedByOtherProjectsAndForgottenWhenTheHostChanges() {
    String[] host = {"as it was"};
    scenario.on(() -> host[0]);
    scenario.index.sdist("broken-one", "1.0");
    scenario.branch("master", "broken-one===1.0");
    scenario.goals().build();
    scenario.quickBuilder.requests.clear();
    scenario.workspace = "another";

    scenario.goals().build();
    assertThat(scenario.quickBuilder.requests).isEmpty();
    assertThat(scenario.folder.resolve("another").resolve(failure("broken-one===1.0").log()))
        .isRegularFile();

    host[0] = "with a compiler";
    scenario.goals().build();
    assertThat(scenario.quickBuilder.builds())
        .containsExactly("broken-one===1.0 cp311", "broken-one===1.0 cp312");
  }

  @Test
  void aBuildThatIsShortOfMemoryIsDoneAgainWithAllOfIt() {
    List<Long> shares = new java.util.concurrent.CopyOnWriteArrayList<>();
    scenario.builder(
        request -> {
          shares.add(request.memoryBytes());
          return request.memoryBytes() < 1L << 40
              ? new BuildResult.Failed(
                  new Diagnosis(FailureClass.OUT_OF_MEMORY, "too little", "why", "fix"), "")
              : scenario.quickBuilder.build(request);
        });
    scenario.index.sdist("pure", "1.0");
    scenario.branch("master", "pure===1.0");

    scenario.goals().build();

    assertThat(scenario.outcome("pure===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(shares).containsExactly(1L << 39, 1L << 40);
  }

  @Test
  void buildsThatTookLongestBeginFirst() {
    for (String name : List.of("slow", "quick", "unknown")) {
      scenario.index.sdist(name, "1.0");
    }
    scenario.branch("master", "quick===1.0", "slow===1.0", "unknown===1.0");
    var history = scenario.outside().experience().history();
    for (Target target : List.of(TestTargets.cpython("cp311"), TestTargets.cpython("cp312"))) {
      history.remember(ProjectName.parse("slow"), target.id(), new BuildCost(90, 0));
      history.remember(ProjectName.parse("quick"), target.id(), new BuildCost(0.1, 0));
    }
    List<String> order = new java.util.concurrent.CopyOnWriteArrayList<>();
    scenario.builds = 1;
    scenario.builder(
        request -> {
          order.add(request.pin().name().toString());
          return scenario.quickBuilder.build(request);
        });

    scenario.goals().build();

    assertThat(order).containsExactly("slow", "unknown", "quick");
    assertThat(scenario.lines.all())
        .contains("  the builds take about 3 min, 1 of them for the first time");
  }

  @Test
  @Timeout(60)
  void sdistsAreFetchedWhileOthersAreBuiltAndEachOnce() {
    List<String> names = List.of("one", "two", "three");
    for (String name : names) {
      scenario.index.sdist(name, "1.0");
    }
    scenario.branch("master", "one===1.0", "two===1.0", "three===1.0");
    scenario.builds = 1;
    scenario.builder(
        request -> {
          // the first build ends when all sdists are there
          while (sdistRequests() < names.size()) {
            Thread.onSpinWait();
          }
          return scenario.quickBuilder.build(request);
        });
    scenario.goals().build();
    for (String name : names) {
      assertThat(scenario.outcome(name + "===1.0")).isInstanceOf(Outcome.Built.class);
    }
    assertThat(sdistRequests()).isEqualTo(names.size());
  }

  private long sdistRequests() {
    return scenario.index.requests().stream().filter(path -> path.endsWith(".tar.gz")).count();
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
                    new Diagnosis(
                        FailureClass.WAITING_FOR_AGENT, "this host is another", "so it is", "go"),
                    ""));
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

  /** Builds for Debian's Pythons from 3.9 on, if they are not named. */
  private static final class Picky implements WheelBuilder {
    private final QuickBuilder quick;
    private final Set<String> refused;

    Picky(QuickBuilder quick, String... refused) {
      this.quick = quick;
      this.refused = Set.of(refused);
    }

    @Override
    public BuildResult build(BuildRequest request) {
      assertThat(refusal(request.target())).isEmpty();
      return quick.build(request);
    }

    @Override
    public Optional<Diagnosis> refusal(Target target) {
      return Optional.of(
              new Diagnosis(FailureClass.WAITING_FOR_AGENT, "not " + target.id(), "why", "fix"))
          .filter(
              no ->
                  !target.id().slug().equals(TestTargets.SLUG)
                      || refused.contains(target.id().python()));
    }
  }

  @Test
  void anSdistThatThisHostCannotBuildIsNotDownloaded() {
    scenario.targets(
        List.of(TestTargets.cpython("cp311"), TestTargets.cpython("ubuntu-24.04-x86_64", "cp312")));
    scenario.builder(new Picky(scenario.quickBuilder, "cp311"));
    scenario.index.sdist("pure", "1.0");
    scenario.branch("master", "pure===1.0");
    scenario.goals().build();
    assertThat(scenario.index.requests()).containsExactly("GET /simple/pure/");
    assertThat(scenario.folder.resolve("cache/sdists"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEmptyDirectory());
    assertThat(
            scenario.report().pins().get(0).states().stream()
                .map(state -> ((Outcome.Failed) state.outcome()).symptom()))
        .containsExactlyInAnyOrder("not debian-12-x86_64/cp311", "not ubuntu-24.04-x86_64/cp312");
  }

  @Test
  void aTargetThatThisHostCannotBuildForIsServedByAnothersWheel() {
    scenario.builder(new Picky(scenario.quickBuilder, "cp311"));
    scenario.index.sdist("pure", "1.0").sdist("compiled", "1.0");
    scenario.branch("master", "pure===1.0", "compiled===1.0");
    scenario.goals().build();
    assertThat(scenario.outcome("pure===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(
            scenario.report().pins().stream()
                .filter(pin -> pin.pin().name().toString().equals("compiled"))
                .flatMap(pin -> pin.states().stream())
                .map(state -> state.target().python() + " " + state.outcome().label()))
        .containsExactly("cp311 failed", "cp312 built");
    assertThat(scenario.quickBuilder.builds())
        .containsExactly("compiled===1.0 cp312", "pure===1.0 cp312");
  }

  @Test
  void aWheelInTheWheelhouseServesATargetThatThisHostCannotBuildFor() {
    scenario.index.sdist("compiled", "1.0");
    scenario.branch("master", "compiled===1.0");
    scenario.goals().plan();
    SessionMemo planned = new SessionMemo(new java.util.concurrent.ConcurrentHashMap<>());
    planned.add(scenario.workspace().resolution());
    planned.add(scenario.workspace().plan());
    scenario.goals(planned).build();
    Outcome built = scenario.report().pins().get(0).states().get(0).outcome();
    // the report is lost, and the plan goes to a host of another platform that has the wheelhouse
    assertThat(scenario.workspace().buildReport().toFile().delete()).isTrue();
    scenario.builder(new Picky(scenario.quickBuilder, "cp311", "cp312"));
    SessionMemo again = new SessionMemo(new java.util.concurrent.ConcurrentHashMap<>());
    again.add(scenario.workspace().resolution());
    again.add(scenario.workspace().plan());
    scenario.goals(again).build();
    assertThat(scenario.report().pins().get(0).states().get(0).outcome()).isEqualTo(built);
    assertThat(scenario.outcome("compiled===1.0")).isInstanceOf(Outcome.Built.class);
  }

  @Test
  void anSdistThatCannotBeFetchedIsTriedOnceForAllTargets() {
    scenario.index.sdist("compiled", "1.0");
    scenario.index.answers("/files/compiled/compiled-1.0.tar.gz", 404, "text/html", "no");
    scenario.branch("master", "compiled===1.0");
    scenario.goals().build();
    assertThat(failure("compiled===1.0").failureClass()).isEqualTo(FailureClass.DOWNLOAD);
    assertThat(scenario.index.requests())
        .filteredOn(request -> request.contains("/files/"))
        .hasSize(1);
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
    assertThat(failure("six===1.17.0").failureClass()).isEqualTo(FailureClass.REFUSED_WHEEL);
    assertThat(scenario.lines.warnings())
        .anyMatch(line -> line.contains("1 of 1 pins were refused for master"));
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
          return new BuildResult.Built(
              wheel, new BuildCost(0, 0), false, List.of(), RequirementsUsed.NOTHING);
        });
    scenario.index.sdist("odd", "1.0").sdist("old", "1.0");
    scenario.branch("master", "odd===1.0", "old===1.0");
    scenario.goals().build();
    assertThat(failure("odd===1.0").symptom()).contains("odd-1.0.0-1-py3-none-any.whl");
    assertThat(failure("old===1.0").symptom()).contains("does not take");
    assertThat(failure("old===1.0").failureClass()).isEqualTo(FailureClass.BAD_WHEEL);
    assertThat(new Wheelhouse(wheelhouse()).all()).isEmpty();
  }

  @Test
  void aWheelWithoutTheExtensionThatUpstreamsHaveIsAFailure() {
    scenario
        .index
        .sdist("zope-interface", "4.1.3")
        .wheel("zope-interface", "4.1.3", "cp27-none-win32")
        .sdist("watchdog", "3.0")
        .wheel("watchdog", "3.0", "cp311-cp311-macosx_11_0_arm64")
        .wheel("watchdog", "3.0", "py3-none-manylinux2014_s390x")
        .sdist("both", "1.0")
        .wheel("both", "1.0", "cp27-none-win32")
        .wheel("both", "1.0", "py2-none-any");
    scenario.branch("master", "zope-interface===4.1.3", "watchdog===3.0", "both===1.0");

    scenario.goals().build();

    assertThat(failure("zope-interface===4.1.3").failureClass()).isEqualTo(FailureClass.BAD_WHEEL);
    assertThat(failure("zope-interface===4.1.3").symptom())
        .contains("zope_interface-4.1.3-1-py3-none-any.whl", "without its extension");
    assertThat(failure("zope-interface===4.1.3").why()).contains("left out without a failure");
    assertThat(scenario.outcome("watchdog===3.0")).isInstanceOf(Outcome.Built.class);
    assertThat(scenario.outcome("both===1.0")).isInstanceOf(Outcome.Built.class);
  }

  @Test
  void aPureWheelRemembersThatUpstreamHasCompiledOnesToo() {
    scenario
        .index
        .sdist("both", "1.0")
        .wheel("both", "1.0", "cp39-cp39-manylinux2014_x86_64")
        .wheel("both", "1.0", "py2-none-any")
        .sdist("alone", "1.0");
    scenario.branch("master", "both===1.0", "alone===1.0");

    scenario.goals().build();

    assertThat(new Wheelhouse(wheelhouse()).all())
        .extracting(wheel -> ((Origin.Built) wheel.origin()).upstream())
        .containsExactly(CompiledUpstream.NONE, CompiledUpstream.SOME);
  }

  private List<MissingFiles> missing(String filename) {
    return new Wheelhouse(wheelhouse())
        .all().stream()
            .filter(wheel -> wheel.filename().equals(filename))
            .map(wheel -> ((Origin.Built) wheel.origin()).missing())
            .findFirst()
            .orElseThrow();
  }

  /** Of upstream's, with a module that the quick builder's has not. */
  private void upstreamHasMore() throws IOException {
    TestWheel wheel =
        TestWheel.of("compiled", "1.0").tag("cp310-cp310-win_amd64").file("compiled/more.py", "");
    scenario
        .index
        .sdist("compiled", "1.0")
        .file("compiled", wheel.filename(), Files.readAllBytes(wheel.write(folder)), "");
    scenario.branch("master", "compiled===1.0");
  }

  @Test
  void whatABuiltWheelLacksOfUpstreamsIsRememberedAndAskedForOnce() throws IOException {
    upstreamHasMore();

    scenario.goals().build();

    MissingFiles lacks =
        new MissingFiles(
            "compiled-1.0-cp310-cp310-win_amd64.whl", 1, 0, 0, List.of("compiled.more"));
    for (String python : List.of("cp311", "cp312")) {
      assertThat(missing("compiled-1.0-1-" + python + "-" + python + "-linux_x86_64.whl"))
          .containsExactly(lacks);
    }
    assertThat(scenario.index.requests())
        .filteredOn(request -> request.endsWith("win_amd64.whl"))
        .hasSize(1);
  }

  @Test
  void aBuildWhoseWheelCannotBeComparedIsNoFailure() throws IOException {
    upstreamHasMore();
    scenario.index.withoutRanges();
    scenario.goals().build();
    assertThat(scenario.outcome("compiled===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(missing("compiled-1.0-1-cp311-cp311-linux_x86_64.whl")).isEmpty();
  }

  @Test
  void aReferenceThatIsGoneOrNoWheelIsNoFailure() {
    scenario
        .index
        .sdist("compiled", "1.0")
        .file("compiled", "compiled-1.0-cp310-cp310-win32.whl", new byte[200_000], "")
        .sdist("compiled-too", "1.0")
        .wheel("compiled-too", "1.0", "cp310-cp310-win32");
    scenario.index.answers(
        "/files/compiled-too/compiled_too-1.0-cp310-cp310-win32.whl", 404, "text/html", "no");
    scenario.branch("master", "compiled===1.0", "compiled-too===1.0");
    scenario.goals().build();
    assertThat(scenario.outcome("compiled===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(scenario.outcome("compiled-too===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(missing("compiled-1.0-1-cp311-cp311-linux_x86_64.whl")).isEmpty();
    assertThat(missing("compiled_too-1.0-1-cp311-cp311-linux_x86_64.whl")).isEmpty();
  }

  @Test
  void whatTheBuildRememberedIsToldByVerifyWhichAsksNothing() throws IOException {
    upstreamHasMore();
    scenario.lifecycle();
    assertThat(scenario.lines.warnings())
        .anyMatch(
            line ->
                line.contains("it lacks 1 Python module of upstream's")
                    && line.contains("'compiled.more'"));
    Map<String, String> workspace = MirrorScenario.state(folder.resolve("workspace"));
    Map<String, String> house = MirrorScenario.state(wheelhouse());
    scenario.index.forgetRequests();

    scenario.lifecycle();

    assertThat(scenario.index.requests()).noneMatch(request -> request.contains("/files/"));
    assertThat(MirrorScenario.state(folder.resolve("workspace"))).isEqualTo(workspace);
    assertThat(MirrorScenario.state(wheelhouse())).isEqualTo(house);
  }

  @Test
  void aSampleIsBuiltTwiceAndWhatDiffersIsTold() throws IOException {
    scenario.checkReproducible = 3;
    List<BuildRequest> again = new CopyOnWriteArrayList<>();
    scenario.builder(
        request -> {
          if (request.fresh()) {
            again.add(request);
          }
          String name = request.pin().name().toString();
          if (request.fresh() && name.equals("fails")) {
            return scenario.quickBuilder.build(request("broken", request));
          }
          TestWheel wheel = TestWheel.of(name, "1.0").buildTag(request.buildTag());
          if (name.equals("differs")) {
            wheel.file("differs/made.py", "where = '" + request.workDirectory() + "'\n");
          }
          return new BuildResult.Built(
              wheel.write(request.outputDirectory()),
              new BuildCost(0, 0),
              true,
              List.of(),
              RequirementsUsed.NOTHING);
        });
    scenario.index.sdist("differs", "1.0").sdist("same", "1.0").sdist("fails", "1.0");
    scenario.branch("master", "differs===1.0", "same===1.0", "fails===1.0");

    scenario.goals().build();

    List<Rebuilt> rebuilt =
        scenario
            .workspace()
            .read(scenario.workspace().buildReport(), BuildReport.class)
            .orElseThrow()
            .value()
            .rebuilt();
    assertThat(rebuilt).extracting(Rebuilt::identical).containsExactly(false, false, true);
    assertThat(rebuilt.get(0).differences())
        .containsExactly("differs-1.0.dist-info/RECORD", "differs/made.py");
    assertThat(rebuilt.get(1).differences()).containsExactly("(could not be built again: no gcc)");
    assertThat(again)
        .hasSize(3)
        .allMatch(one -> one.workDirectory().equals(scenario.workspace().work().resolve("again")));
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("1 of 3 wheels that were built twice are the same"))
        .anyMatch(line -> line.contains("differs-1.0-1-py3-none-any.whl differs: "));
    assertThat(scenario.outcome("fails===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(scenario.workspace().work()).doesNotExist();
  }

  private static BuildRequest request(String name, BuildRequest like) {
    return new BuildRequest(
        Pin.parse(name + "===1.0"),
        like.sdist(),
        like.target(),
        like.buildConstraints(),
        like.locks(),
        like.buildTag(),
        like.sourceDateEpoch(),
        like.workDirectory(),
        like.outputDirectory(),
        like.log(),
        like.memoryBytes(),
        like.processors(),
        like.fresh());
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
    assertThat(failure("pure===1.0").symptom()).contains("cannot be put into the wheelhouse");
    assertThat(Files.readString(scenario.workspace().buildReport()))
        .contains("<cache>/wheelhouse")
        .doesNotContain(folder.toString());
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
    leaveJunk();
    scenario.goals().build();
    assertThat(scenario.workspace().work()).doesNotExist();
    leaveJunk();
    scenario.goals().build();
    assertThat(scenario.workspace().work()).as("with nothing to do").doesNotExist();
  }

  private void leaveJunk() throws IOException {
    // whoever works there has the lock, whose file stays
    AtomicFile.write(scenario.workspace().lock(), new byte[0]);
    Path junk =
        Files.createDirectories(scenario.workspace().work().resolve("old-1.0-cp311/source"));
    Files.writeString(junk.resolve("setup.py"), "");
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
