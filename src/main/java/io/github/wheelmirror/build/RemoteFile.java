package io.github.wheelmirror.build;

import io.github.wheelmirror.HiddenCharacter;
import io.github.wheelmirror.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file that an index offers, with what the index says about it (PEP 503, 592, 691, 700, 714).
 *
 * @param filename the last part of its name, safe to use as a file name
 * @param url absolute and without credentials; a local file is {@code find-links:<n>/<path>} or
 *     {@code index:<n>/<path>}, relative to the n-th location, so that it means the same on another
 *     machine
 * @param hashes by algorithm, sorted: {@code sha256}, {@code sha384}, {@code sha512} in lower-case
 *     hexadecimal digits; weaker ones are left out
 * @param requiresPython the specifier set as written; empty if none
 * @param yankedReason empty if none or not yanked
 * @param uploadTime an ISO 8601 instant; empty if unknown
 * @param size bytes; -1 if unknown
 * @param coreMetadata hashes of the sidecar {@code <url>.metadata}, like {@code hashes}
 * @param hasCoreMetadata whether there is such a sidecar
 * @param index the location that offers it, without credentials
 */
public record RemoteFile(
    String filename,
    String url,
    Map<String, String> hashes,
    String requiresPython,
    boolean yanked,
    String yankedReason,
    String uploadTime,
    long size,
    Map<String, String> coreMetadata,
    boolean hasCoreMetadata,
    String index) {

  private static final int LONGEST_NAME_BYTES = 255;
  private static final Map<String, Integer> HEX_DIGITS =
      Map.of("sha256", 64, "sha384", 96, "sha512", 128);

  public RemoteFile {
    String problem = problemOf(filename);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException("file name " + problem);
    }
    if (url.isEmpty()) {
      throw new IllegalArgumentException(filename + " has no URL");
    }
    hashes = strong(hashes);
    coreMetadata = strong(coreMetadata);
    Objects.requireNonNull(requiresPython);
    Objects.requireNonNull(yankedReason);
    Objects.requireNonNull(uploadTime);
    Objects.requireNonNull(index);
    if (size < -1) {
      throw new IllegalArgumentException(filename + " has the size " + size);
    }
    if (!yanked && !yankedReason.isEmpty()) {
      throw new IllegalArgumentException(filename + " is not yanked but has a reason for it");
    }
    if (!hasCoreMetadata && !coreMetadata.isEmpty()) {
      throw new IllegalArgumentException(filename + " has no metadata file but a hash of it");
    }
  }

  /** The same file with its hashes and size, for one whose index tells neither. */
  public RemoteFile measured(Map<String, String> newHashes, long newSize) {
    return new RemoteFile(
        filename,
        url,
        newHashes,
        requiresPython,
        yanked,
        yankedReason,
        uploadTime,
        newSize,
        coreMetadata,
        hasCoreMetadata,
        index);
  }

  /** Whether hashes of this algorithm are kept. */
  public static boolean isStrong(String algorithm) {
    return HEX_DIGITS.containsKey(algorithm);
  }

  /** Why the text cannot be a file's name; empty if it can. */
  public static String problemOf(String filename) {
    if (filename.isEmpty()) {
      return "is empty";
    }
    if (filename.equals(".") || filename.equals("..")) {
      return "names a folder";
    }
    if (filename.indexOf('/') >= 0 || filename.indexOf('\\') >= 0) {
      return "has a slash";
    }
    if (!isPrintableAscii(filename)) {
      if (filename.codePoints().anyMatch(RemoteFile::isUnprintable)) {
        return "has control characters";
      }
      if (filename.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES) {
        return "is longer than 255 bytes";
      }
    }
    return filename.length() > LONGEST_NAME_BYTES ? "is longer than 255 bytes" : "";
  }

  /** What nearly all names are, found out without a look at Unicode's tables. */
  private static boolean isPrintableAscii(String filename) {
    for (int i = 0; i < filename.length(); i++) {
      char character = filename.charAt(i);
      if (character < ' ' || character > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnprintable(int character) {
    int type = Character.getType(character);
    return HiddenCharacter.is(character)
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED;
  }

  private static SortedMap<String, String> strong(Map<String, String> hashes) {
    TreeMap<String, String> sorted = new TreeMap<>();
    for (Entry<String, String> hash : hashes.entrySet()) {
      Integer digits = HEX_DIGITS.get(hash.getKey());
      if (digits == null
          || hash.getValue().length() != digits
          || !Sha256.isHexadecimal(hash.getValue())) {
        throw new IllegalArgumentException(
            hash.getKey() + " is no strong hash: " + hash.getValue());
      }
      sorted.put(hash.getKey(), hash.getValue());
    }
    return Collections.unmodifiableSortedMap(sorted);
  }
}
