package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdistUnpackerTest {

  private static final UnpackLimits SMALL = new UnpackLimits(64 << 20, 1000, 200);

  private final Path folder;
  private final Path inner;
  private final SdistUnpacker unpacker = new SdistUnpacker(SMALL);

  SdistUnpackerTest(@TempDir Path folder) {
    this.folder = folder;
    this.inner = folder.resolve("work/in");
  }

  /** What a test puts into an archive. */
  interface Filling {
    void into(TarArchiveOutputStream tar) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo-1.0.tar.gz", "demo-1.0.tgz", "demo-1.0.tar.bz2", "demo-1.0.tar"})
  void tarOfEveryKindIsUnpacked(String name) throws IOException {
    Path archive =
        tar(
            name,
            tar -> {
              folder(tar, "demo-1.0/");
              file(tar, "demo-1.0/setup.py", "print()", 0644);
              file(tar, "./demo-1.0/bin/run", "#!", 04777);
              link(tar, "demo-1.0/bin/again", "../setup.py", TarConstants.LF_SYMLINK);
              link(tar, "demo-1.0/hard", "demo-1.0/setup.py", TarConstants.LF_LINK);
            });

    Unpacked unpacked = unpacker.unpack(archive, inner);

    assertThat(unpacked).isEqualTo(new Unpacked.Tree(inner.resolve("demo-1.0")));
    Path top = inner.resolve("demo-1.0");
    assertThat(top.resolve("setup.py")).hasContent("print()");
    assertThat(top.resolve("bin/again")).isSymbolicLink().hasContent("print()");
    assertThat(top.resolve("hard")).isRegularFile().hasContent("print()");
    assertThat(mode(top.resolve("setup.py"))).isEqualTo("rw-r--r--");
    assertThat(mode(top.resolve("bin/run"))).isEqualTo("rwxr-xr-x");
  }

  @Test
  void zipIsUnpackedWithModesAndLinks() throws IOException {
    Path archive =
        zip(
            "demo-1.0.zip",
            zip -> {
              entry(zip, "demo-1.0/setup.py", 0100644, "print()");
              entry(zip, "demo-1.0/run", 0100755, "#!");
              entry(zip, "demo-1.0/link", 0120777, "setup.py");
            });

    assertThat(unpacker.unpack(archive, inner)).isInstanceOf(Unpacked.Tree.class);
    assertThat(inner.resolve("demo-1.0/link")).isSymbolicLink().hasContent("print()");
    assertThat(mode(inner.resolve("demo-1.0/run"))).isEqualTo("rwxr-xr-x");
  }

  @ParameterizedTest
  @CsvSource({
    "../evil, a path with '..'",
    "demo/../../evil, a path with '..'",
    "/tmp/evil, an absolute path",
    "demo\\..\\evil, strange characters",
    "other/file, outside of the archive's first folder",
    "file, outside of the archive's first folder"
  })
  void pathThatLeavesTheTopFolderIsRefused(String name, String reason) throws IOException {
    Filling filling =
        tar -> {
          file(tar, "demo/ok", "ok", 0644);
          file(tar, name, "evil", 0644);
        };

    assertRefused(tar("demo.tar.gz", filling), reason);
  }

  @Test
  void pathThatLeavesTheTopFolderOfAZipIsRefused() throws IOException {
    assertRefused(zip("demo.zip", zip -> entry(zip, "demo/../../x", 0100644, "")), "'..'");
    assertRefused(zip("demo.zip", zip -> entry(zip, "/x", 0100644, "")), "absolute");
    assertRefused(zip("demo.zip", zip -> entry(zip, "demo/x", 0120777, "../../y")), "outside");
    assertRefused(zip("demo.zip", zip -> entry(zip, "demo/x", 0010644, "")), "special file");
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, absolute",
    "../outside, leads outside",
    "../../outside, leads outside",
    "sub/../../../x, leads outside",
    "sub/../setup.py, leads outside",
    "'', absolute"
  })
  void symbolicLinkThatLeadsOutsideIsRefused(String target, String reason) throws IOException {
    Filling filling =
        tar -> {
          file(tar, "demo/sub/ok", "ok", 0644);
          link(tar, "demo/link", target, TarConstants.LF_SYMLINK);
        };

    assertRefused(tar("demo.tar.gz", filling), reason);
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Filling fileBehindLink =
        tar -> {
          link(tar, "demo/link", ".", TarConstants.LF_SYMLINK);
          file(tar, "demo/link/file", "x", 0644);
        };
    Filling fileOverLink =
        tar -> {
          link(tar, "demo/link", "target", TarConstants.LF_SYMLINK);
          file(tar, "demo/link", "x", 0644);
        };
    Filling linkOverFolder =
        tar -> {
          file(tar, "demo/link/file", "x", 0644);
          link(tar, "demo/link", ".", TarConstants.LF_SYMLINK);
        };

    assertRefused(tar("demo.tar.gz", fileBehindLink), "no folder");
    assertRefused(tar("demo.tar.gz", fileOverLink), "in the place of another");
    assertRefused(tar("demo.tar.gz", linkOverFolder), "in the place of another");
  }

  @Test
  void chainOfLinksThatLeavesTheTreeIsRefused() throws IOException {
    Filling chain =
        tar -> {
          folder(tar, "demo/a/b/");
          link(tar, "demo/here", "a/b", TarConstants.LF_SYMLINK);
          link(tar, "demo/a/b/up", "../..", TarConstants.LF_SYMLINK);
          link(tar, "demo/out", "here/../../..", TarConstants.LF_SYMLINK);
        };

    assertRefused(tar("demo.tar.gz", chain), "leads outside");
  }

  @Test
  void hardLinkToAFileOutsideIsRefused() throws IOException {
    for (String target :
        new String[] {"/etc/passwd", "../x", "demo/later", "demo/sub", "other/x"}) {
      Filling filling =
          tar -> {
            file(tar, "demo/sub/ok", "ok", 0644);
            link(tar, "demo/hard", target, TarConstants.LF_LINK);
          };
      assertRefused(tar("demo.tar.gz", filling), "demo/hard: ");
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {TarConstants.LF_FIFO, TarConstants.LF_CHR, TarConstants.LF_BLK})
  void deviceOrPipeIsRefused(byte type) throws IOException {
    Filling filling = tar -> link(tar, "demo/special", "", type);

    assertRefused(tar("demo.tar.gz", filling), "special file");
  }

  @Test
  void topThatIsNoFolderAndNothingAtAllAreRefused() throws IOException {
    assertRefused(tar("demo.tar.gz", tar -> file(tar, "demo", "x", 0644)), "not a folder");
    assertRefused(tar("demo.tar.gz", tar -> {}), "empty");
    assertRefused(Files.writeString(folder.resolve("demo.rar"), "x"), "of this kind");
  }

  @Test
  void archiveThatWasCutOffIsRefused() throws IOException {
    Path whole = tar("demo.tar.gz", tar -> file(tar, "demo/setup.py", "x".repeat(700), 0644));
    byte[] bytes = Files.readAllBytes(whole);
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);

    assertRefused(Files.write(folder.resolve("half.tar.gz"), half), "it ends too early");
  }

  @Test
  void tenGigabytesOfZerosInATinyArchiveAreRefused() throws IOException {
    Path bomb = zeros("demo/zeros", TarConstants.LF_NORMAL);

    assertThat(Files.size(bomb)).isLessThan(12_000_000);
    assertRefused(bomb, "more than 67108864 bytes");
  }

  @Test
  void tenGigabytesOfNameAreRefusedBeforeTheyFillMemory() throws IOException {
    assertRefused(zeros("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME), "broken");
    assertRefused(zeros("demo/pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC), "broken");
    assertRefused(zeros("demo/link", TarConstants.LF_SYMLINK), "broken");
  }

  @Test
  void tooManyEntriesAndTooLongPathsAreRefused() throws IOException {
    Filling many =
        tar -> {
          for (int i = 0; i <= SMALL.maxEntries(); i++) {
            folder(tar, "demo/" + i + "/");
          }
        };
    assertRefused(tar("demo.tar.gz", many), "more than 1000 entries");
    assertRefused(
        tar("demo.tar.gz", tar -> file(tar, "demo/" + "x/".repeat(150) + "y", "", 0644)),
        "too long");
  }

  @Test
  void nameIsMadeHarmlessInTheReason() throws IOException {
    Unpacked unpacked =
        unpacker.unpack(
            tar("demo.tar.gz", tar -> file(tar, "../\u001b[31mred\n", "", 0644)), inner);

    assertThat(((Unpacked.UnsafeArchive) unpacked).reason())
        .isEqualTo("../?[31mred?: a path with '..'");
  }

  @Test
  void damagedArchivesAreRefusedAndNeverWriteOutside() throws IOException {
    byte[] sound =
        Files.readAllBytes(
            tar(
                "demo.tar",
                tar -> {
                  file(tar, "demo/setup.py", "x".repeat(700), 0644);
                  link(tar, "demo/link", "setup.py", TarConstants.LF_SYMLINK);
                }));
    Random random = new Random(42);
    for (int run = 0; run < 300; run++) {
      byte[] damaged = sound.clone();
      for (int hits = 1 + random.nextInt(8); hits > 0; hits--) {
        damaged[random.nextInt(1600)] = (byte) random.nextInt(256);
      }
      String name = random.nextBoolean() ? "demo-2.tar" : "demo-2.tar.gz";
      Path archive = Files.write(folder.resolve(name), damaged);
      assertThat(unpacker.unpack(archive, inner))
          .isInstanceOfAny(Unpacked.Tree.class, Unpacked.UnsafeArchive.class);
      FileTree.delete(inner);
      try (Stream<Path> outside = Files.list(folder.resolve("work"))) {
        assertThat(outside).isEmpty();
      }
    }
  }

  private void assertRefused(Path archive, String reason) throws IOException {
    Unpacked unpacked = unpacker.unpack(archive, inner);

    assertThat(unpacked).isInstanceOf(Unpacked.UnsafeArchive.class);
    assertThat(((Unpacked.UnsafeArchive) unpacked).reason()).contains(reason);
    assertThat(inner).doesNotExist();
    try (Stream<Path> outside = Files.list(folder.resolve("work"))) {
      assertThat(outside).isEmpty();
    }
  }

  /** A tar of one entry with 10 GiB of zeros: the same gzip member over and over. */
  private Path zeros(String name, byte type) throws IOException {
    int piece = 1 << 24;
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setSize(640L * piece);
    byte[] block = new byte[512];
    entry.writeEntryHeader(block, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
    header.write(block);
    Path file = folder.resolve("zeros.tar.gz");
    byte[] member = gzip(new byte[piece]);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(gzip(header.toByteArray()));
      for (int i = 0; i < 640; i++) {
        out.write(member);
      }
    }
    return file;
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }

  private Path tar(String name, Filling filling) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = compressed(name, Files.newOutputStream(file));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      filling.into(tar);
    }
    return file;
  }

  private static OutputStream compressed(String name, OutputStream out) throws IOException {
    if (name.endsWith(".bz2")) {
      return new BZip2CompressorOutputStream(out);
    }
    return name.endsWith(".tar") ? out : new GZIPOutputStream(out);
  }

  private static void file(TarArchiveOutputStream tar, String name, String content, int mode)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    entry.setMode(mode);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry(name, TarConstants.LF_DIR));
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target, byte type)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  /** What a test puts into a ZIP archive. */
  interface ZipFilling {
    void into(ZipArchiveOutputStream zip) throws IOException;
  }

  private Path zip(String name, ZipFilling filling) throws IOException {
    Path file = folder.resolve(name);
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      filling.into(zip);
    }
    return file;
  }

  private static void entry(ZipArchiveOutputStream zip, String name, int mode, String content)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setUnixMode(mode);
    zip.putArchiveEntry(entry);
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
