package io.github.wheelmirror.selection;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file as a page or directory lists it (PEP 503, 592, 691, 700).
 *
 * @param filename as listed, valid or not; a page may list a name twice
 * @param requiresPython the specifier set as written; empty if none
 * @param yanked whether the page says so
 * @param hashes by algorithm, in lower-case hexadecimal digits; empty if the page tells none
 * @param uploaded when, as the page says; null if it does not
 * @param local whether it is a file of this machine
 * @param measured hashes of a local file that no page tells, like {@code hashes}; no tool asks for
 *     them before it has chosen
 */
public record ListedFile(
    String filename,
    String requiresPython,
    boolean yanked,
    Map<String, String> hashes,
    @Nullable Instant uploaded,
    boolean local,
    Map<String, String> measured) {

  /** Copies. */
  public ListedFile {
    Objects.requireNonNull(filename);
    Objects.requireNonNull(requiresPython);
    hashes = Map.copyOf(new TreeMap<>(hashes));
    measured = Map.copyOf(new TreeMap<>(measured));
  }

  /** A remote file that the page tells no upload time of. */
  public ListedFile(
      String filename, String requiresPython, boolean yanked, Map<String, String> hashes) {
    this(filename, requiresPython, yanked, hashes, null, false, Map.of());
  }

  /** A file without hashes that is not yanked. */
  public static ListedFile of(String filename) {
    return new ListedFile(filename, "", false, Map.of());
  }

  /** All hashes that are known, told or not. */
  Map<String, String> knownHashes() {
    return hashes.isEmpty() ? measured : hashes;
  }
}
