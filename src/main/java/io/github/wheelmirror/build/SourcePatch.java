package io.github.wheelmirror.build;

import io.github.wheelmirror.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Changes of an sdist's source before anything reads it.
 *
 * @param name the file's name, for a person
 * @param text a {@link UnifiedDiff} whose paths have one part too many, as for {@code patch -p1}
 */
public record SourcePatch(String name, String text) {

  /** No change that somebody wrote is bigger, and plans are read by people. */
  public static final int MAX_BYTES = 1 << 20;

  /**
   * Checks the patch.
   *
   * @throws IllegalArgumentException if it is too big or no unified diff
   */
  public SourcePatch {
    Check.filename(name);
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the patch " + name + " is bigger than " + (MAX_BYTES >> 10) + " KiB");
    }
    try {
      UnifiedDiff unused = UnifiedDiff.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the patch " + name + ": " + e.getMessage(), e);
    }
  }

  /** What it changes. */
  public UnifiedDiff diff() {
    return UnifiedDiff.parse(text);
  }

  /** What tells it from another one: its name does not matter. */
  String digest() {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
