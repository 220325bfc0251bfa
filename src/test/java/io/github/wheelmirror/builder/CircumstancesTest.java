package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircumstancesTest {

  private static final BuildLimits LIMITS = BuildLimits.of(Duration.ofMinutes(1), 1000);

  @TempDir Path folder;

  @Test
  void programThatIsInstalledAndOtherLimitsAreAChange() throws IOException {
    SearchPath path = SearchPath.parse(folder.toString());
    Files.setLastModifiedTime(folder, FileTime.fromMillis(1_000_000));
    String before = Circumstances.of(path, RustToolchains.NONE, LIMITS);

    assertThat(Circumstances.of(path, RustToolchains.NONE, LIMITS)).isEqualTo(before).hasSize(64);
    assertThat(
            Circumstances.of(
                path, RustToolchains.NONE, BuildLimits.of(Duration.ofMinutes(2), 1000)))
        .isNotEqualTo(before);
    Files.writeString(folder.resolve("gcc"), "");
    assertThat(Circumstances.of(path, RustToolchains.NONE, LIMITS)).isNotEqualTo(before);
  }
}
