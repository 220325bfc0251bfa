package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.BranchStatus;
import io.github.wheelmirror.constraints.ResolvedBranch;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Orders branches from old to new: series named by letters ({@code yoga}), then by year ({@code
 * 2023.1}), then what is in development.
 */
final class BranchAge {

  /** Oldest first. */
  static final Comparator<ResolvedBranch> OLDEST_FIRST =
      Comparator.comparing((ResolvedBranch branch) -> branch.status() == BranchStatus.DEVELOPMENT)
          .thenComparing(branch -> isNumeric(branch.series()))
          .thenComparing(ResolvedBranch::series, BranchAge::compareSeries)
          .thenComparing(ResolvedBranch::name);

  private BranchAge() {}

  private static boolean isNumeric(String series) {
    return !series.isEmpty() && series.charAt(0) >= '0' && series.charAt(0) <= '9';
  }

  private static int compareSeries(String left, String right) {
    if (!isNumeric(left) || !isNumeric(right)) {
      return left.toLowerCase(Locale.ROOT).compareTo(right.toLowerCase(Locale.ROOT));
    }
    List<BigInteger> leftNumbers = numbers(left);
    List<BigInteger> rightNumbers = numbers(right);
    for (int i = 0; i < Math.min(leftNumbers.size(), rightNumbers.size()); i++) {
      int order = leftNumbers.get(i).compareTo(rightNumbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    int bySize = Integer.compare(leftNumbers.size(), rightNumbers.size());
    return bySize != 0 ? bySize : left.compareTo(right);
  }

  private static List<BigInteger> numbers(String series) {
    List<BigInteger> numbers = new ArrayList<>();
    for (String part : series.split("[^0-9]+", -1)) {
      if (!part.isEmpty()) {
        numbers.add(new BigInteger(part));
      }
    }
    return numbers;
  }
}
