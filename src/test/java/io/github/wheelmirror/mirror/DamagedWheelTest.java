package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.ServedRegion;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bit of a wheel flips in the wheelhouse. */
@Timeout(120)
class DamagedWheelTest {

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void aBuiltMirror() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.wheel("six", "1.17.0", "py3-none-any");
    scenario.branch("master", "six===1.17.0");
    scenario.goals().build();
    scenario.lines.clear();
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  /** Returns the time of the file before. */
  private FileTime damage() throws IOException {
    Path wheel =
        new Wheelhouse(folder.resolve("cache/wheelhouse"))
            .path(scenario.report().files().get(0))
            .orElseThrow();
    FileTime time = Files.getLastModifiedTime(wheel);
    byte[] bytes = Files.readAllBytes(wheel);
    bytes[bytes.length / 2] ^= 1;
    Files.setPosixFilePermissions(wheel, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(wheel, bytes);
    Files.setLastModifiedTime(wheel, time);
    return time;
  }

  @Test
  void itIsFoundBeforeItIsPublishedAndFetchedAgainThen() throws IOException {
    damage();

    assertThatThrownBy(() -> scenario.goals().deploy())
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.why()).contains("its bytes in the wheelhouse have changed");
              assertThat(e.fix()).contains("run the build and snapshot goals again");
            });
    assertThat(scenario.served("mirror")).isEmpty();

    scenario.goals().build();
    scenario.goals().deploy();

    assertThat(scenario.lines.warnings())
        .anyMatch(line -> line.contains("is damaged and taken for absent"));
    assertThat(new ServedRegion(folder.resolve("mirror")).files().get(TestTargets.SLUG)).hasSize(1);
  }

  @Test
  void aRunWithNothingToDoSeesAnotherTimeAndFetchesItAgain() throws IOException {
    FileTime time = damage();
    Path wheel =
        new Wheelhouse(folder.resolve("cache/wheelhouse"))
            .path(scenario.report().files().get(0))
            .orElseThrow();
    Files.setLastModifiedTime(wheel, FileTime.fromMillis(time.toMillis() + 1000));

    scenario.goals().build();

    assertThat(scenario.lines.warnings()).hasSize(1);
    scenario.goals().deploy();
    assertThat(scenario.served("mirror")).isNotEmpty();
  }
}
