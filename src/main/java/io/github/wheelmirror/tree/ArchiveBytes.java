package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.FileTail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Little-endian reads at a position of an archive. */
final class ArchiveBytes {

  /** Reads some bytes at a position, -1 if there are none. */
  private interface Source {
    int read(ByteBuffer buffer, long position) throws IOException;
  }

  private final Source source;
  private final long size;

  ArchiveBytes(FileChannel channel) throws IOException {
    this.source = channel::read;
    this.size = channel.size();
  }

  /** Of an archive whose beginning is somewhere else. */
  ArchiveBytes(FileTail tail) {
    this.source = (buffer, position) -> read(tail, buffer, position);
    this.size = tail.size();
  }

  private static int read(FileTail tail, ByteBuffer buffer, long position)
      throws DamagedWheelException {
    if (position < tail.start()) {
      throw new DamagedWheelException(
          "zip-truncated", "byte " + position + " of the archive is not here");
    }
    ByteBuffer rest = tail.from(position);
    int count = Math.min(rest.remaining(), buffer.remaining());
    buffer.put(rest.limit(rest.position() + count));
    return count == 0 ? -1 : count;
  }

  long size() {
    return size;
  }

  /** Exactly these bytes. */
  ByteBuffer read(long position, int length) throws IOException {
    if (position < 0 || length < 0 || position > size - length) {
      throw new DamagedWheelException(
          "zip-truncated", "the archive points outside of its " + size + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (source.read(buffer, position + buffer.position()) < 0) {
        throw new DamagedWheelException("zip-truncated", "the archive became shorter");
      }
    }
    return buffer.flip();
  }

  static int unsigned16(ByteBuffer buffer, int index) {
    return buffer.getShort(index) & 0xffff;
  }

  static long unsigned32(ByteBuffer buffer, int index) {
    return buffer.getInt(index) & 0xffffffffL;
  }
}
