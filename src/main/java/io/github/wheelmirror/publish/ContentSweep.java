package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds what of the pool, or of the pages, no kept snapshot lists, and what of it may go. */
final class ContentSweep {
  private final SortedMap<String, Instant> before;
  private final Set<String> listed;
  private final Retention retention;
  private final Instant now;
  private final List<String> garbage = new ArrayList<>();
  private final SortedMap<String, Instant> marks = new TreeMap<>();
  private Store.Amount all = Store.Amount.NONE;
  private Store.Amount removed = Store.Amount.NONE;
  private Store.Amount waiting = Store.Amount.NONE;

  /**
   * @param before what earlier runs marked, as paths of the tree
   * @param listed the folders of what kept snapshots list
   */
  ContentSweep(
      SortedMap<String, Instant> before, Set<String> listed, Retention retention, Instant now) {
    this.before = before;
    this.listed = listed;
    this.retention = retention;
    this.now = now;
  }

  /**
   * Decides on one folder.
   *
   * @param bytes of all that is in it
   */
  void add(String path, long bytes) {
    all = all.plus(bytes);
    if (listed.contains(path)) {
      return;
    }
    Instant since = before.getOrDefault(path, now);
    if (retention.isOver(since, now)) {
      garbage.add(path);
      removed = removed.plus(bytes);
    } else {
      marks.put(path, since);
      waiting = waiting.plus(bytes);
    }
  }

  /** Folders that go now. */
  List<String> garbage() {
    return garbage;
  }

  /** Folders that stay marked. */
  SortedMap<String, Instant> marks() {
    return marks;
  }

  /** All that there is. */
  Store.Amount all() {
    return all;
  }

  /** What goes now. */
  Store.Amount removed() {
    return removed;
  }

  /** What goes when its grace is over. */
  Store.Amount waiting() {
    return waiting;
  }
}
