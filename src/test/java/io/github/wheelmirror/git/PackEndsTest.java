package io.github.wheelmirror.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackEndsTest {

  @TempDir Path folder;

  private Path write(String pack, String index) throws IOException {
    Path file = folder.resolve("pack-1.pack");
    Files.write(file, pack.getBytes(StandardCharsets.ISO_8859_1));
    Files.write(folder.resolve("pack-1.idx"), index.getBytes(StandardCharsets.ISO_8859_1));
    return file;
  }

  @Test
  void aPackAndItsIndexFitByTheirEnds() throws IOException {
    String sum = "s".repeat(20);
    String index = "\u00fftOc names " + sum + "i".repeat(20);
    String pack = "PACK objects " + sum;
    assertThat(PackEnds.fit(write(pack, index))).isTrue();
    for (int cut = 0; cut < pack.length(); cut++) {
      assertThat(PackEnds.fit(write(pack.substring(0, cut), index))).as("pack " + cut).isFalse();
    }
    for (int cut = 0; cut < index.length(); cut++) {
      assertThat(PackEnds.fit(write(pack, index.substring(0, cut)))).as("index " + cut).isFalse();
    }
    assertThat(PackEnds.fit(write("\0".repeat(60), "\0".repeat(90)))).as("zeros").isFalse();
    assertThat(PackEnds.fit(write(pack, index.replace(sum, "t".repeat(20))))).isFalse();
    Path alone = write(pack, index);
    Files.delete(folder.resolve("pack-1.idx"));
    assertThat(PackEnds.fit(alone)).isFalse();
  }
}
