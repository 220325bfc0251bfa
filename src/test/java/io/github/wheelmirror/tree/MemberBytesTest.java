package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberBytesTest {

  private static final int SIZE = MemberBytes.KEPT + 5_000_000;

  @TempDir private Path folder = Path.of("");

  /** Longer than what is kept of a file's beginning. */
  private static byte[] content() {
    byte[] content = new byte[SIZE];
    new Random(7).nextBytes(content);
    return content;
  }

  private ZipArchive archive(byte[] content) throws IOException {
    Path file = folder.resolve("x.zip");
    Files.write(file, RawZip.of(Map.of("x", content)).bytes());
    return ZipArchive.open(file, WheelLimits.DEFAULT);
  }

  @Test
  void anyPlaceIsReadKeptOrNot() throws IOException {
    byte[] content = content();
    try (ZipArchive archive = archive(content);
        MemberBytes bytes = new MemberBytes(archive, archive.members().get(0))) {
      for (int at = 0; at < SIZE; at += 60_000) {
        byte[] part = Arrays.copyOfRange(content, at, Math.min(SIZE, at + 60_000));
        bytes.add(part, part.length);
      }
      assertThat(bytes.size()).isEqualTo(SIZE);
      int[] places = {0, 70_000, SIZE - 100, MemberBytes.KEPT - 50, SIZE - 1_000_000, SIZE - 64};
      for (int place : places) {
        byte[] read = new byte[64];
        bytes.read(place, 64).get(read);
        assertThat(read).isEqualTo(Arrays.copyOfRange(content, place, place + 64));
      }
    }
  }

  @Test
  void jumpingBackAndForthEnds() throws IOException {
    try (ZipArchive archive = archive(content());
        MemberBytes bytes = new MemberBytes(archive, archive.members().get(0))) {
      assertThatThrownBy(
              () -> {
                for (int i = 1; i < 20; i++) {
                  bytes.read(SIZE - i * 100_000L, 8);
                }
              })
          .isInstanceOf(ElfFile.MalformedException.class);
    }
  }
}
