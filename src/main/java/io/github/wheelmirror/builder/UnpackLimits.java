package io.github.wheelmirror.builder;

/**
 * How big an unpacked sdist may be.
 *
 * @param maxBytes of all files together, as unpacked
 * @param maxEntries files, folders and links
 * @param maxPathLength characters of one entry's path
 */
public record UnpackLimits(long maxBytes, int maxEntries, int maxPathLength) {

  /** 2 GiB, 200,000 entries, 1,000 characters. */
  public static final UnpackLimits DEFAULT = new UnpackLimits(2L << 30, 200_000, 1_000);

  public UnpackLimits {
    if (maxBytes <= 0 || maxEntries <= 0 || maxPathLength <= 0) {
      throw new IllegalArgumentException("limits are more than nothing");
    }
  }
}
