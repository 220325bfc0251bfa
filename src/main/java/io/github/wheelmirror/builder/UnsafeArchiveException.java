package io.github.wheelmirror.builder;

/** Carries a refusal out of the depth of unpacking; never leaves {@link SdistUnpacker}. */
final class UnsafeArchiveException extends Exception {

  UnsafeArchiveException(String reason) {
    super(reason);
  }

  /** With the entry's name made harmless for a log. */
  static UnsafeArchiveException of(String entry, String reason) {
    String shown = entry.length() > 120 ? entry.substring(0, 120) + "…" : entry;
    return new UnsafeArchiveException(shown.replaceAll("\\p{Cntrl}", "?") + ": " + reason);
  }
}
