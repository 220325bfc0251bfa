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

  @Test
  void shimsWrittenAnewAreNoChangeButAnotherShimIs() throws IOException {
    Path shims = Files.createDirectories(folder.resolve("any/shims"));
    Files.writeString(shims.resolve("python3"), "");
    SearchPath path = SearchPath.parse(shims.toString());
    String before = Circumstances.of(path, RustToolchains.NONE, LIMITS);

    Files.writeString(shims.resolve(".pyenv-shim"), "");
    Files.setLastModifiedTime(shims, FileTime.fromMillis(1_000_000));
    assertThat(Circumstances.of(path, RustToolchains.NONE, LIMITS)).isEqualTo(before);

    Files.writeString(shims.resolve("cmake"), "");
    assertThat(Circumstances.of(path, RustToolchains.NONE, LIMITS)).isNotEqualTo(before);
  }
}
