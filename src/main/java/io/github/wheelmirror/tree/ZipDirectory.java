package io.github.wheelmirror.tree;

import static io.github.wheelmirror.tree.ArchiveBytes.unsigned16;
import static io.github.wheelmirror.tree.ArchiveBytes.unsigned32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the central directory of a ZIP file (APPNOTE 4.3.12). */
final class ZipDirectory {

  private static final int SIGNATURE = 0x02014b50;
  private static final int HEADER = 46;
  private static final int WIDE = 0x0001;
  private static final int UNICODE_PATH = 0x7075;
  private static final int UNIX = 3;
  private static final long OPEN = 0xffffffffL;

  /** PATH_MAX of Linux; the checks of names may take time that grows with their square. */
  private static final int LONGEST_NAME = 4096;

  /** A directory that needs more memory is no wheel's. */
  private static final long MAX_BYTES = 256L << 20;

  private final ArchiveBytes archive;

  ZipDirectory(ArchiveBytes archive) {
    this.archive = archive;
  }

  /** All members, in the directory's order. */
  List<ZipMember> read(ZipEnd end, WheelLimits limits) throws IOException {
    if (end.members() < 0 || end.members() > limits.members() || end.size() > MAX_BYTES) {
      throw new DamagedWheelException(
          "zip-too-many", "it has " + Long.toUnsignedString(end.members()) + " members");
    }
    ByteBuffer bytes = archive.read(end.offset(), (int) end.size());
    List<ZipMember> members = new ArrayList<>();
    int at = 0;
    for (long i = 0; i < end.members(); i++) {
      if (at > bytes.limit() - HEADER || bytes.getInt(at) != SIGNATURE) {
        throw broken("its central directory has fewer members than it says");
      }
      int name = unsigned16(bytes, at + 28);
      int extra = unsigned16(bytes, at + 30);
      int length = HEADER + name + extra + unsigned16(bytes, at + 32);
      if (at > bytes.limit() - length) {
        throw broken("its central directory is cut off");
      }
      members.add(member(bytes, at, name, extra));
      at += length;
    }
    if (at != bytes.limit()) {
      throw broken("its central directory has more in it than its members");
    }
    return members;
  }

  private static ZipMember member(ByteBuffer bytes, int at, int nameLength, int extraLength)
      throws DamagedWheelException {
    if (nameLength > LONGEST_NAME) {
      throw new DamagedWheelException(
          "unsafe-name", "a name in it is longer than the " + LONGEST_NAME + " that systems take");
    }
    byte[] rawName = bytes(bytes, at + HEADER, nameLength);
    ByteBuffer extra =
        ByteBuffer.wrap(bytes(bytes, at + HEADER + nameLength, extraLength)).order(bytes.order());
    String name = decode(rawName);
    ByteBuffer other = extraField(extra, UNICODE_PATH);
    if (other.limit() >= 5) {
      String unicode = decode(bytes(other, 5, other.limit() - 5));
      if (!unicode.equals(name)) {
        throw broken("one member has two names, " + WheelProblem.quote(name));
      }
    }
    long[] sizes = {
      unsigned32(bytes, at + 24), unsigned32(bytes, at + 20), unsigned32(bytes, at + 42)
    };
    widen(sizes, extraField(extra, WIDE), name);
    if (unsigned16(bytes, at + 34) != 0 && unsigned16(bytes, at + 34) != 0xffff) {
      throw new DamagedWheelException("zip-disks", "it is one of several disks");
    }
    int madeBy = bytes.get(at + 5) & 0xff;
    return new ZipMember(
        name,
        unsigned16(bytes, at + 8),
        unsigned16(bytes, at + 10),
        unsigned32(bytes, at + 16),
        sizes[1],
        sizes[0],
        sizes[2],
        madeBy == UNIX ? unsigned16(bytes, at + 40) : 0);
  }

  /**
   * Fills in size, compressed size and offset, in this order, where the header leaves them open.
   */
  static void widen(long[] sizes, ByteBuffer field, String name) throws DamagedWheelException {
    int at = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == OPEN) {
        if (at > field.limit() - 8) {
          throw broken("the size of " + WheelProblem.quote(name) + " is missing");
        }
        sizes[i] = field.getLong(at);
        at += 8;
      }
      if (sizes[i] < 0) {
        throw broken("the size of " + WheelProblem.quote(name) + " is negative");
      }
    }
  }

  /** The content of an extra field; empty if there is none. Two of one kind are refused. */
  static ByteBuffer extraField(ByteBuffer extra, int kind) throws DamagedWheelException {
    ByteBuffer found = ByteBuffer.allocate(0);
    boolean any = false;
    int at = 0;
    while (at <= extra.limit() - 4) {
      int length = unsigned16(extra, at + 2);
      if (at + 4 > extra.limit() - length) {
        // old zip tools leave such bytes behind; no reader takes anything from them
        return found;
      }
      if (unsigned16(extra, at) == kind) {
        if (any) {
          throw broken("a member has two extra fields of one kind");
        }
        any = true;
        found = ByteBuffer.wrap(bytes(extra, at + 4, length)).order(extra.order());
      }
      at += 4 + length;
    }
    return found;
  }

  /** UTF-8, as wheels have it; bytes that are none come out unequal to any name in RECORD. */
  static String decode(byte[] name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      return new String(name, StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] bytes(ByteBuffer buffer, int at, int length) {
    byte[] bytes = new byte[length];
    buffer.get(at, bytes);
    return bytes;
  }

  private static DamagedWheelException broken(String words) {
    return new DamagedWheelException("zip-directory", words);
  }
}
