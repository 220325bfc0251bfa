package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.tree.CompiledSources;
import io.github.wheelmirror.tree.ImportFailure;
import io.github.wheelmirror.tree.ImportFailure.Kind;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.SampleInstaller;
import io.github.wheelmirror.tree.SampleInstaller.Result;
import io.github.wheelmirror.tree.SampleRun;
import io.github.wheelmirror.tree.SampleRun.State;
import io.github.wheelmirror.tree.Severity;
import io.github.wheelmirror.tree.Verification;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verify makes of a sample that is installed. */
class SampleInstallsTest {

  private static final Pin SIX = Pin.parse("six===1.17.0");
  private static final Pin OWN = Pin.parse("simplegeneric===0.8.1");

  @TempDir Path folder;
  private MirrorScenario scenario;
  private final List<SampleInstaller.Order> orders = new CopyOnWriteArrayList<>();
  private Function<SampleInstaller.Order, Result> installer =
      order -> new Result.Installed("pip 1.0", "", order.pins().size(), List.of(), List.of());

  @BeforeEach
  void aBranchWithAnOwnWheelAndOneThatCannotClose() {
    scenario = MirrorScenario.quick(folder);
    scenario.clients = new MirrorRequest.ClientSettings(List.of("pip"), 2, "");
    scenario.changed(
        parts ->
            parts.clients =
                new Outside.Clients(
                    List::of,
                    parts.clients.server(),
                    () ->
                        order -> {
                          orders.add(order);
                          return installer.apply(order);
                        }));
    scenario.index.wheel("six", "1.17.0", "py3-none-any").sdist("simplegeneric", "0.8.1");
    scenario.index.file(
        "pbr",
        "pbr-7.0-py3-none-any.whl",
        SyntheticFiles.wheelOf("pbr", "7.0", Map.of("pbr.py", ""), List.of("setuptools")),
        "");
    scenario.branch("master", SIX.toString(), OWN.toString(), "pbr===7.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private VerifiedChannel channel() {
    return scenario
        .workspace()
        .read(scenario.workspace().verification(), Verification.class)
        .orElseThrow()
        .value()
        .channels()
        .get(0);
  }

  private static Result failing(Pin pin, Kind kind) {
    return new Result.Installed(
        "pip 1.0", "", 1, List.of(new ImportFailure(pin, "module", kind, "it says so")), List.of());
  }

  @Test
  void whatClosesIsInstalledOnEachPython() throws IOException {
    scenario.goals().verify();
    assertThat(orders)
        .extracting(order -> order.target().id().python())
        .containsOnly("cp311", "cp312");
    assertThat(orders).allSatisfy(order -> assertThat(order.pins()).containsExactly(OWN, SIX));
    assertThat(orders).allSatisfy(order -> assertThat(order.scratch()).doesNotExist());
    assertThat(channel().samples()).extracting(SampleRun::state).containsOnly(State.INSTALLED);
    assertThat(Files.readString(scenario.workspace().tests(channel().slug())))
        .contains("a sample of master on cp311");
    assertThat(scenario.lines.all())
        .contains(
            "  samples are installed for 2 of 2 branches and Pythons, 4 of 4 modules imported, 0 of 0"
                + " sources compile");
  }

  @Test
  void theSeedIsTheSnapshotUnlessOneIsGiven() {
    scenario.clients = new MirrorRequest.ClientSettings(List.of("uv"), 2, "");
    scenario.goals().verify();
    scenario.clients = new MirrorRequest.ClientSettings(List.of("pip"), 0, "");
    scenario.goals().verify();
    assertThat(orders).isEmpty();
    for (int i = 0; i < 20; i++) {
      scenario.clients = new MirrorRequest.ClientSettings(List.of("pip"), 1, "seed");
      scenario.goals().verify();
    }
    assertThat(orders).extracting(SampleInstaller.Order::pins).containsOnly(List.of(OWN));
  }

  @Test
  void aMirroredWheelThatCannotBeImportedIsToldOnce() {
    installer = order -> failing(SIX, Kind.MISSING_OWN_MODULE);
    scenario.goals().deploy();
    assertThat(channel().problems())
        .filteredOn(problem -> problem.code().equals("import-fails"))
        .extracting(Problem::words)
        .containsExactly(
            "import module lacks a module of its own: it says so (master on cp311, master on"
                + " cp312)");
    List<Problem> before = channel().problems();
    orders.clear();
    scenario.goals().deploy();
    assertThat(orders).as("it is released").isEmpty();
    assertThat(channel().problems()).isEqualTo(before);
  }

  @Test
  void whatCannotBeCompiledIsToldOnceForAllPythonsAndBlocksNothing() throws IOException {
    installer =
        order -> {
          int line = order.target().id().python().equals("cp311") ? 3 : 0;
          return new Result.Installed(
              "pip 1.0",
              "",
              2,
              List.of(),
              List.of(
                  new CompiledSources(SIX, 7, 0, 1, List.of(), 0, ""),
                  new CompiledSources(
                      OWN,
                      4,
                      9,
                      0,
                      List.of("a\u001b[31m\u202e.py", "b.py", "c.py", "d.py", "e.py", "f.py"),
                      line,
                      "SyntaxError: \u202eof line " + line)));
        };
    scenario.goals().deploy();
    assertThat(channel().problems())
        .filteredOn(problem -> problem.code().equals("source-not-compilable"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Severity.WARNING);
              assertThat(problem.where()).isEqualTo(OWN.toString());
              assertThat(problem.words())
                  .isEqualTo(
                      "'a\\u001b[31m\\u202e.py' cannot be compiled to bytecode, so no program can"
                          + " import it: line 3: SyntaxError: \\u202eof line 3; nor can 'b.py',"
                          + " 'c.py', 'd.py', 'e.py', 4 more (master on cp311, master on cp312)");
            });
    assertThat(scenario.lines.all())
        .contains(
            "  samples are installed for 2 of 2 branches and Pythons, 4 of 4 modules imported, 22"
                + " of 40 sources compile, 2 not tried");
    assertThat(Files.readString(scenario.workspace().tests(channel().slug())))
        .contains("source-not-compilable")
        .contains("11 of 20 sources compile, 1 not tried");
    List<Problem> before = channel().problems();
    orders.clear();
    scenario.goals().deploy();
    assertThat(orders).as("it is released").isEmpty();
    assertThat(channel().problems()).isEqualTo(before);
  }

  @Test
  void whatTheHostOrTheSourceIsToBlameForBlocksNoOwnWheel() {
    installer = order -> failing(OWN, Kind.MISSING_LIBRARY);
    scenario.goals().verify();
    assertThat(scenario.outcome(OWN.toString())).isInstanceOf(Outcome.Built.class);
    assertThat(channel().releasable()).isTrue();
    installer = order -> failing(OWN, Kind.BROKEN_EXTENSION);
    assertThatThrownBy(() -> scenario.goals().verify())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("a channel cannot be released");
    assertThat(channel().errors())
        .extracting(Problem::words)
        .allMatch(words -> words.endsWith("the wheel was built here"));
  }

  @Test
  void whatCannotBeInstalledOrIsInconsistentBlocks() {
    installer = order -> new Result.Refused("pip 1.0", "no way");
    assertThatThrownBy(() -> scenario.goals().verify()).isInstanceOf(MirrorException.class);
    assertThat(channel().errors()).extracting(Problem::code).containsOnly("sample-not-installable");
    installer =
        order -> new Result.Installed("pip 1.0", "six requires five", 1, List.of(), List.of());
    assertThatThrownBy(() -> scenario.goals().verify()).isInstanceOf(MirrorException.class);
    assertThat(channel().errors()).extracting(Problem::code).containsOnly("sample-inconsistent");
  }

  @Test
  void whatNobodyInstalledIsNoPassAndNoFailure() {
    installer = order -> new Result.Absent("there is no pip");
    scenario.goals().deploy();
    assertThat(channel().samples()).extracting(SampleRun::state).containsOnly(State.NOT_CHECKED);
    assertThat(channel().notChecked()).isEqualTo(2);
    assertThat(scenario.lines.all())
        .contains("  no sample was installed: there is no pip (cp311, cp312)");
  }
}
