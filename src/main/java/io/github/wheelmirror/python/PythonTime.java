package io.github.wheelmirror.python;

/** What Python's {@code datetime} can tell. */
public final class PythonTime {
  private static final int LAST_YEAR = 9999;

  private PythonTime() {}

  /** Whether it knows the year; a time of another one makes all that tells it unreadable. */
  public static boolean hasYear(int year) {
    return year >= 1 && year <= LAST_YEAR;
  }
}
