package io.github.wheelmirror.python;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code RECORD}: a file of the wheel, its hash and its size (recording installed
 * packages, PEP 376, 427, 627).
 */
public final class RecordEntry {

  /** At least as good as SHA-256, which PEP 427 asks for. */
  private static final Set<String> STRONG =
      Set.of(
          "sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s");

  private static final long NO_SIZE = -1;

  private final String path;
  private final @Nullable String hashAlgorithm;
  private final byte[] digest;
  private final long size;

  private RecordEntry(String path, @Nullable String hashAlgorithm, byte[] digest, long size) {
    this.path = checkedPath(path);
    this.hashAlgorithm = hashAlgorithm;
    this.digest = digest;
    this.size = size;
  }

  /**
   * A file with its SHA-256 digest.
   *
   * @param path relative, with slashes
   * @param digest 32 bytes
   * @param size in bytes
   * @throws InvalidRecordException if the path leads elsewhere
   */
  public static RecordEntry sha256(String path, byte[] digest, long size) {
    if (digest.length != 32 || size < 0) {
      throw new InvalidRecordException("not a SHA-256 digest and a size");
    }
    return new RecordEntry(path, "sha256", digest.clone(), size);
  }

  /**
   * A file without hash and size: {@code RECORD} itself or a signature of it.
   *
   * @throws InvalidRecordException if the path leads elsewhere
   */
  public static RecordEntry unhashed(String path) {
    return new RecordEntry(path, null, new byte[0], NO_SIZE);
  }

  /** From the three fields of a line. */
  static RecordEntry parse(String path, String hash, String size) {
    long bytes = size.isEmpty() ? NO_SIZE : parseSize(size);
    if (hash.isEmpty()) {
      return new RecordEntry(path, null, new byte[0], bytes);
    }
    int equals = hash.indexOf('=');
    if (equals <= 0 || equals == hash.length() - 1) {
      throw invalid("the hash " + InvalidTextException.quote(hash) + " is not algorithm=digest");
    }
    String algorithm = hash.substring(0, equals).toLowerCase(Locale.ROOT);
    try {
      byte[] digest = Base64.getUrlDecoder().decode(hash.substring(equals + 1));
      return new RecordEntry(path, algorithm, digest, bytes);
    } catch (IllegalArgumentException e) {
      throw invalid(
          "the digest of " + InvalidTextException.quote(hash) + " is not URL-safe Base64");
    }
  }

  private static long parseSize(String text) {
    if (text.chars().allMatch(c -> PythonText.isDigit((char) c))) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw invalid("the size " + InvalidTextException.quote(text) + " is too large");
      }
    }
    throw invalid("the size " + InvalidTextException.quote(text) + " is not a number");
  }

  private static String checkedPath(String path) {
    boolean hasDrive = path.length() > 1 && path.charAt(1) == ':';
    if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0 || path.startsWith("/") || hasDrive) {
      throw invalid(
          "the path " + InvalidTextException.quote(path) + " is absolute or not one of a wheel");
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw invalid(
            "the path " + InvalidTextException.quote(path) + " has an empty or dotted segment");
      }
    }
    return path;
  }

  private static InvalidRecordException invalid(String reason) {
    return new InvalidRecordException("invalid RECORD: " + reason);
  }

  /** Relative to the root of the wheel, with slashes. */
  public String path() {
    return path;
  }

  /** Lower-case name of the hash algorithm, weak ones included; nothing if there is no hash. */
  public Optional<String> hashAlgorithm() {
    return Optional.ofNullable(hashAlgorithm);
  }

  /** Whether there is a hash at least as good as SHA-256. */
  public boolean hasStrongHash() {
    return hashAlgorithm != null && STRONG.contains(hashAlgorithm);
  }

  /** The digest in URL-safe Base64 without padding; nothing if there is no hash. */
  public Optional<String> digest() {
    return hashAlgorithm().map(algorithm -> encodedDigest());
  }

  /** Whether the digest is this one. */
  public boolean matches(byte[] otherDigest) {
    return hashAlgorithm != null && Arrays.equals(digest, otherDigest);
  }

  /** In bytes; nothing if none is written. */
  public OptionalLong size() {
    return size == NO_SIZE ? OptionalLong.empty() : OptionalLong.of(size);
  }

  private String encodedDigest() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordEntry that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The line, without its end. */
  @Override
  public String toString() {
    String hash = hashAlgorithm == null ? "" : hashAlgorithm + "=" + encodedDigest();
    String bytes = size == NO_SIZE ? "" : Long.toString(size);
    return CsvReader.quote(path) + "," + CsvReader.quote(hash) + "," + bytes;
  }
}
