package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {

  @TempDir Path folder;

  /** A library of the Java that runs this; every Linux has it. */
  private static Path real() {
    Path library = Path.of(System.getProperty("java.home"), "lib", "libnet.so");
    assumeTrue(Files.isRegularFile(library), "a Java on Linux is needed");
    return library;
  }

  private static ElfFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return ElfFile.read(channel);
    }
  }

  private ElfFile read(byte[] bytes) throws IOException {
    return read(Files.write(folder.resolve("file"), bytes));
  }

  @Test
  void aRealLibrarySaysWhatItNeeds() throws IOException {
    ElfFile file = read(real());

    assertThat(file.libraries()).contains("libc.so.6", "libjava.so");
    assertThat(file.versions().get("libc.so.6")).isNotEmpty().allMatch(v -> v.startsWith("GLIBC_"));
    assertThat(file.besideItself()).isTrue();
  }

  /** A file with one loaded segment, in either byte order and width. */
  private static byte[] made(boolean wide, ByteOrder order) {
    String names = "\0libx.so.1\0libc.so.6\0GLIBC_2.17\0$ORIGIN/../lib\0";
    int table = wide ? 64 : 52;
    int entry = wide ? 56 : 32;
    int dynamic = 512;
    int needs = 800;
    int text = 900;
    ByteBuffer file = ByteBuffer.allocate(1024).order(order);
    file.put(0, new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
    file.put(5, (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1));
    file.putShort(18, (short) 22);
    if (wide) {
      file.putLong(32, table);
    } else {
      file.putInt(28, table);
    }
    file.putShort(wide ? 54 : 42, (short) entry).putShort(wide ? 56 : 44, (short) 2);
    segment(file, wide, table, 1, 0, 0x10000, 1024);
    segment(file, wide, table + entry, 2, dynamic, 0x10000 + dynamic, 200);
    long[][] pairs = {
      {1, 1},
      {1, 11},
      {5, 0x10000 + text},
      {10, names.length()},
      {29, 32},
      {0x6ffffffe, 0x10000 + needs},
      {0x6fffffff, 1},
      {0, 0}
    };
    int at = dynamic;
    for (long[] pair : pairs) {
      for (long one : pair) {
        if (wide) {
          file.putLong(at, one);
        } else {
          file.putInt(at, (int) one);
        }
        at += wide ? 8 : 4;
      }
    }
    file.putShort(needs, (short) 1).putShort(needs + 2, (short) 1).putInt(needs + 4, 11);
    file.putInt(needs + 8, 16).putInt(needs + 16 + 8, 21);
    file.put(text, names.getBytes(StandardCharsets.US_ASCII));
    return file.array();
  }

  private static void segment(
      ByteBuffer file, boolean wide, int at, int type, long offset, long address, long size) {
    file.putInt(at, type);
    if (wide) {
      file.putLong(at + 8, offset).putLong(at + 16, address).putLong(at + 32, size);
    } else {
      file.putInt(at + 4, (int) offset).putInt(at + 8, (int) address).putInt(at + 16, (int) size);
    }
  }

  @Test
  void bothWidthsAndByteOrdersAreRead() throws IOException {
    for (boolean wide : List.of(true, false)) {
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        assertThat(read(made(wide, order)))
            .as("%s %s", wide, order)
            .isEqualTo(
                new ElfFile(
                    22,
                    List.of("libx.so.1", "libc.so.6"),
                    Map.of("libc.so.6", Set.of("GLIBC_2.17")),
                    true));
      }
    }
  }

  @Test
  void whatIsNoElfFileIsRefused() {
    for (byte[] bytes :
        List.of(new byte[0], new byte[100], "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII))) {
      assertThatThrownBy(() -> read(bytes)).isInstanceOf(ElfFile.MalformedException.class);
    }
  }

  /** Each is read or refused, in no time and with little memory; nothing else may happen. */
  @Test
  @Timeout(120)
  void damagedFilesAreReadOrRefusedAndNothingElse() throws IOException {
    Random random = new Random(20);
    List<byte[]> good =
        List.of(
            Files.readAllBytes(real()),
            made(true, ByteOrder.LITTLE_ENDIAN),
            made(false, ByteOrder.BIG_ENDIAN));
    int refused = 0;
    for (int i = 0; i < 6_000; i++) {
      byte[] bytes = good.get(i % good.size()).clone();
      int reach = random.nextBoolean() ? Math.min(bytes.length, 1024) : bytes.length;
      for (int change = random.nextInt(12); change >= 0; change--) {
        int at = random.nextInt(reach);
        byte value =
            (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextBoolean() ? 0xff : 0);
        Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), value);
      }
      if (random.nextInt(5) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      try {
        ElfFile file = read(bytes);
        assertThat(file.libraries()).hasSizeLessThanOrEqualTo(2_000);
      } catch (ElfFile.MalformedException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 5_900);
  }

  @Test
  @Timeout(30)
  void versionsThatLeadInACircleEnd() {
    byte[] circle = made(true, ByteOrder.LITTLE_ENDIAN);
    ByteBuffer file = ByteBuffer.wrap(circle).order(ByteOrder.LITTLE_ENDIAN);
    // as many entries as it can say, each the same one again
    file.putShort(800 + 2, (short) 0xffff).putInt(800 + 16 + 12, 0);
    assertThatThrownBy(() -> read(circle)).hasMessageContaining("too many symbol versions");
  }
}
