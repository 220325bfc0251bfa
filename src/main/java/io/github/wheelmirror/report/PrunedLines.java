package io.github.wheelmirror.report;

import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Retention.Fate;
import java.util.ArrayList;
import java.util.List;

/** What was removed from a region, and why the rest stays. */
final class PrunedLines {

  private PrunedLines() {}

  static List<String> of(Pruned pruned, boolean dryRun) {
    List<String> lines = new ArrayList<>();
    Table table = new Table(4);
    table.row(List.of("channel", "snapshot", "stays", "unused since"));
    for (Fate fate : pruned.snapshots()) {
      table.row(
          List.of(
              fate.slug(),
              fate.snapshot().substring(0, 12),
              fate.isKept() ? fate.reason().toString().replace('-', ' ') : "no",
              fate.unused().isEmpty() ? "-" : fate.unused()));
    }
    table.lines().forEach(line -> lines.add("  " + line));
    lines.add(
        "%s: %s%d of %d snapshots, %d of %d wheels (%s) and %d pages"
            .formatted(
                pruned.region(),
                dryRun ? "would remove (nothing was changed) " : "removed ",
                pruned.removedSnapshots().size(),
                pruned.snapshots().size(),
                pruned.removedWheels().count(),
                pruned.wheels().count(),
                ByteCount.words(pruned.removedWheels().bytes()),
                pruned.removedPages().count()));
    if (pruned.waiting().count() > 0) {
      lines.add(
          "%s: %d wheels (%s) are listed by no snapshot any more and go when their grace is over"
              .formatted(
                  pruned.region(),
                  pruned.waiting().count(),
                  ByteCount.words(pruned.waiting().bytes())));
    }
    return lines;
  }
}
