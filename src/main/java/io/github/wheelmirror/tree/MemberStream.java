package io.github.wheelmirror.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The content of one member: never more than its declared size, and checked at its end. */
final class MemberStream extends InputStream {

  private static final int CHUNK = 1 << 16;

  private final ArchiveBytes archive;
  private final ZipMember member;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] single = new byte[1];
  private long position;
  private long left;
  private long produced;
  private boolean finished;

  MemberStream(ArchiveBytes archive, ZipMember member, long position) {
    this.archive = archive;
    this.member = member;
    this.position = position;
    this.left = member.compressedSize();
  }

  @Override
  public int read() throws IOException {
    int count = read(single, 0, 1);
    return count < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (finished) {
      return -1;
    }
    int count =
        member.method() == ZipMember.STORED
            ? stored(target, offset, length)
            : inflated(target, offset, length);
    if (count < 0) {
      finish();
      return -1;
    }
    crc.update(target, offset, count);
    produced += count;
    if (produced > member.size()) {
      throw damaged("unpacks to more than its size");
    }
    return count;
  }

  private int stored(byte[] target, int offset, int length) throws IOException {
    ByteBuffer chunk = next(length);
    int count = chunk.remaining();
    if (count == 0) {
      return -1;
    }
    chunk.get(target, offset, count);
    return count;
  }

  private int inflated(byte[] target, int offset, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(target, offset, length);
        if (count > 0) {
          return count;
        }
        if (inflater.finished()) {
          return -1;
        }
        if (inflater.needsDictionary() || left == 0) {
          throw damaged("is cut off");
        }
        if (inflater.needsInput()) {
          inflater.setInput(next(CHUNK));
        }
      }
    } catch (DataFormatException e) {
      throw damaged("cannot be decompressed");
    }
  }

  private ByteBuffer next(int length) throws IOException {
    int count = (int) Math.min(Math.min(length, CHUNK), left);
    ByteBuffer chunk = archive.read(position, count);
    position += count;
    left -= count;
    return chunk;
  }

  private void finish() throws IOException {
    finished = true;
    if (left != 0 || inflater.getRemaining() != 0) {
      throw damaged("has data after its end");
    }
    if (produced != member.size() || crc.getValue() != member.crc()) {
      throw damaged("has not the content that its checksum names");
    }
  }

  @Override
  public void close() {
    finished = true;
    inflater.end();
  }

  private DamagedWheelException damaged(String words) {
    return new DamagedWheelException(
        "zip-content", WheelProblem.quote(member.name()) + " " + words);
  }
}
