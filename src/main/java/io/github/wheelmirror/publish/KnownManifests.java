package io.github.wheelmirror.publish;

import io.github.wheelmirror.FileFact;
import io.github.wheelmirror.tree.Manifest;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The manifests of a region that a run read last: it needs the current one and the next one several
 * times, and reading a large one takes longer than all else of a release.
 */
final class KnownManifests {
  private static final int MOST = 2;

  private final Map<String, Known> known =
      new LinkedHashMap<>(MOST, 1, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  /**
   * One of them.
   *
   * @param fact what told its file apart when it was read, see {@link FileFact}
   */
  private record Known(String fact, SoftReference<Manifest> manifest) {}

  /** The manifest of the snapshot if its file is the one that was read. */
  synchronized Optional<Manifest> get(String snapshot, String fact) {
    Known there = known.get(snapshot);
    return there == null || !there.fact().equals(fact)
        ? Optional.empty()
        : Optional.ofNullable(there.manifest().get());
  }

  /** Remembers what was read from a file with that fact. */
  synchronized void put(String snapshot, String fact, Manifest manifest) {
    // it came or went meanwhile: what is not there must not be known by that
    if (FileFact.isThere(fact)) {
      known.put(snapshot, new Known(fact, new SoftReference<>(manifest)));
    }
  }
}
