package io.github.wheelmirror.selection;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A file as a page or directory lists it (PEP 503, 592, 691).
 *
 * @param filename as listed, valid or not
 * @param requiresPython the specifier set as written; empty if none
 * @param yanked whether the page says so
 * @param hashes by algorithm, in lower-case hexadecimal digits; empty if the page tells none
 */
public record ListedFile(
    String filename, String requiresPython, boolean yanked, Map<String, String> hashes) {

  /** Copies. */
  public ListedFile {
    Objects.requireNonNull(filename);
    Objects.requireNonNull(requiresPython);
    hashes = Map.copyOf(new TreeMap<>(hashes));
  }

  /** A file without hashes that is not yanked. */
  public static ListedFile of(String filename) {
    return new ListedFile(filename, "", false, Map.of());
  }
}
