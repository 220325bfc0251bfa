package io.github.wheelmirror.tree;

/**
 * A member of a ZIP file by its central directory.
 *
 * @param name decoded, never trusted
 * @param flags general purpose bits
 * @param method 0 stored, 8 deflated; others are refused
 * @param crc CRC-32 of the content
 * @param compressedSize bytes in the archive
 * @param size bytes of the content
 * @param headerOffset of the local header
 * @param unixMode file type and permissions, 0 if the archive has none
 */
record ZipMember(
    String name,
    int flags,
    int method,
    long crc,
    long compressedSize,
    long size,
    long headerOffset,
    int unixMode) {

  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int TYPE_MASK = 0xf000;
  private static final int TYPE_FOLDER = 0x4000;
  private static final int TYPE_FILE = 0x8000;

  /** Bit 0, strong encryption (6) and masked headers (13). */
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;

  private static final int DESCRIPTOR = 1 << 3;
  private static final int PATCH = 1 << 5;
  private static final int UTF_8 = 1 << 11;

  boolean isFolder() {
    return name.endsWith("/");
  }

  /** Whether it says to be a link, a device or anything else but a file or folder. */
  boolean isSpecial() {
    int type = unixMode & TYPE_MASK;
    return type != 0 && type != TYPE_FILE && type != TYPE_FOLDER;
  }

  boolean isEncrypted() {
    return (flags & ENCRYPTED) != 0;
  }

  boolean isPatch() {
    return (flags & PATCH) != 0;
  }

  /** Whether its name is not ASCII and nobody says that it is UTF-8 (APPNOTE, appendix D). */
  boolean hasUnmarkedName() {
    return (flags & UTF_8) == 0 && name.chars().anyMatch(c -> c > 0x7e);
  }

  /** Whether checksum and sizes follow the data instead of being in the local header. */
  boolean hasDescriptor() {
    return (flags & DESCRIPTOR) != 0;
  }
}
