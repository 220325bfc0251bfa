package io.github.wheelmirror.report;

/** Where lines for a person go. */
public interface Lines {

  /** An ordinary line. */
  void info(String line);

  /** A line that should be seen. */
  void warn(String line);

  /**
   * A line that is told even where no other is.
   *
   * @param attention whether it should be seen as {@link #warn} lines are
   */
  void summary(String line, boolean attention);
}
