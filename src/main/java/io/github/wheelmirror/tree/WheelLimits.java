package io.github.wheelmirror.tree;

/**
 * How large the content of a wheel may be before it is taken for an attack on disk, memory or time.
 *
 * @param members files and folders in the archive
 * @param uncompressed bytes of all members together
 * @param ratio of uncompressed to compressed bytes, for archives of more than {@link #FREE} bytes
 * @param infoFile bytes of a file in {@code .dist-info} that is read into memory
 */
public record WheelLimits(int members, long uncompressed, int ratio, int infoFile) {

  /** Uncompressed bytes below which the ratio does not matter. */
  public static final long FREE = 64L << 20;

  /** Several times what the largest real wheels have. */
  public static final WheelLimits DEFAULT = new WheelLimits(200_000, 16L << 30, 100, 16 << 20);
}
