package io.github.wheelmirror.report;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Values over time as an SVG image, a line for each series. What it shows is told in its figures'
 * table too, so that nobody needs to see it.
 */
final class LinePlot {

  private static final int WIDTH = 460;
  private static final int HEIGHT = 170;
  private static final int LEFT = 64;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 26;
  private static final int COLOURS = 4;

  private final String title;
  private final double low;
  private final double high;
  private final DoubleFunction<String> words;

  /** At a time. */
  record Point(String instant, double value, String words) {
    long seconds() {
      return Instant.parse(instant).getEpochSecond();
    }
  }

  /** A line. */
  record Series(String name, List<Point> points) {}

  /**
   * A plot.
   *
   * @param words a value of the axis for a reader
   */
  LinePlot(String title, double low, double high, DoubleFunction<String> words) {
    this.title = title;
    this.low = low;
    this.high = high > low ? high : low + 1;
    this.words = words;
  }

  /** Writes the figure; nothing if there is no point. */
  void write(Html html, List<Series> series) {
    List<Point> all = series.stream().flatMap(each -> each.points().stream()).toList();
    if (all.isEmpty()) {
      return;
    }
    long first = all.stream().mapToLong(Point::seconds).min().orElseThrow();
    long last = all.stream().mapToLong(Point::seconds).max().orElseThrow();
    html.open("figure").leaf("figcaption", title);
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "role",
        "img",
        "aria-label",
        title + "; " + String.join("; ", series.stream().map(LinePlot::words).toList()));
    axis(html);
    label(html, LEFT, HEIGHT - 8, "start", Frame.day(Instant.ofEpochSecond(first).toString()));
    if (last > first) {
      label(
          html,
          WIDTH - RIGHT,
          HEIGHT - 8,
          "end",
          Frame.day(Instant.ofEpochSecond(last).toString()));
    }
    for (int i = 0; i < series.size(); i++) {
      line(html, series.get(i), "c" + i % COLOURS, first, last);
    }
    html.closeLine();
    if (series.size() > 1) {
      legend(html, series);
    }
    html.closeLine();
  }

  private static String words(Series series) {
    List<Point> points = series.points();
    String first = points.get(0).words();
    String last = points.get(points.size() - 1).words();
    return series.name() + ", " + (points.size() == 1 ? first : first + ", to " + last);
  }

  private void axis(Html html) {
    for (double value : new double[] {low, (low + high) / 2, high}) {
      String y = number(y(value));
      html.empty(
          "line",
          "class",
          "grid",
          "x1",
          Integer.toString(LEFT),
          "x2",
          Integer.toString(WIDTH - RIGHT),
          "y1",
          y,
          "y2",
          y);
      label(html, LEFT - 6, (int) y(value) + 4, "end", words.apply(value));
    }
  }

  private static void label(Html html, int x, int y, String anchor, String text) {
    html.leaf(
        "text", text, "x", Integer.toString(x), "y", Integer.toString(y), "text-anchor", anchor);
  }

  private void line(Html html, Series series, String colour, long first, long last) {
    StringBuilder path = new StringBuilder();
    for (Point point : series.points()) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(number(x(point, first, last)))
          .append(' ')
          .append(number(y(point.value())));
    }
    html.empty("path", "class", "line " + colour, "d", path.toString());
    for (Point point : series.points()) {
      html.open(
          "circle",
          "class",
          "dot " + colour,
          "r",
          "3",
          "cx",
          number(x(point, first, last)),
          "cy",
          number(y(point.value())));
      html.leaf("title", series.name() + " " + point.words()).close();
    }
  }

  private static void legend(Html html, List<Series> series) {
    html.open("p", "class", "legend");
    for (int i = 0; i < series.size(); i++) {
      html.leaf("span", "", "class", "key c" + i % COLOURS).text(series.get(i).name() + " ");
    }
    html.closeLine();
  }

  private static double x(Point point, long first, long last) {
    int width = WIDTH - LEFT - RIGHT;
    return last == first
        ? LEFT + width / 2.0
        : LEFT + width * (point.seconds() - first) / (double) (last - first);
  }

  private double y(double value) {
    double share = (Math.min(high, Math.max(low, value)) - low) / (high - low);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
