package io.github.wheelmirror.tree;

import static io.github.wheelmirror.tree.ArchiveBytes.unsigned16;
import static io.github.wheelmirror.tree.ArchiveBytes.unsigned32;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where a ZIP file's central directory is, by its end records (APPNOTE 4.3.14 to 4.3.16). The end
 * must be the end of the file and nothing else in it may look like one, or two readers could see
 * two archives.
 *
 * @param members their number
 * @param offset where the central directory starts
 * @param size its bytes; the end records follow directly
 */
record ZipEnd(long members, long offset, long size) {

  private static final int SIGNATURE = 0x06054b50;
  private static final int LENGTH = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int SIGNATURE_64 = 0x06064b50;
  private static final int LENGTH_64 = 56;

  static ZipEnd find(ArchiveBytes archive) throws IOException {
    if (archive.size() < LENGTH) {
      throw new DamagedWheelException("zip-truncated", "it is too short for a ZIP file");
    }
    int window = (int) Math.min(archive.size(), LENGTH + MAX_COMMENT);
    ByteBuffer tail = archive.read(archive.size() - window, window);
    int found = -1;
    boolean any = false;
    for (int i = window - LENGTH; i >= 0; i--) {
      if (tail.getInt(i) == SIGNATURE) {
        any = true;
        if (i + LENGTH + unsigned16(tail, i + 20) == window) {
          if (found >= 0) {
            throw new DamagedWheelException("zip-ambiguous", "it has two end records");
          }
          found = i;
        }
      }
    }
    if (found < 0) {
      throw any
          ? new DamagedWheelException("zip-trailing-data", "data follows the end record")
          : new DamagedWheelException("zip-truncated", "it has no end record: cut off, or no ZIP");
    }
    ByteBuffer end = archive.read(archive.size() - window + found, LENGTH);
    return parse(archive, end, archive.size() - window + found);
  }

  private static ZipEnd parse(ArchiveBytes archive, ByteBuffer end, long position)
      throws IOException {
    long locator = position - LOCATOR_LENGTH;
    boolean wide =
        locator >= 0 && archive.read(locator, LOCATOR_LENGTH).getInt(0) == LOCATOR_SIGNATURE;
    long before = wide ? locator - LENGTH_64 : position;
    ZipEnd narrow = new ZipEnd(unsigned16(end, 10), unsigned32(end, 16), unsigned32(end, 12));
    boolean disks =
        unsigned16(end, 4) != 0
            || unsigned16(end, 6) != 0
            || unsigned16(end, 8) != unsigned16(end, 10);
    ZipEnd result = narrow;
    if (wide) {
      ByteBuffer record = archive.read(before, LENGTH_64);
      ByteBuffer pointer = archive.read(locator, LOCATOR_LENGTH);
      // an extensible record is longer; nobody writes one, and a second place could be pointed to
      if (record.getInt(0) != SIGNATURE_64
          || record.getLong(4) != LENGTH_64 - 12
          || pointer.getLong(8) != before) {
        throw new DamagedWheelException("zip-ambiguous", "its ZIP64 end record is not at the end");
      }
      result = new ZipEnd(record.getLong(32), record.getLong(48), record.getLong(40));
      disks |= record.getInt(16) != 0 || record.getInt(20) != 0;
      if (!narrow.agrees(result)) {
        throw new DamagedWheelException("zip-ambiguous", "its two end records differ");
      }
    }
    if (disks) {
      throw new DamagedWheelException("zip-disks", "it is one of several disks");
    }
    if (result.offset < 0 || result.size < 0 || result.offset != before - result.size) {
      throw new DamagedWheelException(
          "zip-ambiguous", "its central directory is not where the end record says");
    }
    return result;
  }

  /** Whether the wide record fills in only what this one leaves open. */
  private boolean agrees(ZipEnd wide) {
    return (members == 0xffff || members == wide.members)
        && (offset == 0xffffffffL || offset == wide.offset)
        && (size == 0xffffffffL || size == wide.size);
  }
}
