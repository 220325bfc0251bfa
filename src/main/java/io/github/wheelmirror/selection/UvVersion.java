package io.github.wheelmirror.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of one version in one index, those of find-links before them. */
final class UvVersion {

  private final List<UvEntry> entries = new ArrayList<>();

  void add(UvEntry entry) {
    entries.add(entry);
  }

  /**
   * The file that uv takes for this version: the best wheel, else the best sdist; an sdist whose
   * hash is better beats a wheel. Of equal ones the first. Empty if none can be used.
   */
  Optional<UvEntry> best() {
    Optional<UvEntry> wheel = best(true);
    Optional<UvEntry> sdist = best(false);
    if (wheel.isPresent() && sdist.isPresent()) {
      return sdist.get().hash().compareTo(wheel.get().hash()) > 0 ? sdist : wheel;
    }
    return wheel.or(() -> sdist);
  }

  /**
   * Whether uv passes over the version as if the index did not have it: no file can be used, and
   * one was uploaded too late. With an sdist, only sdists count.
   */
  boolean isTooNew() {
    boolean sdists = entries.stream().anyMatch(entry -> !entry.isWheel());
    return entries.stream().noneMatch(UvEntry::isUsable)
        && entries.stream()
            .filter(entry -> entry.isWheel() != sdists)
            .anyMatch(UvEntry::isUploadedTooLate);
  }

  private Optional<UvEntry> best(boolean wheels) {
    Optional<UvEntry> best = Optional.empty();
    for (UvEntry entry : entries) {
      if (entry.isUsable()
          && entry.isWheel() == wheels
          && (best.isEmpty() || entry.compareTo(best.get()) > 0)) {
        best = Optional.of(entry);
      }
    }
    return best;
  }
}
