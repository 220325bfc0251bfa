package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.ServedRegion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two runs that share a cache and a region. */
@Timeout(600)
class TwoRunsTest {

  private static final int WHEELS = 20;

  @TempDir Path folder;
  private MirrorScenario world;

  @BeforeEach
  void someProjects() {
    world = MirrorScenario.quick(folder);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < WHEELS; i++) {
      world.index.wheel("wheel" + i, "1.0", "py3-none-any");
      lines.add("wheel" + i + "===1.0");
    }
    world.index.sdist("source", "1.0").sdist("compiled", "1.0");
    lines.add("source===1.0");
    lines.add("compiled===1.0");
    world.branch("master", lines.toArray(String[]::new));
  }

  @AfterEach
  void stop() {
    world.close();
  }

  /** Another project of the same user: own workspace, same everything else. */
  private MirrorGoals project(String workspace) {
    world.workspace = workspace;
    return world.goals();
  }

  @Test
  void twoProjectsInOneJvmEndInOneCompleteRelease() throws Exception {
    List<MirrorGoals> projects = List.of(project("one"), project("two"));
    List<MirrorException> refused = together(projects);
    // the slower one may find that the faster released since it planned; never anything worse
    assertThat(refused)
        .hasSizeLessThanOrEqualTo(1)
        .allMatch(e -> String.valueOf(e.getMessage()).contains("released"));
    assertThat(new ServedRegion(folder.resolve("mirror")).files().get(TestTargets.SLUG))
        .hasSize(WHEELS + 3);
    assertThat(new ServedRegion(folder.resolve("mirror")).junk()).isEmpty();
    for (String workspace : List.of("one", "two")) {
      world.workspace = workspace;
      assertThat(world.report().pins().stream().flatMap(pin -> pin.states().stream()))
          .allMatch(state -> state.outcome().served());
    }
    assertThat(MirrorScenario.threadsLeft()).isEmpty();
    assertThat(world.quickBuilder.builds())
        .containsExactly("compiled===1.0 cp311", "compiled===1.0 cp312", "source===1.0 cp311");
    assertThat(world.index.requests())
        .filteredOn(request -> request.contains("/files/"))
        .doesNotHaveDuplicates()
        .hasSize(WHEELS + 2);
  }

  @Test
  void twoRunsOfOneProjectInOneJvmFollowEachOther() throws Exception {
    assertThat(together(List.of(project("one"), project("one")))).isEmpty();
    assertThat(world.quickBuilder.builds())
        .containsExactly("compiled===1.0 cp311", "compiled===1.0 cp312", "source===1.0 cp311");
  }

  private static List<MirrorException> together(List<MirrorGoals> projects) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(projects.size());
    List<MirrorException> refused = new ArrayList<>();
    try {
      List<Future<?>> runs = new ArrayList<>();
      projects.forEach(goals -> runs.add(threads.submit(goals::deploy)));
      for (Future<?> run : runs) {
        try {
          run.get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof MirrorException failure)) {
            throw e;
          }
          refused.add(failure);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return refused;
  }

  @Test
  void twoProcessesEndInOneCompleteRelease() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (String workspace : List.of("one", "two")) {
      processes.add(
          WholeChain.start(
              world.repository.url(),
              world.index.url(),
              folder.resolve(workspace).toString(),
              folder.resolve("cache").toString(),
              folder.resolve("mirror").toString()));
    }
    List<String> outputs = new ArrayList<>();
    List<Integer> codes = new ArrayList<>();
    for (Process process : processes) {
      outputs.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      codes.add(process.waitFor());
    }
    assertThat(codes)
        .as(String.join("\n----\n", outputs))
        .contains(0)
        .isSubsetOf(0, WholeChain.REFUSED);
    for (int i = 0; i < codes.size(); i++) {
      if (codes.get(i) == WholeChain.REFUSED) {
        assertThat(outputs.get(i)).contains("released");
      }
      assertThat(outputs.get(i)).doesNotContain("failed");
    }
    assertThat(new ServedRegion(folder.resolve("mirror")).files().values().iterator().next())
        .hasSize(WHEELS + 2);
    assertThat(new ServedRegion(folder.resolve("mirror")).junk()).isEmpty();
  }
}
