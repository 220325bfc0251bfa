package io.github.wheelmirror.publish;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that one {@code Range} header asks for (RFC 9110 §14).
 *
 * @param first first byte, from 0
 * @param length number of bytes; 0 if the file has none of them
 */
record ByteRange(long first, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * Reads the header.
   *
   * @param size the file's size
   * @return nothing for a header that is to be ignored: several ranges, another unit, no sense
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher match = ONE.matcher(header.replace(" ", ""));
    if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (match.group(1).isEmpty()) {
      long length = Math.min(size, Long.parseLong(match.group(2)));
      return Optional.of(new ByteRange(size - length, length));
    }
    long first = Long.parseLong(match.group(1));
    long last = match.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(match.group(2));
    if (last < first) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(first, Math.max(0, Math.min(size - 1, last) - first + 1)));
  }

  /** Whether the file has any of these bytes. */
  boolean satisfiable() {
    return length > 0;
  }

  /** The answer's {@code Content-Range}. */
  String header(long size) {
    return satisfiable()
        ? "bytes " + first + "-" + (first + length - 1) + "/" + size
        : "bytes */" + size;
  }
}
