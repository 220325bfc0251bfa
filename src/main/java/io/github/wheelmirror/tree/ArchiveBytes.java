package io.github.wheelmirror.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Little-endian reads at a position of an open archive. */
final class ArchiveBytes {

  private final FileChannel channel;
  private final long size;

  ArchiveBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
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
      if (channel.read(buffer, position + buffer.position()) < 0) {
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
