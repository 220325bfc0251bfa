package io.github.wheelmirror.tree;

import static io.github.wheelmirror.tree.ArchiveBytes.unsigned16;
import static io.github.wheelmirror.tree.ArchiveBytes.unsigned32;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A ZIP file that reads the same for those who follow its central directory and those who read it
 * from the start: uv streams wheels, pip does not, and a file that shows the two of them different
 * content must not pass. Nothing is decompressed before sizes and places have been checked.
 */
final class ZipArchive implements Closeable {

  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_HEADER = 30;
  private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
  private static final int SCAN = 1 << 16;
  private static final long OPEN = 0xffffffffL;

  private final FileChannel channel;
  private final ArchiveBytes archive;
  private final List<ZipMember> members;
  private final Map<ZipMember, Long> dataOffsets = new HashMap<>();
  private final List<WheelProblem> warnings = new ArrayList<>();

  private ZipArchive(FileChannel channel, WheelLimits limits) throws IOException {
    this.channel = channel;
    this.archive = new ArchiveBytes(channel);
    ZipEnd end = ZipEnd.find(archive);
    this.members = List.copyOf(new ZipDirectory(archive).read(end, limits));
    checkSizes(limits);
    checkPlaces(end.offset());
  }

  /**
   * Opens an archive and checks its structure.
   *
   * @throws DamagedWheelException if it is not sound
   */
  static ZipArchive open(Path file, WheelLimits limits) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new ZipArchive(channel, limits);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** In the central directory's order. */
  List<ZipMember> members() {
    return members;
  }

  /** What is odd about the structure without misleading a reader. */
  List<WheelProblem> warnings() {
    return List.copyOf(warnings);
  }

  /** The content of a member; ends with an exception unless size and checksum are right. */
  InputStream open(ZipMember member) {
    Long offset = dataOffsets.get(member);
    if (offset == null) {
      throw new IllegalArgumentException("not a member: " + member);
    }
    return new MemberStream(archive, member, offset);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void checkSizes(WheelLimits limits) throws DamagedWheelException {
    long total = 0;
    for (ZipMember member : members) {
      if (member.isEncrypted() || member.isPatch()) {
        throw damaged("zip-encrypted", member, "is encrypted");
      }
      if (member.method() != ZipMember.STORED && member.method() != ZipMember.DEFLATED) {
        throw damaged("zip-method", member, "is compressed with method " + member.method());
      }
      if (member.method() == ZipMember.STORED && member.size() != member.compressedSize()) {
        throw damaged("zip-directory", member, "is stored with two sizes");
      }
      if (member.size() > limits.uncompressed() - total) {
        throw new DamagedWheelException(
            "zip-too-large", "it unpacks to more than " + limits.uncompressed() + " bytes");
      }
      total += member.size();
    }
    if (total > WheelLimits.FREE && total / limits.ratio() > archive.size()) {
      throw new DamagedWheelException(
          "zip-bomb", archive.size() + " bytes would unpack to " + total);
    }
  }

  /** Members must lie one after the other, each where its own header says the same as the list. */
  private void checkPlaces(long end) throws IOException {
    List<ZipMember> inOrder = new ArrayList<>(members);
    inOrder.sort(Comparator.comparingLong(ZipMember::headerOffset));
    long position = 0;
    ZipMember before = null;
    for (ZipMember member : inOrder) {
      checkGap(before, position, member.headerOffset());
      position = checkLocalHeader(member, end);
      before = member;
    }
    checkGap(before, position, end);
  }

  /** Returns where its data end. */
  private long checkLocalHeader(ZipMember member, long end) throws IOException {
    ByteBuffer header = archive.read(member.headerOffset(), LOCAL_HEADER);
    if (header.getInt(0) != LOCAL_SIGNATURE) {
      throw damaged("zip-local-header", member, "has no local header");
    }
    int nameLength = unsigned16(header, 26);
    int extraLength = unsigned16(header, 28);
    ByteBuffer rest = archive.read(member.headerOffset() + LOCAL_HEADER, nameLength + extraLength);
    byte[] name = new byte[nameLength];
    rest.get(name);
    ByteBuffer extra = rest.slice().order(rest.order());
    if (!ZipDirectory.decode(name).equals(member.name())) {
      throw damaged("zip-local-header", member, "has another name in its local header");
    }
    if (unsigned16(header, 6) != member.flags() || unsigned16(header, 8) != member.method()) {
      throw damaged("zip-local-header", member, "has other flags in its local header");
    }
    long[] sizes = {unsigned32(header, 22), unsigned32(header, 18)};
    long crc = unsigned32(header, 14);
    boolean open = member.hasDescriptor() && crc == 0;
    if (!open && (sizes[0] == OPEN || sizes[1] == OPEN)) {
      ZipDirectory.widen(sizes, ZipDirectory.extraField(extra, 1), member.name());
    }
    boolean same =
        crc == member.crc() && sizes[0] == member.size() && sizes[1] == member.compressedSize();
    boolean lies =
        open
            && ((sizes[0] != 0 && sizes[0] != OPEN && sizes[0] != member.size())
                || (sizes[1] != 0 && sizes[1] != OPEN && sizes[1] != member.compressedSize()));
    if (lies || (!open && !same)) {
      throw damaged("zip-local-header", member, "has another size in its local header");
    }
    long data = member.headerOffset() + LOCAL_HEADER + nameLength + extraLength;
    if (data > end || member.compressedSize() > end - data) {
      throw damaged("zip-overlap", member, "reaches into the central directory");
    }
    dataOffsets.put(member, data);
    return data + member.compressedSize();
  }

  private void checkGap(@org.jspecify.annotations.Nullable ZipMember before, long from, long to)
      throws IOException {
    long gap = to - from;
    if (gap < 0) {
      throw new DamagedWheelException("zip-overlap", "two of its members overlap");
    }
    if (before != null && before.hasDescriptor()) {
      if (isDescriptor(before, from, gap)) {
        return;
      }
      throw damaged("zip-local-header", before, "has no checksum after its data");
    }
    if (gap == 0) {
      return;
    }
    if (holdsLocalHeader(from, to)) {
      throw new DamagedWheelException(
          "zip-hidden-member", "a member is hidden between those that it lists");
    }
    warnings.add(
        WheelProblem.warning("zip-gap", gap + " unused bytes before or between its members"));
  }

  private boolean isDescriptor(ZipMember member, long from, long length) throws IOException {
    if (length != 12 && length != 16 && length != 20 && length != 24) {
      return false;
    }
    ByteBuffer bytes = archive.read(from, (int) length);
    int at = length % 8 == 0 ? 4 : 0;
    boolean wide = length >= 20;
    long compressed = wide ? bytes.getLong(at + 4) : unsigned32(bytes, at + 4);
    long size = wide ? bytes.getLong(at + 12) : unsigned32(bytes, at + 8);
    return (at == 0 || bytes.getInt(0) == DESCRIPTOR_SIGNATURE)
        && unsigned32(bytes, at) == member.crc()
        && compressed == member.compressedSize()
        && size == member.size();
  }

  private boolean holdsLocalHeader(long from, long to) throws IOException {
    for (long at = from; at < to; at += SCAN) {
      // windows overlap, so that no signature falls between two
      int length = (int) Math.min(SCAN + 3L, to - at);
      ByteBuffer bytes = archive.read(at, length);
      for (int i = 0; i <= length - 4; i++) {
        if (bytes.getInt(i) == LOCAL_SIGNATURE) {
          return true;
        }
      }
    }
    return false;
  }

  private static DamagedWheelException damaged(String code, ZipMember member, String words) {
    return new DamagedWheelException(code, WheelProblem.quote(member.name()) + " " + words);
  }
}
