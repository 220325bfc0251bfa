package io.github.wheelmirror.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The last bytes of a stream. Not safe for threads: one reader owns it until it has ended. */
final class Tail {

  private final byte[] ring;
  private long seen;

  Tail(int capacity) {
    ring = new byte[capacity];
  }

  void append(byte[] bytes, int length) {
    int from = Math.max(0, length - ring.length);
    seen += from;
    for (int i = from; i < length; i++) {
      ring[(int) (seen++ % ring.length)] = bytes[i];
    }
  }

  /** Lenient UTF-8; a character cut in half at the beginning is left out. */
  String text() {
    if (seen <= ring.length) {
      return new String(ring, 0, (int) seen, StandardCharsets.UTF_8);
    }
    int start = (int) (seen % ring.length);
    byte[] bytes = Arrays.copyOfRange(ring, start, ring.length + start);
    System.arraycopy(ring, 0, bytes, ring.length - start, start);
    int skip = 0;
    while (skip < 3 && (bytes[skip] & 0xC0) == 0x80) {
      skip++;
    }
    return new String(bytes, skip, bytes.length - skip, StandardCharsets.UTF_8);
  }
}
