package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole chain in a JVM that is killed at seeded moments and run again. A sample by default,
 * many with {@code -Dlong=true}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KillAndRerunTest {

  private static final int LARGEST_DELAY_MILLIS = 150;

  @TempDir Path folder;
  private MirrorScenario world;

  @BeforeEach
  void someProjects() {
    world = new MirrorScenario(folder.resolve("world"));
    for (int i = 0; i < 8; i++) {
      world.index.wheel("wheel" + i, "1.0", "py3-none-any");
      world.index.wheel("wheel" + i, "2.0", "py3-none-any");
    }
    for (int i = 0; i < 3; i++) {
      world.index.sdist("source" + i, "1.0");
    }
    firstConstraints();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private void firstConstraints() {
    world.branch("master", "wheel0===1.0", "wheel1===1.0", "wheel2===1.0");
    world.branch("stable/2025.1", "wheel0===1.0", "source0===1.0");
  }

  private void nextConstraints() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      lines.add("wheel" + i + "===2.0");
    }
    lines.add("source0===1.0");
    lines.add("source1===1.0");
    world.branch("master", lines.toArray(String[]::new));
    world.branch("stable/2025.1", "wheel0===1.0", "source0===1.0", "source2===1.0");
  }

  /** Runs to the end; returns what it printed. */
  private List<String> run(RunPlace place) throws Exception {
    Process process = place.start(world);
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    }
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }

  /** Kills it a moment after it printed so many lines, if it still runs then. */
  private void runAndKill(RunPlace place, int lines, int delayMillis) throws Exception {
    Process process = place.start(world);
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines && reader.readLine() != null; i++) {
        // only counted
      }
      Thread.sleep(delayMillis);
      process.destroyForcibly();
    }
    process.waitFor();
  }

  @Test
  void whateverTheMomentTheRegionStaysCompleteAndTheNextRunEndsAsIfNothingHappened()
      throws Exception {
    long seed = Long.getLong("seed", 20260301);
    int samples = Boolean.getBoolean("long") ? 40 : 2;
    RunPlace control = new RunPlace(folder.resolve("control"), "workspace");
    run(control);
    Map<String, List<String>> before = control.served();
    nextConstraints();
    int lines = run(control).size();
    Map<String, List<String>> after = control.served();
    assertThat(after).isNotEqualTo(before);
    Random random = new Random(seed);
    for (int sample = 0; sample < samples; sample++) {
      RunPlace place = new RunPlace(folder.resolve("sample" + sample), "workspace");
      firstConstraints();
      // on an empty region first, then on one that serves something
      killOnce(place, random, lines, List.of(Map.of(), before));
      run(place);
      assertThat(place.served()).isEqualTo(before);
      nextConstraints();
      killOnce(place, random, lines, List.of(before, after));
      killOnce(place, random, lines, List.of(before, after));
      run(place);
      String words = "seed " + seed + ", sample " + sample;
      assertThat(place.served()).as(words).isEqualTo(after);
      assertThat(place.snapshot()).as(words).isEqualTo(control.snapshot());
      assertThat(place.junk()).as(words).isEmpty();
      Folders.remove(place.root());
    }
  }

  private void killOnce(
      RunPlace place, Random random, int lines, List<Map<String, List<String>>> allowed)
      throws Exception {
    int at = random.nextInt(lines);
    int delay = random.nextInt(LARGEST_DELAY_MILLIS);
    runAndKill(place, at, delay);
    assertThat(place.served()).as("killed %d ms after line %d", delay, at).isIn(allowed);
  }
}
