package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that show different readers different content, or are simply broken. */
class HostileArchivesTest {

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;

  @TempDir private Path folder = Path.of("");

  /** Deflated with checksums after the data, as Java's own class writes. */
  private byte[] streamed() throws IOException {
    return Files.readAllBytes(
        TestWheel.of("foo", "1.0").file("foo/data", "x".repeat(3000)).write(folder));
  }

  /** With sizes in the local headers, as Python writes. */
  private byte[] seekable(Zip64Mode mode, int unixMode) throws IOException {
    Path file = folder.resolve("seekable.zip");
    try (var zip = new ZipArchiveOutputStream(file)) {
      zip.setUseZip64(mode);
      for (var member : TestWheel.of("foo", "1.0").members().entrySet()) {
        var entry = new ZipArchiveEntry(member.getKey());
        entry.setUnixMode(unixMode);
        zip.putArchiveEntry(entry);
        zip.write(member.getValue());
        zip.closeArchiveEntry();
      }
    }
    return Files.readAllBytes(file);
  }

  private WheelInspection inspect(byte[] bytes) throws IOException {
    Path file = folder.resolve("candidate");
    Files.write(file, bytes);
    return new WheelInspector().inspect(file, "foo-1.0-py3-none-any.whl");
  }

  private void assertRefused(byte[] bytes, String code) throws IOException {
    assertThat(inspect(bytes).errors()).extracting(WheelProblem::code).contains(code);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int find(byte[] bytes, int signature) {
    ByteBuffer buffer = buffer(bytes);
    for (int i = 0; i <= bytes.length - 4; i++) {
      if (buffer.getInt(i) == signature) {
        return i;
      }
    }
    throw new AssertionError("no such record");
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Puts bytes before the central directory and moves what points to it. */
  private static byte[] insertBeforeDirectory(byte[] zip, byte[] extra) {
    int directory = find(zip, CENTRAL);
    byte[] out =
        concat(
            Arrays.copyOf(zip, directory), extra, Arrays.copyOfRange(zip, directory, zip.length));
    int end = find(out, END);
    buffer(out).putInt(end + 16, directory + extra.length);
    return out;
  }

  @Test
  void bothWaysToWriteAnArchiveAreSound() throws IOException {
    assertThat(inspect(streamed()).problems()).isEmpty();
    assertThat(inspect(seekable(Zip64Mode.Never, 0100644)).problems()).isEmpty();
    assertThat(inspect(seekable(Zip64Mode.Always, 0100644)).problems()).isEmpty();
  }

  @Test
  void cutOffAnywhereIsRefused() throws IOException {
    byte[] zip = seekable(Zip64Mode.Never, 0100644);
    for (int length = 0; length < zip.length; length += 7) {
      assertThat(inspect(Arrays.copyOf(zip, length)).isSound()).isFalse();
    }
  }

  @Test
  void dataAfterTheEndIsRefused() throws IOException {
    assertRefused(concat(streamed(), new byte[] {0}), "zip-trailing-data");
    assertRefused(concat(streamed(), streamed()), "zip-ambiguous");
  }

  @Test
  void twoEndRecordsAreRefused() throws IOException {
    byte[] zip = streamed();
    byte[] end = Arrays.copyOfRange(zip, find(zip, END), zip.length);
    buffer(zip).putShort(zip.length - 2, (short) end.length);
    assertRefused(concat(zip, end), "zip-ambiguous");
  }

  @Test
  void dataBeforeTheFirstMemberIsRefused() throws IOException {
    assertRefused(
        concat("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), streamed()), "zip-ambiguous");
  }

  @Test
  void aMemberThatTheDirectoryDoesNotListIsRefused() throws IOException {
    byte[] zip = seekable(Zip64Mode.Never, 0100644);
    int first = find(zip, LOCAL);
    int length = find(Arrays.copyOfRange(zip, first + 4, zip.length), LOCAL) + 4;
    assertRefused(
        insertBeforeDirectory(zip, Arrays.copyOfRange(zip, first, first + length)),
        "zip-hidden-member");
    assertThat(inspect(insertBeforeDirectory(zip, new byte[] {1, 2, 3})).problems())
        .extracting(WheelProblem::code)
        .containsExactly("zip-gap");
  }

  @Test
  void anotherNameOrSizeInTheLocalHeaderIsRefused() throws IOException {
    byte[] name = seekable(Zip64Mode.Never, 0100644);
    name[find(name, LOCAL) + 30] ^= 1;
    assertRefused(name, "zip-local-header");
    byte[] size = seekable(Zip64Mode.Never, 0100644);
    size[find(size, LOCAL) + 22] ^= 1;
    assertRefused(size, "zip-local-header");
    byte[] descriptor = streamed();
    descriptor[find(descriptor, 0x08074b50) + 12] ^= 1;
    assertRefused(descriptor, "zip-local-header");
  }

  @Test
  void encryptionAndOtherCompressionAreRefused() throws IOException {
    byte[] encrypted = seekable(Zip64Mode.Never, 0100644);
    encrypted[find(encrypted, CENTRAL) + 8] |= 1;
    assertRefused(encrypted, "zip-encrypted");
    byte[] method = seekable(Zip64Mode.Never, 0100644);
    method[find(method, CENTRAL) + 10] = 12;
    assertRefused(method, "zip-method");
  }

  @Test
  void twoMembersInOnePlaceAreRefused() throws IOException {
    byte[] zip = seekable(Zip64Mode.Never, 0100644);
    int first = find(zip, CENTRAL);
    int second = find(Arrays.copyOfRange(zip, first + 4, zip.length), CENTRAL) + first + 4;
    buffer(zip).putInt(second + 42, buffer(zip).getInt(first + 42));
    assertThat(inspect(zip).isSound()).isFalse();
  }

  @Test
  void aLinkIsRefused() throws IOException {
    assertRefused(seekable(Zip64Mode.Never, 0120777), "special-file");
  }

  @Test
  void changedContentIsRefused() throws IOException {
    byte[] zip = streamed();
    int data = new String(zip, StandardCharsets.ISO_8859_1).indexOf("foo/data") + 8;
    zip[data + 2] ^= 0x10;
    assertThat(inspect(zip).isSound()).isFalse();
  }

  @Test
  void aMemberThatSaysItIsSmallerThanItIsStopsAtItsSize() throws IOException {
    byte[] zip = streamed();
    int at = find(zip, CENTRAL);
    while (buffer(zip).getInt(at + 24) != 3000) {
      at += 4 + find(Arrays.copyOfRange(zip, at + 4, zip.length), CENTRAL);
    }
    buffer(zip).putInt(at + 24, 10);
    assertThat(inspect(zip).isSound()).isFalse();
  }

  @Test
  void aStormOfDamagedBytesEndsInTypedResultsOnly() throws IOException {
    byte[][] seeds = {
      streamed(), seekable(Zip64Mode.Never, 0100644), seekable(Zip64Mode.Always, 0100644)
    };
    Random random = new Random(20261122);
    int sound = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] bytes = mutate(seeds[i % seeds.length].clone(), random);
      WheelInspection inspection = inspect(bytes);
      sound += inspection.isSound() ? 1 : 0;
      if (inspection.isSound()) {
        // what passes must be whole: the same content in every member
        assertThat(inspection.coreMetadata()).isPresent();
        assertThat(inspection.wheelMetadata()).isPresent();
      }
    }
    // time stamps and the like may change, but hardly any other byte
    assertThat(sound).isLessThan(1500);
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) 0xff;
        case 3 -> {
          int length = Math.min(random.nextInt(40), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length), bytes, at, length);
        }
        default -> {
          int length = Math.min(random.nextInt(40), bytes.length - at);
          bytes =
              concat(
                  Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
          if (bytes.length == 0) {
            return bytes;
          }
        }
      }
    }
    return bytes;
  }
}
