package io.github.wheelmirror.index;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How to reach upstream.
 *
 * @param pip the target Python's own configuration
 * @param defaultIndexUrl pip's built-in default; empty if unknown
 * @param explicit indexes that replace pip's places, find-links that come before them
 * @param only whether nothing but the explicit ones is asked, even if they are all find-links
 * @param cache the folder for pages
 * @param limits bounds of time, size and parallelism
 * @param offline whether nothing may be asked over the network
 * @param anew whether servers are asked even for pages that they let be kept a while longer
 */
public record IndexSettings(
    PipConfiguration pip,
    String defaultIndexUrl,
    List<IndexLocation> explicit,
    boolean only,
    Path cache,
    Limits limits,
    boolean offline,
    boolean anew) {

  public IndexSettings {
    Objects.requireNonNull(pip);
    Objects.requireNonNull(defaultIndexUrl);
    explicit = List.copyOf(explicit);
    Objects.requireNonNull(cache);
    Objects.requireNonNull(limits);
  }

  /** Pages are kept for as long as their servers allow. */
  public IndexSettings(
      PipConfiguration pip,
      String defaultIndexUrl,
      List<IndexLocation> explicit,
      Path cache,
      Limits limits,
      boolean offline) {
    this(pip, defaultIndexUrl, explicit, false, cache, limits, offline, false);
  }

  /** The same, with nothing but these places. */
  public IndexSettings onlyOf(List<IndexLocation> places) {
    return new IndexSettings(pip, defaultIndexUrl, places, true, cache, limits, offline, anew);
  }

  /**
   * Bounds.
   *
   * @param downloads requests at once
   * @param page the longest time for one page, and for a file that comes too slowly
   * @param pageBytes the biggest page
   * @param fileBytes the biggest file whose size the index does not tell
   */
  public record Limits(int downloads, Duration page, int pageBytes, long fileBytes) {

    /** The usual bounds: five minutes and 64 MiB for a page, 8 GiB for a file. */
    public static Limits of(int downloads) {
      return new Limits(downloads, Duration.ofMinutes(5), 64 << 20, 8L << 30);
    }

    public Limits {
      if (downloads < 1 || pageBytes < 1 || fileBytes < 1 || page.isNegative() || page.isZero()) {
        throw new IllegalArgumentException("a limit is below one");
      }
    }
  }
}
