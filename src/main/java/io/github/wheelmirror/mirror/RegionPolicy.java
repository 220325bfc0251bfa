package io.github.wheelmirror.mirror;

import java.util.Locale;

/** How many regions must be able to release. */
public enum RegionPolicy {
  /** All of them; if one cannot, none does. */
  ALL,
  /** More than half of them; the others stay behind. */
  QUORUM,
  /** At least one; the others stay behind. */
  BEST_EFFORT;

  /** How many of so many. */
  int needed(int regions) {
    return switch (this) {
      case ALL -> regions;
      case QUORUM -> regions / 2 + 1;
      case BEST_EFFORT -> Math.min(1, regions);
    };
  }

  @Override
  public String toString() {
    return this == BEST_EFFORT ? "bestEffort" : name().toLowerCase(Locale.ROOT);
  }
}
