package io.github.wheelmirror.report;

/** Where lines for a person go. */
public interface Lines {

  /** An ordinary line. */
  void info(String line);

  /** A line that should be seen. */
  void warn(String line);
}
