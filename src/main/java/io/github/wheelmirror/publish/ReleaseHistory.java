package io.github.wheelmirror.publish;

import io.github.wheelmirror.publish.JournalEntry.Operation;
import io.github.wheelmirror.tree.Release;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a journal tells of a channel's releases. */
final class ReleaseHistory {

  private ReleaseHistory() {}

  /**
   * All releases that happened, oldest first; without a journal only the current one.
   *
   * @param current what the channel's pointer says, which decides
   */
  static List<Release> of(List<JournalEntry> entries, String slug, Optional<Release> current) {
    Set<Long> ended = new HashSet<>();
    for (JournalEntry entry : entries) {
      if (entry.operation() == Operation.DONE && entry.slug().equals(slug)) {
        ended.add(entry.serial());
      }
    }
    List<Release> releases = new ArrayList<>();
    for (JournalEntry flip : Journal.flips(entries, slug)) {
      if (ended.contains(flip.serial())) {
        releases.add(flip.release());
      }
    }
    if (current.isPresent()
        && (releases.isEmpty() || !releases.get(releases.size() - 1).equals(current.get()))) {
      // a killed run moved the pointer and could not say so, or the tree was copied without it
      releases.add(current.get());
    }
    return releases;
  }

  /** The snapshots that were released after the current one was released first. */
  static Set<String> rolledBack(List<Release> history) {
    List<String> released = history.stream().map(Release::snapshot).toList();
    if (released.isEmpty()) {
      return Set.of();
    }
    String current = released.get(released.size() - 1);
    Set<String> later =
        new LinkedHashSet<>(released.subList(released.indexOf(current), released.size()));
    later.remove(current);
    return later;
  }
}
