package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Writer;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.Shard;
import io.github.wheelmirror.build.ShardReport;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.tree.TestWheel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GatherShardsTest {

  private static final String ARM = "ubuntu-24.04-aarch64";

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void branchOfAllKinds() {
    scenario = MirrorScenario.quick(folder);
    scenario
        .index
        .wheel("six", "1.17.0", "py3-none-any")
        .wheel("idna", "3.1", "py3-none-any")
        .sdist("pure", "1.0")
        .sdist("second", "1.0")
        .sdist("compiled", "2.0")
        .sdist("broken", "1.0");
    scenario.branch(
        "master",
        "six===1.17.0",
        "idna===3.1",
        "pure===1.0",
        "second===1.0",
        "compiled===2.0",
        "broken===1.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private Path plan() {
    return folder.resolve("workspace/plan.json");
  }

  private Path shards() {
    return folder.resolve("shards");
  }

  private HandOverPlace place() {
    return new HandOverPlace(shards());
  }

  /** Does a part on a host of its own: other workspace, other cache. */
  private void shard(int index, int count) {
    shard("", index, count);
  }

  private void shard(String host, int index, int count) {
    scenario.workspace = "workspace-" + host + index;
    scenario.cache = "cache-" + host + index;
    try {
      scenario.goals().buildShard(plan(), new Shard(index, count), place());
    } finally {
      here();
    }
  }

  private void here() {
    scenario.workspace = "workspace";
    scenario.cache = "cache";
  }

  private void gather() {
    scenario.goals().gather(plan(), place(), true);
  }

  private List<Path> handedOver() {
    try (Stream<Path> all = Files.list(shards())) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path handedOver(String prefix) {
    return handedOver().stream()
        .filter(each -> each.getFileName().toString().contains("-" + prefix + "-"))
        .findFirst()
        .orElseThrow();
  }

  /** The shards' folder that has a wheel of the project. */
  private Path having(String project) throws IOException {
    for (Path each : handedOver()) {
      try (Stream<Path> files = Files.walk(each)) {
        if (files.anyMatch(file -> file.getFileName().toString().startsWith(project))) {
          return each;
        }
      }
    }
    throw new AssertionError("no shard has " + project);
  }

  private static Path wheel(Path handedOver, String project) throws IOException {
    try (Stream<Path> files = Files.walk(handedOver)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(project + "-"))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElseThrow();
    }
  }

  private Outcome.Failed failure(String pin) {
    return (Outcome.Failed) scenario.outcome(pin);
  }

  private List<String> states() {
    List<String> states = new ArrayList<>();
    scenario
        .report()
        .pins()
        .forEach(
            pin ->
                pin.states()
                    .forEach(state -> states.add(pin.pin() + " " + Json.line(state.outcome()))));
    return states;
  }

  @Test
  void threeHostsTogetherMakeTheReportThatOneMakes() throws IOException {
    scenario.goals().plan();
    scenario.workspace = "alone";
    scenario.cache = "cache-alone";
    scenario.goals().build(plan());
    byte[] alone = Files.readAllBytes(folder.resolve("alone/build-report.json"));
    List<String> builds = scenario.quickBuilder.builds();
    here();
    scenario.quickBuilder.requests.clear();
    scenario.index.forgetRequests();

    for (int index = 1; index <= 3; index++) {
      shard(index, 3);
    }
    assertThat(scenario.quickBuilder.builds()).isEqualTo(builds);
    assertThat(scenario.index.requests())
        .as("files alone, each once")
        .doesNotHaveDuplicates()
        .noneMatch(request -> request.endsWith("/"));
    scenario.index.forgetRequests();
    scenario.quickBuilder.requests.clear();

    gather();

    assertThat(folder.resolve("workspace/build-report.json")).hasBinaryContent(alone);
    assertThat(scenario.quickBuilder.requests).isEmpty();
    assertThat(scenario.index.requests()).isEmpty();
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.startsWith("  wheels: 4 built, 2 downloaded, 0 there before"));
    assertThat(folder.resolve("workspace").resolve(failure("broken===1.0").log()))
        .content()
        .contains("building broken===1.0");
    scenario.goals().verify();
    scenario.goals().deploy();
    assertThat(scenario.served("mirror")).containsOnlyKeys(TestTargets.SLUG);
  }

  @Test
  void gatheringAgainWritesNothing() {
    scenario.goals().plan();
    shard(1, 2);
    shard(2, 2);
    gather();
    Map<String, String> workspace = MirrorScenario.state(folder.resolve("workspace"));
    Map<String, String> wheelhouse = MirrorScenario.state(folder.resolve("cache/wheelhouse"));

    gather();

    workspace.remove(".lock");
    Map<String, String> after = MirrorScenario.state(folder.resolve("workspace"));
    after.remove(".lock");
    assertThat(after).isEqualTo(workspace);
    assertThat(MirrorScenario.state(folder.resolve("cache/wheelhouse"))).isEqualTo(wheelhouse);
  }

  @Test
  void aLostShardCostsItsPinsAndIsNamedAndMayComeLater() throws IOException {
    scenario.goals().plan();
    for (int index = 1; index <= 3; index++) {
      shard(index, 3);
    }
    gather();
    List<String> whole = states();
    Path compiled = having("compiled");
    String number = compiled.getFileName().toString().replaceFirst(".*-(\\d+)-of-3-.*", "$1");
    folder.resolve("late").toFile().mkdir();
    Files.move(compiled, folder.resolve("late").resolve(compiled.getFileName()));
    scenario.workspace = "second";
    scenario.cache = "cache-second";
    scenario.lines.clear();

    scenario.goals().gather(plan(), place(), true);

    Outcome.Failed lost = failure("compiled===2.0");
    assertThat(lost.failureClass()).isEqualTo(FailureClass.LOST_SHARD);
    assertThat(lost.symptom()).contains("shard " + number + "/3 of debian-12-x86_64");
    assertThat(lost.fix()).contains("run shard " + number + "/3 again");
    assertThat(scenario.outcome("broken===1.0")).isInstanceOf(Outcome.Failed.class);
    assertThatThrownBy(() -> scenario.goals().gather(plan(), place(), false))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("shard " + number + "/3 of debian-12-x86_64 is lost")
        .extracting(e -> ((MirrorException) e).fix())
        .asString()
        .contains("-Dwheel-mirror.build.shard=" + number + "/3");
    assertThat(failure("compiled===2.0")).as("the report is written").isEqualTo(lost);

    Files.move(folder.resolve("late").resolve(compiled.getFileName()), compiled);
    scenario.goals().gather(plan(), place(), false);
    assertThat(states()).isEqualTo(whole);
  }

  @Test
  void whatIsInTheWheelhouseIsNotLostWithAShard() throws IOException {
    scenario.goals().plan();
    shard(1, 3);
    shard(2, 3);
    shard(3, 3);
    gather();
    List<String> whole = states();
    Path with = having("six");
    Files.move(with, folder.resolve("lost"));
    gather();
    assertThat(states())
        .filteredOn(state -> state.startsWith("six"))
        .isNotEmpty()
        .isEqualTo(whole.stream().filter(state -> state.startsWith("six")).toList());
  }

  @Test
  void aShardThatRanAgainOnTheSameHostIsTheSameOne() {
    scenario.goals().plan();
    shard(1, 2);
    shard(2, 2);
    Map<String, String> before = MirrorScenario.state(shards());
    shard(1, 2);
    Map<String, String> after = MirrorScenario.state(shards());
    before.remove("");
    after.remove("");
    assertThat(after).isEqualTo(before);
  }

  /** As the quick one, but each of its wheels differs from all others. */
  private WheelBuilder neverTheSame() {
    return new WheelBuilder() {
      private int number;

      @Override
      public BuildResult build(BuildRequest request) {
        if (scenario.quickBuilder.build(request) instanceof BuildResult.Built built) {
          TestWheel wheel =
              TestWheel.of(request.pin().name().toString(), request.pin().version().toString())
                  .buildTag(request.buildTag())
                  .tag(
                      request.pin().name().toString().startsWith("compiled")
                          ? request.target().id().python()
                              + "-"
                              + request.target().id().python()
                              + "-linux_x86_64"
                          : "py3-none-any")
                  .file("number-" + ++number, "x");
          wheel.write(request.outputDirectory());
          return built;
        }
        return scenario.quickBuilder.build(request);
      }
    };
  }

  @Test
  void ofTwoHostsThatDidTheSamePartOneCountsAndItStaysThatOne() {
    scenario.builder(neverTheSame());
    scenario.goals().plan();
    shard(1, 2);
    shard(2, 2);
    shard("again-", 1, 2);
    shard("again-", 2, 2);
    assertThat(handedOver()).hasSize(4);
    gather();
    List<String> first = states();
    assertThat(first).filteredOn(state -> state.contains("failed")).hasSize(2);

    shard("third-", 1, 2);
    shard("third-", 2, 2);
    assertThat(handedOver()).hasSize(6);
    gather();
    assertThat(states()).as("file names are used once").isEqualTo(first);
  }

  @Test
  void aDamagedWheelIsNotTakenAndTheSameFromAnotherHostIs() throws IOException {
    scenario.goals().plan();
    shard(1, 2);
    shard(2, 2);
    Path compiled = having("compiled");
    Path copy = folder.resolve("copy");
    copy(compiled, copy);
    Path wheel = wheel(compiled, "compiled");
    Files.write(wheel, new byte[] {'P', 'K', 0, 0});

    gather();
    Outcome.Failed lost = failure("compiled===2.0");
    assertThat(lost.failureClass()).isEqualTo(FailureClass.LOST_SHARD);
    assertThat(lost.symptom()).contains("handed over compiled-2.0").contains("damaged");

    copy(copy, shards().resolve("zz-copy"));
    gather();
    assertThat(scenario.outcome("compiled===2.0")).isInstanceOf(Outcome.Built.class);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void aWheelThatIsAnotherThanItsReportSaysIsNotTaken() throws IOException {
    scenario.goals().plan();
    shard(1, 1);
    Path one = handedOver("1-of-1");
    Path pure = wheel(one, "pure");
    Files.delete(pure);
    Files.copy(wheel(one, "second"), pure);
    gather();
    assertThat(failure("pure===1.0").failureClass()).isEqualTo(FailureClass.LOST_SHARD);
    assertThat(scenario.outcome("second===1.0")).isInstanceOf(Outcome.Built.class);
  }

  @Test
  void whatIsNotWholeIsLeftOutAndTold() throws IOException {
    scenario.goals().plan();
    shard(1, 2);
    shard(2, 2);
    Path report = handedOver("2-of-2").resolve("build-report-2-of-2.json");
    Files.writeString(report, Files.readString(report).substring(0, 200));
    Files.createDirectories(shards().resolve("empty"));
    Files.createDirectories(shards().resolve(".hidden"));
    gather();
    assertThat(scenario.lines.warnings())
        .anyMatch(line -> line.contains("2-of-2") && line.contains("is left out"))
        .anyMatch(line -> line.contains("empty has no build-report"))
        .noneMatch(line -> line.contains(".hidden"));
    assertThat(states()).anyMatch(state -> state.contains("lost-shard"));
  }

  @Test
  void nothingHandedOverIsRefused() {
    scenario.goals().plan();
    assertThatThrownBy(this::gather)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("no shard has handed over anything")
        .hasMessageContaining("there is no such folder");
    assertThat(folder.resolve("workspace/build-report.json")).doesNotExist();
  }

  @Test
  void shardsOfAnotherPlanAreRefused() {
    scenario.goals().plan();
    shard(1, 1);
    scenario.index.sdist("newer", "1.0");
    scenario.branch("master", "newer===1.0");
    scenario.goals().plan();
    assertThatThrownBy(this::gather)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("all 1 shards in ")
        .hasMessageContaining("of another plan");
    shard("new-", 1, 1);
    gather();
    assertThat(scenario.lines.warnings())
        .anyMatch(line -> line.contains("is of another plan and left out"));
    assertThat(states())
        .hasSize(2)
        .allMatch(state -> state.startsWith("newer===1.0") && state.contains("built"));
  }

  @Test
  void reportsOfWorkThatThePlanDoesNotHaveAreRefused() throws IOException {
    scenario.goals().plan();
    shard(1, 1);
    Path file = handedOver("1-of-1").resolve("build-report-1-of-1.json");
    Files.writeString(file, Files.readString(file).replace("pure-1.0-debian", "pure-9.9-debian"));
    assertThatThrownBy(this::gather)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("work that their plan does not have");
  }

  @Test
  void hostsOfTwoPlatformsDoTheirsFromOnePlan() {
    scenario.targets(List.of(TestTargets.cpython("cp311"), TestTargets.cpython(ARM, "cp311")));
    scenario.quickBuilder.slug = TestTargets.SLUG;
    scenario.goals().plan();
    shard(1, 1);
    gather();
    assertThat(
            states().stream()
                .filter(state -> state.startsWith("compiled"))
                .map(state -> state.replaceFirst("\\{\"state\":\"([a-z]+)\".*", "$1"))
                .toList())
        .containsExactly("compiled===2.0 built", "compiled===2.0 failed");
    assertThat(states()).anyMatch(state -> state.contains("no host of " + ARM + " took part"));

    scenario.quickBuilder.slug = ARM;
    shard("arm-", 1, 2);
    shard("arm-", 2, 2);
    gather();
    assertThat(states())
        .filteredOn(state -> state.contains("failed"))
        .allMatch(state -> state.startsWith("broken"));
  }

  @Test
  void whatIsOnlyDownloadedForAPlatformWithoutHostsIsFetchedByGather() {
    scenario.index.wheel("fast", "1.0", "cp312-cp312-manylinux_2_17_x86_64");
    scenario.branch("master", "fast===1.0", "pure===1.0");
    scenario.targets(List.of(TestTargets.cpython("cp311"), TestTargets.cpython(ARM, "cp312")));
    scenario.quickBuilder.slug = TestTargets.SLUG;
    scenario.goals().plan();
    shard(1, 1);
    gather();
    assertThat(scenario.report().files())
        .extracting(file -> file.filename())
        .contains("fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl");
  }

  @Test
  void aHostOfNoPlatformOfThePlanIsToldSo() {
    scenario.goals().plan();
    scenario.quickBuilder.slug = ARM;
    assertThatThrownBy(() -> shard(1, 1))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("this host has no part in the plan")
        .hasMessageContaining(TestTargets.SLUG);
    assertThat(shards()).doesNotExist();
  }

  @Test
  void aPlanNeedsTheResolutionItWasMadeFrom() throws IOException {
    assertThatThrownBy(() -> shard(1, 1))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("plan.json is missing")
        .extracting(e -> ((MirrorException) e).fix())
        .asString()
        .contains("mvn wheel-mirror:plan");
    scenario.goals().plan();
    Path resolution = folder.resolve("workspace/resolution.json");
    String whole = Files.readString(resolution);
    Files.writeString(resolution, whole.replace("\"master\"", "\"mastes\""));
    assertThatThrownBy(() -> shard(1, 1))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("another resolution.json");
    Files.delete(resolution);
    assertThatThrownBy(() -> shard(1, 1))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("resolution.json is missing");
    assertThat(shards()).doesNotExist();
  }

  @Test
  void aShardsReportComesBackEqual() {
    scenario.goals().plan();
    shard(1, 1);
    Path file = handedOver("1-of-1").resolve("build-report-1-of-1.json");
    ShardReport report = scenario.workspace().read(file, ShardReport.class).orElseThrow().value();
    assertThat(Json.read(Json.write(report), ShardReport.class, "x")).isEqualTo(report);
    assertThat(report.costs()).isNotEmpty();
    assertThat(report.builds()).hasSize(8);
  }

  @Test
  void thePlanKnowsHowLongBuildsTook() {
    scenario.goals().build();
    scenario.quickBuilder.requests.clear();
    scenario.branch("master", "pure===1.0", "compiled===2.0", "broken===1.0");
    scenario.updateLock = true;
    scenario.goals().plan();
    assertThat(scenario.plan().durations())
        .extracting(each -> each.build() + " " + each.seconds())
        .containsExactly("compiled-2.0-debian-12-x86_64 2.0", "pure-1.0-debian-12-x86_64 1.0");
  }

  @Test
  void whatAKilledShardWasWritingIsNeitherTakenNorKept() throws IOException {
    scenario.goals().plan();
    shard(1, 1);
    String[] living = new Writer().name().split("\\.", 4);
    Path left = shards().resolve("." + living[0] + ".4194305.1." + living[3] + ".tmp");
    copy(handedOver("1-of-1"), left);
    gather();
    assertThat(scenario.outcome("pure===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(left).as("gather only reads").isDirectory();
    shard("again-", 1, 1);
    assertThat(left).doesNotExist();
  }
}
