package io.github.wheelmirror.report;

import io.github.wheelmirror.tree.Store;
import java.util.ArrayList;
import java.util.List;

/** What was removed from a cache, by kind. */
final class CollectedTable {

  private CollectedTable() {}

  static List<String> lines(String cache, List<Store.Collected> kinds, boolean dryRun) {
    Table table = new Table(1);
    table.row(List.of("kind", dryRun ? "would go" : "removed", "", "kept", ""));
    long removed = 0;
    long kept = 0;
    for (Store.Collected kind : kinds) {
      table.row(row(kind.kind(), kind.removed(), kind.kept()));
      removed += kind.removed().bytes();
      kept += kind.kept().bytes();
    }
    List<String> lines = new ArrayList<>();
    table.lines().forEach(line -> lines.add("  " + line));
    lines.add(
        "%s: %s %s, %s stay"
            .formatted(
                cache,
                ByteCount.words(removed),
                dryRun ? "would be removed (nothing was changed)" : "removed",
                ByteCount.words(kept)));
    return lines;
  }

  private static List<String> row(String kind, Store.Amount removed, Store.Amount kept) {
    return List.of(
        kind,
        String.valueOf(removed.count()),
        ByteCount.words(removed.bytes()),
        String.valueOf(kept.count()),
        ByteCount.words(kept.bytes()));
  }
}
