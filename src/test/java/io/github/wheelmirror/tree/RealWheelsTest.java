package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.python.WheelFilename;
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

    List<String> alarms = new ArrayList<>();
    List<String> infos = new ArrayList<>();
    for (Path wheel : wheels) {
      for (WheelProblem problem : problems(wheel)) {
        (problem.severity() == Severity.INFO ? infos : alarms)
            .add(wheel.getFileName() + " " + problem);
      }
    }

    assertThat(alarms).as("of %d wheels", wheels.size()).isEmpty();
    // nor may every other wheel be told of
    assertThat(infos).hasSizeLessThan(wheels.size() / 10);
  }

  /** As they are listed for a Python of Debian 12. */
  private static List<WheelProblem> problems(Path wheel) throws IOException {
    WheelInspection inspection = new WheelInspector().inspect(wheel);
    List<WheelProblem> problems = new ArrayList<>(inspection.problems());
    if (inspection.isSound()) {
      ManifestFile file = listed(wheel, inspection);
      problems.addAll(
          new ListedWheelCheck(
                  DamageTableTest.listing(file), List.of(ReleaseScenario.target("cp311")))
              .check(file, inspection));
    }
    return problems;
  }

  private static ManifestFile listed(Path wheel, WheelInspection inspection) throws IOException {
    WheelFilename name = inspection.filename().orElseThrow();
    return new ManifestFile(
        String.valueOf(wheel.getFileName()),
        name.name(),
        name.version(),
        Sha256.of(wheel),
        Files.size(wheel),
        Sha256.of(inspection.metadata()),
        inspection.metadata().length,
        inspection.coreMetadata().orElseThrow().requiresPython().orElse(""),
        false,
        "",
        "",
        new Origin.Mirrored("https://files.example.org/x", "https://index.example.org/simple/"),
        false);
  }
}
