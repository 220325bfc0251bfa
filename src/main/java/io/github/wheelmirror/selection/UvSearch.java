package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The order in which uv tries versions: the highest first, stable ones before pre-releases, in one
 * index after the other or in all at once, as the strategy says.
 */
final class UvSearch {

  /** Which versions are looked at. */
  private enum Stage {
    STABLE,
    PRE_RELEASES,
    ALL;

    boolean includes(Version version) {
      return this == ALL || version.isPreRelease() == (this == PRE_RELEASES);
    }
  }

  /**
   * A version that is tried.
   *
   * @param file its best file; empty if none can be used
   */
  record Pick(Version version, Optional<UvEntry> file) {}

  private final IndexStrategy strategy;
  private final boolean preReleases;
  private final Predicate<Version> allowed;

  /** One for each index that is used, in order: the versions it has. */
  private final List<TreeMap<Version, UvVersion>> indexes = new ArrayList<>();

  /** Versions that were tried and given up, and because of what. */
  private final Map<Version, String> givenUp = new HashMap<>();

  /**
   * A search in no index yet.
   *
   * @param preReleases whether they are like any other version
   * @param allowed what requirement and constraints accept
   */
  UvSearch(IndexStrategy strategy, boolean preReleases, Predicate<Version> allowed) {
    this.strategy = strategy;
    this.preReleases = preReleases;
    this.allowed = allowed;
  }

  /**
   * Adds an index.
   *
   * @param entries its files, those of find-links before its own
   */
  void add(List<UvEntry> entries) {
    TreeMap<Version, UvVersion> versions = new TreeMap<>();
    for (UvEntry entry : entries) {
      versions.computeIfAbsent(entry.version(), version -> new UvVersion()).add(entry);
    }
    indexes.add(versions);
  }

  /** Does not try a version again, in no index. */
  void giveUp(Version version, String because) {
    givenUp.put(version, because);
  }

  /** Why a version was given up; empty if it was not. */
  Optional<String> whyGivenUp(Version version) {
    return Optional.ofNullable(givenUp.get(version));
  }

  /** What is tried next; empty if there is nothing left. */
  Optional<Pick> next() {
    if (preReleases) {
      return next(indexes, Stage.ALL);
    }
    if (strategy != IndexStrategy.UNSAFE_FIRST_MATCH) {
      return next(indexes, Stage.STABLE).or(() -> next(indexes, Stage.PRE_RELEASES));
    }
    // pre-releases of the first index come before the second index
    for (TreeMap<Version, UvVersion> index : indexes) {
      Optional<Pick> pick =
          next(List.of(index), Stage.STABLE).or(() -> next(List.of(index), Stage.PRE_RELEASES));
      if (pick.isPresent()) {
        return pick;
      }
    }
    return Optional.empty();
  }

  private Optional<Pick> next(List<TreeMap<Version, UvVersion>> some, Stage stage) {
    if (strategy == IndexStrategy.UNSAFE_BEST_MATCH) {
      return highest(some, stage);
    }
    for (TreeMap<Version, UvVersion> index : some) {
      Optional<Pick> pick = highest(List.of(index), stage);
      if (pick.isPresent()) {
        return pick;
      }
    }
    return Optional.empty();
  }

  /** The highest version of all; where several indexes have it, of the first that can be used. */
  private Optional<Pick> highest(List<TreeMap<Version, UvVersion>> some, Stage stage) {
    Optional<Pick> best = Optional.empty();
    for (TreeMap<Version, UvVersion> index : some) {
      Optional<Pick> own = highest(index, stage);
      if (best.isEmpty() || own.isPresent() && isBetter(own.get(), best.get())) {
        best = own;
      }
    }
    return best;
  }

  private static boolean isBetter(Pick pick, Pick earlier) {
    int order = pick.version().compareTo(earlier.version());
    return order > 0 || order == 0 && earlier.file().isEmpty() && pick.file().isPresent();
  }

  private Optional<Pick> highest(TreeMap<Version, UvVersion> index, Stage stage) {
    return index.descendingMap().entrySet().stream()
        .filter(each -> stage.includes(each.getKey()) && !each.getValue().isTooNew())
        .filter(each -> !givenUp.containsKey(each.getKey()) && allowed.test(each.getKey()))
        .findFirst()
        .map(each -> new Pick(each.getKey(), each.getValue().best()));
  }
}
