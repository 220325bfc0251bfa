package io.github.wheelmirror.tree;

import io.github.wheelmirror.tree.Retention.Fate;
import java.util.List;
import java.util.Objects;

/**
 * What was removed from a region, or would be.
 *
 * @param snapshots all that the region holds, by channel, those that go among them
 * @param wheels all wheels before
 * @param removedWheels those that go now
 * @param removedPages project pages that go now
 * @param waiting wheels that no snapshot lists any more, and that go when their grace is over
 */
public record Pruned(
    String region,
    List<Fate> snapshots,
    Store.Amount wheels,
    Store.Amount removedWheels,
    Store.Amount removedPages,
    Store.Amount waiting) {

  /** Copies. */
  public Pruned {
    Objects.requireNonNull(region);
    snapshots = List.copyOf(snapshots);
    Objects.requireNonNull(wheels);
    Objects.requireNonNull(removedWheels);
    Objects.requireNonNull(removedPages);
    Objects.requireNonNull(waiting);
  }

  /** The snapshots that go. */
  public List<Fate> removedSnapshots() {
    return snapshots.stream().filter(fate -> !fate.isKept()).toList();
  }
}
