package io.github.wheelmirror.python;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PEP 440 version: {@code [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]}.
 *
 * <p>Equality and order are PEP 440's, so {@code 1.0} equals {@code 1.0.0}; {@link #toString} is
 * the normal form and keeps trailing zeros, so equal versions may print differently. Numbers have
 * no upper limit but {@value #MAX_DIGITS} digits, as in CPython.
 */
public final class Version implements Comparable<Version> {

  /** CPython converts no longer run of digits to a number, nor does this class. */
  static final int MAX_DIGITS = 4300;

  /**
   * The pre-release part.
   *
   * @param letter {@code a}, {@code b} or {@code rc}
   * @param number not negative
   */
  public record PreRelease(String letter, BigInteger number) {

    /**
     * Checks the letter and the number.
     *
     * @throws IllegalArgumentException if the letter is another one or the number is negative
     */
    public PreRelease {
      if (!List.of("a", "b", "rc").contains(letter) || number.signum() < 0) {
        throw new IllegalArgumentException("not a pre-release: " + letter + number);
      }
    }

    @Override
    public String toString() {
      return letter + number;
    }
  }

  private final BigInteger epoch;
  private final List<BigInteger> release;
  private final @Nullable PreRelease pre;
  private final @Nullable BigInteger post;
  private final @Nullable BigInteger dev;
  private final @Nullable String local;
  private final String text;
  private final VersionKey key;

  /** {@code local} in its normal form. */
  Version(
      BigInteger epoch,
      List<BigInteger> release,
      @Nullable PreRelease pre,
      @Nullable BigInteger post,
      @Nullable BigInteger dev,
      @Nullable String local) {
    this.epoch = epoch;
    this.release = List.copyOf(release);
    this.pre = pre;
    this.post = post;
    this.dev = dev;
    this.local = local;
    this.text = print();
    this.key = VersionKey.of(epoch, this.release, pre, post, dev, local);
  }

  /**
   * Reads any spelling that PEP 440 allows, white space around it included.
   *
   * @throws InvalidVersionException if it is none
   */
  @JsonCreator
  public static Version parse(String text) {
    var scanner = new VersionScanner(text, 0);
    if (!scanner.scanWhole()) {
      throw new InvalidVersionException(text, scanner.reason());
    }
    return scanner.version();
  }

  /** The version, or nothing if {@code text} is not one by PEP 440. */
  public static Optional<Version> tryParse(String text) {
    var scanner = new VersionScanner(text, 0);
    return scanner.scanWhole() ? Optional.of(scanner.version()) : Optional.empty();
  }

  /** The epoch, 0 where none is written. */
  public BigInteger epoch() {
    return epoch;
  }

  /** The release numbers as written, trailing zeros included; at least one. */
  public List<BigInteger> release() {
    return release;
  }

  /** The pre-release part. */
  public Optional<PreRelease> pre() {
    return Optional.ofNullable(pre);
  }

  /** The post-release number. */
  public Optional<BigInteger> post() {
    return Optional.ofNullable(post);
  }

  /** The development release number. */
  public Optional<BigInteger> dev() {
    return Optional.ofNullable(dev);
  }

  /** The local version in its normal form, without the plus sign. */
  public Optional<String> local() {
    return Optional.ofNullable(local);
  }

  /** Whether it has a pre-release or development part; a post-release of a pre-release is one. */
  public boolean isPreRelease() {
    return pre != null || dev != null;
  }

  /** Whether it has a post-release part. */
  public boolean isPostRelease() {
    return post != null;
  }

  /** Whether it has a development part. */
  public boolean isDevRelease() {
    return dev != null;
  }

  /** Whether it has a local part. */
  public boolean hasLocal() {
    return local != null;
  }

  /** This version without its local part. */
  public Version publicVersion() {
    return local == null ? this : new Version(epoch, release, pre, post, dev, null);
  }

  /** Epoch and release only. */
  public Version baseVersion() {
    return pre == null && post == null && dev == null && local == null
        ? this
        : new Version(epoch, release, null, null, null, null);
  }

  /** This version with the shortest release: {@code 1.0.0} as {@code 1}; equal to this one. */
  public Version withoutTrailingZeros() {
    int size = release.size();
    while (size > 1 && release.get(size - 1).signum() == 0) {
      size--;
    }
    return size == release.size()
        ? this
        : new Version(epoch, release.subList(0, size), pre, post, dev, local);
  }

  /** The earliest development release of this version, without its local part. */
  Version devZero() {
    return new Version(epoch, release, pre, post, BigInteger.ZERO, null);
  }

  /** What the order compares. */
  VersionKey key() {
    return key;
  }

  @Override
  public int compareTo(Version other) {
    return key.compareTo(other.key);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Version that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** The normal form. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }

  private String print() {
    var out = new StringBuilder();
    if (epoch.signum() != 0) {
      out.append(epoch).append('!');
    }
    for (int i = 0; i < release.size(); i++) {
      BigInteger number = release.get(i);
      out.append(i == 0 ? "" : ".");
      if (number.bitLength() < Long.SIZE) {
        out.append(number.longValue());
      } else {
        out.append(number);
      }
    }
    if (pre != null) {
      out.append(pre);
    }
    if (post != null) {
      out.append(".post").append(post);
    }
    if (dev != null) {
      out.append(".dev").append(dev);
    }
    if (local != null) {
      out.append('+').append(local);
    }
    return out.toString();
  }
}
