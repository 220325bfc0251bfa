package io.github.wheelmirror.tree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** A ZIP file written field by field, so that each of them can lie (APPNOTE 4.3). */
final class RawZip {

  final List<Member> members = new ArrayList<>();

  /** Between the last member and the central directory. */
  byte[] gap = new byte[0];

  byte[] after = new byte[0];
  int disk;

  /** What the end record says of their number beside the truth. */
  int moreMembers;

  /** What a ZIP64 end record says of their number beside the truth; none is written for null. */
  @Nullable Integer wideMoreMembers;

  /** One member; the local header says the same as the directory until told otherwise. */
  static final class Member {
    byte[] name;
    byte[] localName;
    final byte[] content;
    byte[] data;
    int flags = 1 << 11;
    int method = ZipMember.DEFLATED;
    int mode = 0100644;
    long crc;
    long size;
    long localSize;
    byte[] extra = new byte[0];

    /** Whether the directory has it. */
    boolean listed = true;

    /** Whose local header the directory points to; its own for null. */
    @Nullable Member elsewhere;

    private int offset;

    Member(String name, byte[] content) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.localName = this.name;
      this.content = content;
      this.data = deflated(content);
      var sum = new CRC32();
      sum.update(content);
      this.crc = sum.getValue();
      this.size = content.length;
      this.localSize = size;
    }

    String path() {
      return new String(name, StandardCharsets.UTF_8);
    }

    /** Says in both places that it has another size. */
    void says(long other) {
      size = other;
      localSize = other;
    }

    private static byte[] deflated(byte[] content) {
      var deflater = new Deflater(6, true);
      deflater.setInput(content);
      deflater.finish();
      var out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      deflater.end();
      return out.toByteArray();
    }
  }

  static RawZip of(Map<String, byte[]> contents) {
    var zip = new RawZip();
    contents.forEach((name, content) -> zip.members.add(new Member(name, content)));
    return zip;
  }

  /** The member with that name. */
  Member member(String path) {
    return members.stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    for (Member member : members) {
      member.offset = out.size();
      ByteBuffer header = record(30);
      header.putInt(0x04034b50).putShort((short) 20).putShort((short) member.flags);
      header.putShort((short) member.method).putInt(0x00210000).putInt((int) member.crc);
      header.putInt(member.data.length).putInt((int) member.localSize);
      header.putShort((short) member.localName.length).putShort((short) 0);
      out.writeBytes(header.array());
      out.writeBytes(member.localName);
      out.writeBytes(member.data);
    }
    out.writeBytes(gap);
    int start = out.size();
    int count = 0;
    for (Member member : members) {
      if (member.listed) {
        count++;
        directory(out, member);
      }
    }
    end(out, start, count);
    out.writeBytes(after);
    return out.toByteArray();
  }

  private static void directory(ByteArrayOutputStream out, Member member) {
    ByteBuffer header = record(46);
    header.putInt(0x02014b50).putShort((short) (3 << 8 | 20)).putShort((short) 20);
    header.putShort((short) member.flags).putShort((short) member.method).putInt(0x00210000);
    header.putInt((int) member.crc).putInt(member.data.length).putInt((int) member.size);
    header.putShort((short) member.name.length).putShort((short) member.extra.length);
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    header.putInt(member.mode << 16);
    header.putInt(member.elsewhere == null ? member.offset : member.elsewhere.offset);
    out.writeBytes(header.array());
    out.writeBytes(member.name);
    out.writeBytes(member.extra);
  }

  private void end(ByteArrayOutputStream out, int start, int count) {
    int size = out.size() - start;
    if (wideMoreMembers != null) {
      int at = out.size();
      ByteBuffer wide = record(56 + 20);
      wide.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
      wide.putInt(0).putInt(0).putLong(count + wideMoreMembers).putLong(count + wideMoreMembers);
      wide.putLong(size).putLong(start);
      wide.putInt(0x07064b50).putInt(0).putLong(at).putInt(1);
      out.writeBytes(wide.array());
    }
    ByteBuffer end = record(22);
    short number = (short) (count + moreMembers);
    end.putInt(0x06054b50).putShort((short) disk).putShort((short) disk);
    end.putShort(number).putShort(number).putInt(size).putInt(start).putShort((short) 0);
    out.writeBytes(end.array());
  }

  private static ByteBuffer record(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
