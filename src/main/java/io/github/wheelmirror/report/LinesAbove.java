package io.github.wheelmirror.report;

/**
 * Lines that are printed above a live area.
 *
 * @param area goes away for each
 * @param lines where they go
 */
record LinesAbove(LiveArea area, Lines lines) implements Lines {

  @Override
  public void info(String line) {
    area.around(() -> lines.info(line));
  }

  @Override
  public void warn(String line) {
    area.around(() -> lines.warn(line));
  }

  @Override
  public void summary(String line, boolean attention) {
    area.around(() -> lines.summary(line, attention));
  }
}
