package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No false alarm on 200 wheels of well-known projects, as upstream published them. {@code
 * src/bench/real-wheels/fetch} brings them into the folder that {@code -Dwheels=FOLDER} names; none
 * is in the repository. Only with {@code -Dlong=true}.
 */
class RealWheelsTest {

  private static final Path WHEELS =
      Path.of(
          System.getProperty(
              "wheels", System.getProperty("user.home") + "/.cache/wheel-mirror-bench/wheels200"));

  @Test
  void upstreamsWheelsRaiseNoAlarm() throws IOException {
    assumeTrue(Boolean.getBoolean("long"), "only with -Dlong=true");
    assumeTrue(Files.isDirectory(WHEELS), "run src/bench/real-wheels/fetch first");
    List<Path> wheels;
    try (Stream<Path> all = Files.list(WHEELS)) {
      wheels = all.filter(file -> file.toString().endsWith(".whl")).sorted().toList();
    }
    assertThat(wheels).hasSizeGreaterThanOrEqualTo(200);

    List<String> told = new ArrayList<>();
    for (Path wheel : wheels) {
      for (WheelProblem problem : new WheelInspector().inspect(wheel).problems()) {
        told.add(wheel.getFileName() + " " + problem);
      }
    }

    assertThat(told).as("of %d wheels", wheels.size()).isEmpty();
  }
}
