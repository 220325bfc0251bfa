package io.github.wheelmirror.tree;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the files that no branch has pinned for so long that they need not be listed any more. */
public final class Superseded {
  private final Duration keep;
  private final Instant now;

  /**
   * @param keep for how long a file stays listed after the last branch pinned another version
   * @param now counts as the present
   */
  public Superseded(Duration keep, Instant now) {
    this.keep = keep;
    this.now = now;
  }

  /**
   * The names of those files of the current release.
   *
   * @param history the channel's releases, oldest first
   * @param manifests of snapshots by id; nothing for one that is not held any more
   * @return nothing if a release within that time is not held any more: nobody knows what it pinned
   */
  public Set<String> of(
      List<Release> history, Manifest current, Function<String, Optional<Manifest>> manifests) {
    Set<String> over = new HashSet<>();
    current.files().stream()
        .filter(ManifestFile::superseded)
        .forEach(file -> over.add(file.filename()));
    Instant since = now.minus(keep);
    if (over.isEmpty()
        || history.isEmpty()
        || Instant.parse(history.get(0).released()).isAfter(since)) {
      return Set.of();
    }
    for (int i = 0; i < history.size(); i++) {
      boolean within =
          i == history.size() - 1 || Instant.parse(history.get(i + 1).released()).isAfter(since);
      if (within) {
        Optional<Manifest> manifest = manifests.apply(history.get(i).snapshot());
        if (manifest.isEmpty()) {
          return Set.of();
        }
        Set<String> superseded = new HashSet<>();
        manifest.get().files().stream()
            .filter(ManifestFile::superseded)
            .forEach(file -> superseded.add(file.filename()));
        over.retainAll(superseded);
      }
    }
    return over;
  }
}
