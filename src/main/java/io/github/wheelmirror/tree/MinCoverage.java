package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.BranchStatus;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many percent of its wanted pins each branch must serve on each Python, such as {@code
 * 95,stable=99.5,unmaintained=0}.
 *
 * @param percent for branches of a status that has no number of its own, 0 to 100
 * @param byStatus the numbers of statuses, 0 to 100
 */
public record MinCoverage(double percent, Map<BranchStatus, Double> byStatus) {

  /** Nothing is asked for. */
  public static final MinCoverage NONE = new MinCoverage(0, Map.of());

  private static final Pattern ENTRY =
      Pattern.compile("(?:(?<status>[a-z-]+)\\s*=\\s*)?(?<percent>[0-9]{1,3}(?:\\.[0-9]{1,6})?)");

  public MinCoverage {
    Map<BranchStatus, Double> sorted = new EnumMap<>(BranchStatus.class);
    sorted.putAll(byStatus);
    byStatus = Collections.unmodifiableMap(sorted);
    check(percent);
    byStatus.values().forEach(MinCoverage::check);
  }

  /** The same number for all branches. */
  public static MinCoverage of(double percent) {
    return new MinCoverage(percent, Map.of());
  }

  /**
   * Reads numbers and {@code status=number}; without a bare number it is 0.
   *
   * @throws IllegalArgumentException in a person's words, for anything else
   */
  public static MinCoverage parse(List<String> entries) {
    Map<String, Double> read = new TreeMap<>();
    for (String entry : entries) {
      Matcher matcher = ENTRY.matcher(entry.strip().toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'" + entry + "' is neither a percentage nor status=percentage");
      }
      String status = matcher.group("status") == null ? "" : matcher.group("status");
      if (read.put(status, Double.valueOf(matcher.group("percent"))) != null) {
        throw new IllegalArgumentException(
            (status.isEmpty() ? "all branches" : status) + " has two percentages");
      }
    }
    Map<BranchStatus, Double> byStatus = new EnumMap<>(BranchStatus.class);
    Double percent = read.remove("");
    read.forEach((status, each) -> byStatus.put(status(status), each));
    return new MinCoverage(percent == null ? 0 : percent, byStatus);
  }

  private static BranchStatus status(String text) {
    try {
      return BranchStatus.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no branch has the status '" + text + "'", e);
    }
  }

  private static void check(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException(number(percent) + " is no percentage from 0 to 100");
    }
  }

  /** What branches of this status must reach. */
  double of(BranchStatus status) {
    return byStatus.getOrDefault(status, percent);
  }

  /** The entry that decides for this status, as it is written in the configuration. */
  String entry(BranchStatus status) {
    return byStatus.containsKey(status) ? status + "=" + number(of(status)) : number(percent);
  }

  private static String number(double percent) {
    return Double.isFinite(percent)
        ? BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString()
        : String.valueOf(percent);
  }

  /** As it is written in the configuration. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(number(percent));
    byStatus.forEach((status, each) -> text.append(',').append(entry(status)));
    return text.toString();
  }
}
