package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.report.About;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long builds will take together, from what they took before. */
final class ExpectedTime {

  private final Map<String, Double> seconds;
  private final int first;
  private final int atOnce;

  /**
   * The time of some builds.
   *
   * @param seconds by the id of the work
   * @param first how many of them were never done before, so that their times are guesses
   * @param atOnce how many run at the same time
   */
  ExpectedTime(Map<String, Double> seconds, int first, int atOnce) {
    this.seconds = Map.copyOf(seconds);
    this.first = first;
    this.atOnce = atOnce;
  }

  /** The time of these builds. */
  static ExpectedTime of(List<BuildWork> builds, Outside.Experience experience, int atOnce) {
    Map<String, Double> seconds = new HashMap<>();
    builds.forEach(work -> seconds.put(work.id(), experience.expected(work).seconds()));
    long first = builds.stream().filter(work -> experience.known(work).isEmpty()).count();
    return new ExpectedTime(seconds, (int) first, atOnce);
  }

  /** All processor time, as if one build ran at a time. */
  double sum() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  int atOnce() {
    return atOnce;
  }

  double seconds(String id) {
    return seconds.getOrDefault(id, 0.0);
  }

  /** Whether there are builds, and not all are done for the first time. */
  boolean isKnown() {
    return seconds.size() > first;
  }

  /** A sentence for people; empty if nothing is known. */
  String words() {
    if (!isKnown()) {
      return "";
    }
    double longest = seconds.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    Duration wall = Duration.ofMillis((long) (1000 * Math.max(longest, sum() / atOnce)));
    return "the builds take about "
        + About.time(wall)
        + (first == 0 ? "" : ", " + first + " of them for the first time");
  }
}
