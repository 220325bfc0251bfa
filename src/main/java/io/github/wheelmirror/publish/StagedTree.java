package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots that are not released yet as a server shows them: pages from their staging folders,
 * wheels from the wheelhouse, under the same URLs as after the release.
 */
public final class StagedTree implements ServedTree {
  private final List<Snapshot> snapshots;
  private final Wheelhouse wheelhouse;
  private final List<ServedTree> released;

  /**
   * @param snapshots at most one per channel
   * @param wheelhouse holds their wheels
   * @param released what has the wheels that the wheelhouse has no more
   */
  public StagedTree(
      List<Snapshot> snapshots, Wheelhouse wheelhouse, List<? extends ServedTree> released) {
    this.released = List.copyOf(released);
    this.snapshots = snapshots.stream().sorted(Comparator.comparing(Snapshot::slug)).toList();
    this.wheelhouse = wheelhouse;
  }

  @Override
  public Optional<Path> find(List<String> names) throws IOException {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String first = names.get(0);
    if (first.equals(TreeLayout.POOL)) {
      Path root = wheelhouse.root();
      Optional<Path> found = RegionTree.within(root.resolve(TreeLayout.POOL), root, names);
      for (ServedTree other : released) {
        found = found.isPresent() ? found : other.find(names);
      }
      return found;
    }
    for (Snapshot snapshot : snapshots) {
      String id = snapshot.id();
      if (first.equals(TreeLayout.movingLink(snapshot.slug()))
          || first.equals(TreeLayout.pinnedLink(id))) {
        return RegionTree.within(
            snapshot.directory(),
            snapshot.directory().resolve(TreeLayout.snapshot(id)),
            names.subList(1, names.size()));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Channel> channels() {
    List<Channel> channels = new ArrayList<>();
    snapshots.forEach(snapshot -> channels.add(new Channel(snapshot.slug(), snapshot.id())));
    return channels;
  }
}
