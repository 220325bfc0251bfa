package io.github.wheelmirror.build;

import java.nio.ByteBuffer;

/** The last bytes of a file that is somewhere else. No hash proves what they are. */
public final class FileTail {

  private final long size;
  private final byte[] bytes;

  /**
   * The end of a file.
   *
   * @param size bytes of the whole file
   * @param bytes its last ones; the array is not copied, nobody changes it any more
   * @throws IllegalArgumentException if there are more of them than the file has
   */
  public FileTail(long size, byte[] bytes) {
    if (bytes.length > size) {
      throw new IllegalArgumentException(bytes.length + " bytes of a file of " + size);
    }
    this.size = size;
    this.bytes = bytes;
  }

  /** Bytes of the whole file. */
  public long size() {
    return size;
  }

  /** The position in the file of the first byte that is here. */
  public long start() {
    return size - bytes.length;
  }

  /**
   * The bytes from a position of the file to its end, read-only.
   *
   * @throws IllegalArgumentException if they are not all here, or the file has no such position
   */
  public ByteBuffer from(long position) {
    if (position < start() || position > size) {
      throw new IllegalArgumentException(
          "byte " + position + " is not in the last " + bytes.length + " of " + size);
    }
    int begin = (int) (position - start());
    return ByteBuffer.wrap(bytes, begin, bytes.length - begin).asReadOnlyBuffer();
  }
}
