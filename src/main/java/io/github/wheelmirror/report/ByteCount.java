package io.github.wheelmirror.report;

import java.util.Locale;

/** Numbers of bytes for a person. */
final class ByteCount {

  private ByteCount() {}

  static String words(long bytes) {
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1000.0);
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1_000_000_000.0);
  }
}
