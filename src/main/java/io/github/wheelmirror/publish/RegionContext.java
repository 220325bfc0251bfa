package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.TreeLayout;
import java.nio.file.Path;
import java.time.Clock;

/** What all parts of a directory region share. */
record RegionContext(
    RegionSettings settings, RegionLocks locks, Journal journal, Faults faults, Clock clock) {

  /** Puts the parts together. */
  static RegionContext of(RegionSettings settings, Faults faults, Clock clock) {
    RegionLocks locks = new RegionLocks(settings.root(), settings.name(), settings.lockWait());
    Journal journal = new Journal(settings.root(), TreeLayout.JOURNAL, locks);
    return new RegionContext(settings, locks, journal, faults, clock);
  }

  /** The region's name. */
  String name() {
    return settings.name();
  }

  /** A path of the tree on this disk. */
  Path at(String path) {
    return settings.root().resolve(path);
  }
}
