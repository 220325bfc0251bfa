package io.github.wheelmirror.builder;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZUtils;

/** Reads the entries of an archive in order; the format is told by the file's name (PEP 625). */
final class ArchiveReader {

  /** More than any honest header, far less than memory: long names are read into memory. */
  private static final long HEADER_BYTES = 1 << 20;

  private static final int LINK_BYTES = 4096;

  /** Gets each entry; its content is gone when the call returns. */
  interface Visitor {
    void visit(ArchiveEntry entry) throws IOException, UnsafeArchiveException;
  }

  private ArchiveReader() {}

  static void read(Path archive, Visitor visitor) throws IOException, UnsafeArchiveException {
    String name = archive.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".zip") || name.endsWith(".whl")) {
      readZip(archive, visitor);
      return;
    }
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        InputStream plain = decompress(name, file)) {
      readTar(plain, visitor);
    }
  }

  private static InputStream decompress(String name, InputStream file)
      throws IOException, UnsafeArchiveException {
    if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
      return GzipCompressorInputStream.builder()
          .setInputStream(file)
          .setDecompressConcatenated(true)
          .get();
    }
    if (name.endsWith(".tar.bz2")) {
      return new BZip2CompressorInputStream(file, true);
    }
    if (name.endsWith(".tar.xz") && XZUtils.isXZCompressionAvailable()) {
      return XZCompressorInputStream.builder()
          .setInputStream(file)
          .setDecompressConcatenated(true)
          .get();
    }
    if (name.endsWith(".tar")) {
      return file;
    }
    throw new UnsafeArchiveException("archives of this kind are not read");
  }

  private static void readTar(InputStream plain, Visitor visitor)
      throws IOException, UnsafeArchiveException {
    try (BudgetInputStream budget = new BudgetInputStream(plain);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(budget, StandardCharsets.UTF_8.name())) {
      while (true) {
        budget.allow(HEADER_BYTES);
        TarArchiveEntry entry = tar.getNextEntry();
        if (entry == null) {
          return;
        }
        budget.allow(Long.MAX_VALUE);
        visitor.visit(
            new ArchiveEntry(
                entry.getName(),
                kind(entry),
                entry.getLinkName() == null ? "" : entry.getLinkName(),
                (entry.getMode() & 0100) != 0,
                entry.getLastModifiedTime().toInstant(),
                () -> shielded(tar)));
        // what the visitor left unread of this entry counts as the next one's header
      }
    }
  }

  /** The visitor closes its content, but the archive goes on. */
  private static InputStream shielded(InputStream tar) {
    return new FilterInputStream(tar) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
      }

      @Override
      public void close() {}
    };
  }

  private static ArchiveEntry.Kind kind(TarArchiveEntry entry) {
    if (entry.isDirectory()) {
      return ArchiveEntry.Kind.FOLDER;
    }
    if (entry.isSymbolicLink()) {
      return ArchiveEntry.Kind.SYMBOLIC_LINK;
    }
    if (entry.isLink()) {
      return ArchiveEntry.Kind.HARD_LINK;
    }
    boolean plainFile =
        !entry.isFIFO() && !entry.isBlockDevice() && !entry.isCharacterDevice() && entry.isFile();
    return plainFile ? ArchiveEntry.Kind.FILE : ArchiveEntry.Kind.OTHER;
  }

  private static void readZip(Path archive, Visitor visitor)
      throws IOException, UnsafeArchiveException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
      while (entries.hasMoreElements()) {
        ZipArchiveEntry entry = entries.nextElement();
        visitor.visit(
            new ArchiveEntry(
                entry.getName(),
                kind(entry),
                entry.isUnixSymlink() ? target(zip, entry) : "",
                (entry.getUnixMode() & 0100) != 0,
                entry.getTime() < 0 ? Instant.EPOCH : Instant.ofEpochMilli(entry.getTime()),
                () -> zip.getInputStream(entry)));
      }
    }
  }

  private static ArchiveEntry.Kind kind(ZipArchiveEntry entry) {
    if (entry.isDirectory()) {
      return ArchiveEntry.Kind.FOLDER;
    }
    if (entry.isUnixSymlink()) {
      return ArchiveEntry.Kind.SYMBOLIC_LINK;
    }
    int type = entry.getUnixMode() & 0170000;
    return type == 0 || type == 0100000 ? ArchiveEntry.Kind.FILE : ArchiveEntry.Kind.OTHER;
  }

  private static String target(ZipFile zip, ZipArchiveEntry entry)
      throws IOException, UnsafeArchiveException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes =
          (in == null ? new ByteArrayInputStream(new byte[0]) : in).readNBytes(LINK_BYTES);
      if (bytes.length == LINK_BYTES) {
        throw UnsafeArchiveException.of(entry.getName(), "its link target is too long");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
