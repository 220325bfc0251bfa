package io.github.wheelmirror.report;

import io.github.wheelmirror.Seen;

/**
 * Passes lines on and notes the warnings among them.
 *
 * @param lines where they go
 * @param seen gets the warnings
 */
public record NotedLines(Lines lines, Seen seen) implements Lines {

  @Override
  public void info(String line) {
    lines.info(line);
  }

  @Override
  public void summary(String line, boolean attention) {
    lines.summary(line, attention);
  }

  @Override
  public void warn(String line) {
    seen.warned(line);
    lines.warn(line);
  }
}
