package io.github.wheelmirror.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.ConstraintLines;
import io.github.wheelmirror.selection.Explanation;
import io.github.wheelmirror.selection.ListedFile;
import io.github.wheelmirror.selection.Place;
import io.github.wheelmirror.selection.Place.Role;
import io.github.wheelmirror.selection.SelectionOptions;
import io.github.wheelmirror.selection.SelectionRequest;
import io.github.wheelmirror.selection.Selector;
import io.github.wheelmirror.selection.Targets;
import io.github.wheelmirror.selection.Tool;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The pins of a branch inside the gate (mirror and constraints) against outside (upstream alone),
 * with pages as large as the index has them; prints how long it takes.
 */
class SelectionAtScaleTest {

  private static final int PINS = 600;
  private static final int VERSIONS = 40;
  private static final List<String> TAGS =
      List.of(
          "cp39-cp39-manylinux_2_17_x86_64.manylinux2014_x86_64",
          "cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64",
          "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64",
          "cp311-cp311-musllinux_1_2_x86_64",
          "cp311-cp311-win_amd64");

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void sixHundredPinsInsideAndOutside() {
    List<Place> mirrors = new ArrayList<>();
    List<Place> upstreams = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int pin = 0; pin < PINS; pin++) {
      String project = "project_" + pin;
      mirrors.add(
          Place.served(
              "mirror", Role.INDEX, List.of(file(project + "-1.20.0-1-cp311-cp311-linux_x86_64"))));
      upstreams.add(Place.served("upstream", Role.INDEX, upstream(project)));
      lines.add(project + "===1.20.0");
      lines.add(project + "===1.10.0;python_version<'3.9'");
    }
    for (String tool : List.of("pip-26.3", "uv-0.13.9")) {
      // the thread's own time: other programs on this machine do not count
      ThreadMXBean clock = ManagementFactory.getThreadMXBean();
      long start = clock.getCurrentThreadCpuTime();
      Selector selector = Tool.parse(tool).on(Targets.cpython311());
      ConstraintLines constraints = ConstraintLines.of(lines);
      int chosen = 0;
      for (int pin = 0; pin < PINS; pin++) {
        Requirement requirement = Requirement.parse("project_" + pin);
        chosen += explain(selector, requirement, mirrors.get(pin), constraints);
        chosen += explain(selector, requirement, upstreams.get(pin), ConstraintLines.NONE);
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(clock.getCurrentThreadCpuTime() - start);
      System.out.println(
          tool
              + ": "
              + PINS
              + " pins, "
              + PINS * VERSIONS * (TAGS.size() + 1)
              + " files, "
              + millis
              + " ms");
      assertThat(chosen).isEqualTo(2 * PINS);
    }
  }

  private static int explain(
      Selector selector, Requirement requirement, Place place, ConstraintLines constraints) {
    Explanation explanation =
        selector.explain(
            new SelectionRequest(requirement, List.of(place), constraints, SelectionOptions.NONE));
    return explanation.chosen().isPresent() ? 1 : 0;
  }

  private static List<ListedFile> upstream(String project) {
    List<ListedFile> files = new ArrayList<>();
    for (int version = 0; version < VERSIONS; version++) {
      String stem = project + "-1." + version + ".0";
      TAGS.forEach(tag -> files.add(file(stem + "-" + tag)));
      files.add(new ListedFile(stem + ".tar.gz", ">=3." + version % 12, false, Map.of()));
    }
    return files;
  }

  private static ListedFile file(String stem) {
    return new ListedFile(stem + ".whl", ">=3.9", false, Map.of("sha256", "0".repeat(64)));
  }
}
