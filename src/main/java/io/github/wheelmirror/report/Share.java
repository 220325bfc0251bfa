package io.github.wheelmirror.report;

import java.util.Locale;

/**
 * How many of the wanted pins are served. What is excluded or not for a target is not wanted.
 *
 * @param served not more than are wanted
 */
public record Share(int served, int wanted) {

  /** Nothing is wanted. */
  public static final Share NONE = new Share(0, 0);

  private static final int ALL = 10_000;

  public Share {
    if (served < 0 || served > wanted) {
      throw new IllegalArgumentException(served + " of " + wanted + " are no share");
    }
  }

  /** Both together. */
  public Share plus(Share other) {
    return new Share(served + other.served, wanted + other.wanted);
  }

  /** How many are lacking. */
  int lacking() {
    return wanted - served;
  }

  /** In percent, rounded down to two decimals: 100 is all of them. */
  double percent() {
    return wanted == 0 ? 100 : (long) served * ALL / wanted / 100.0;
  }

  /** {@code 99.82 %}, {@code 100 %}, or {@code –} if nothing is wanted. */
  String words() {
    if (wanted == 0) {
      return "–";
    }
    return served == wanted ? "100 %" : String.format(Locale.ROOT, "%.2f %%", percent());
  }
}
