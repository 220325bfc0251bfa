package io.github.wheelmirror.python;

import io.github.wheelmirror.python.Version.PreRelease;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PEP 440's order as bytes: comparing two versions is comparing two arrays, unsigned.
 *
 * <p>The key of a version is a prefix of the keys of its local versions, and epoch, release and
 * pre-release part are a prefix of all its post-releases' keys; specifiers ask for just that.
 */
final class VersionKey implements Comparable<VersionKey> {

  private static final int END = 0;
  private static final int PART = 1;
  private static final int DEV_ONLY = 0;
  private static final int FINAL = 4;
  private static final int LOCAL_TEXT = 1;
  private static final int LOCAL_NUMBER = 2;
  private static final int LONG_NUMBER = 0xFF;

  private final byte[] bytes;
  private final int familyLength;
  private final int publicLength;

  private VersionKey(byte[] bytes, int familyLength, int publicLength) {
    this.bytes = bytes;
    this.familyLength = familyLength;
    this.publicLength = publicLength;
  }

  static VersionKey of(
      BigInteger epoch,
      List<BigInteger> release,
      @Nullable PreRelease pre,
      @Nullable BigInteger post,
      @Nullable BigInteger dev,
      @Nullable String local) {
    var out = new ByteArrayOutputStream(32);
    number(out, epoch);
    release(out, release);
    if (pre != null) {
      out.write(pre.letter().equals("a") ? 1 : pre.letter().equals("b") ? 2 : 3);
      number(out, pre.number());
    } else {
      out.write(post == null && dev != null ? DEV_ONLY : FINAL);
    }
    int familyLength = out.size();
    if (post == null) {
      out.write(END);
    } else {
      out.write(PART);
      number(out, post);
    }
    if (dev == null) {
      out.write(PART);
    } else {
      out.write(END);
      number(out, dev);
    }
    int publicLength = out.size();
    if (local != null) {
      local(out, local);
    }
    return new VersionKey(out.toByteArray(), familyLength, publicLength);
  }

  /** The order of the versions without their local parts. */
  int comparePublic(VersionKey other) {
    return Arrays.compareUnsigned(bytes, 0, publicLength, other.bytes, 0, other.publicLength);
  }

  /** Whether epoch, release and pre-release part are the same. */
  boolean sameFamily(VersionKey other) {
    return Arrays.equals(bytes, 0, familyLength, other.bytes, 0, other.familyLength);
  }

  @Override
  public int compareTo(VersionKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VersionKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Without trailing zeros, which the order ignores. */
  private static void release(ByteArrayOutputStream out, List<BigInteger> release) {
    int size = release.size();
    while (size > 0 && release.get(size - 1).signum() == 0) {
      size--;
    }
    for (BigInteger part : release.subList(0, size)) {
      out.write(PART);
      number(out, part);
    }
    out.write(END);
  }

  /** Numbers sort after texts, longer ones after their prefixes. */
  private static void local(ByteArrayOutputStream out, String local) {
    for (String part : local.split("\\.", -1)) {
      if (PythonText.isDigit(part.charAt(0)) && part.chars().allMatch(Character::isDigit)) {
        out.write(LOCAL_NUMBER);
        number(out, VersionScanner.number(part));
      } else {
        out.write(LOCAL_TEXT);
        out.writeBytes(part.getBytes(StandardCharsets.US_ASCII));
        out.write(END);
      }
    }
  }

  /** The length, then the digits to base 256: the longer number is the larger one. */
  private static void number(ByteArrayOutputStream out, BigInteger number) {
    if (number.signum() == 0) {
      out.write(0);
      return;
    }
    byte[] digits = number.toByteArray();
    int from = digits[0] == 0 ? 1 : 0;
    int length = digits.length - from;
    if (length < LONG_NUMBER) {
      out.write(length);
    } else {
      out.write(LONG_NUMBER);
      out.write(length >> 8);
      out.write(length);
    }
    out.write(digits, from, length);
  }
}
