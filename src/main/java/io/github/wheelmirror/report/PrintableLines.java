package io.github.wheelmirror.report;

/** Lines in which nothing commands a terminal, see {@link Printable}. */
record PrintableLines(Lines lines) implements Lines {

  @Override
  public void info(String line) {
    lines.info(Printable.text(line));
  }

  @Override
  public void warn(String line) {
    lines.warn(Printable.text(line));
  }

  @Override
  public void summary(String line, boolean attention) {
    lines.summary(Printable.text(line), attention);
  }
}
