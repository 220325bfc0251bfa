package io.github.wheelmirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * A text that changes when a file is replaced or written, or an entry of a folder comes or goes;
 * links are followed.
 */
public final class FileFact {

  private static final String ABSENT = "-";
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Clocks of file systems move in ticks; what is older than a few is seen to change. */
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);

  /** For a file system that keeps whole seconds, or two. */
  private static final long COARSE_TICK = TimeUnit.MILLISECONDS.toNanos(2100);

  private FileFact() {}

  /** The fact of what is there now, or of its absence. */
  public static String of(Path file) {
    try {
      return of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (IOException absent) {
      return ABSENT;
    }
  }

  /** The fact of a file that was looked at. */
  public static String of(BasicFileAttributes found) {
    StringBuilder fact = new StringBuilder(64);
    fact.append(found.fileKey()).append(' ');
    fact.append(found.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    if (!found.isDirectory()) {
      fact.append(' ').append(found.size());
    }
    return fact.toString();
  }

  /** Whether it is the fact of something that was there. */
  public static boolean isThere(String fact) {
    return !fact.equals(ABSENT);
  }

  /** Whether two facts are of one file, written or not in between. */
  public static boolean isSameFile(String fact, String other) {
    int end = fact.indexOf(' ');
    return end > 0 && other.regionMatches(0, fact, 0, end + 1);
  }

  /**
   * As {@link #of(Path)}, but {@code ""} for what was written so shortly ago that a further change
   * might leave the fact as it is.
   */
  static String settled(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      long modified = found.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      long age = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - modified;
      boolean coarse = modified % NANOS == 0;
      return age >= (coarse ? COARSE_TICK : TICK) ? of(found) : "";
    } catch (IOException absent) {
      return ABSENT;
    }
  }
}
