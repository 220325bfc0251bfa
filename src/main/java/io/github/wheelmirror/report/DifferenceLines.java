package io.github.wheelmirror.report;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.tree.SnapshotDifference;
import io.github.wheelmirror.tree.SnapshotDifference.BranchDifference;
import io.github.wheelmirror.tree.SnapshotDifference.ChangedProject;
import io.github.wheelmirror.tree.SnapshotDifference.FileChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What changed from one snapshot to another, for a person: pins of branches, then files. */
final class DifferenceLines {

  /** So many of one kind are told; all are in the JSON. */
  private static final int LISTED = 10;

  private DifferenceLines() {}

  static List<String> of(SnapshotDifference difference) {
    List<String> lines = new ArrayList<>();
    lines.add("%s from %s to %s".formatted(difference.slug(), difference.from(), difference.to()));
    if (difference.isEmpty()) {
      lines.add("  clients see no difference");
      return lines;
    }
    for (BranchDifference branch : difference.branches()) {
      add(lines, branch.branch(), "new", branch.added(), Pin::toString);
      add(lines, branch.branch(), "gone", branch.removed(), Pin::toString);
      add(lines, branch.branch(), "changed", branch.changed(), DifferenceLines::words);
      add(lines, branch.branch(), "by another file", branch.rebuilt(), Pin::toString);
    }
    List<String> files = new ArrayList<>();
    for (FileChange change : FileChange.values()) {
      if (difference.count(change) > 0) {
        files.add(difference.count(change) + " " + change.toString().replace('-', ' '));
      }
    }
    if (!files.isEmpty()) {
      lines.add("  files: " + String.join(", ", files));
    }
    lines.add(
        "  bytes: +%s, -%s"
            .formatted(
                ByteCount.words(difference.addedBytes()),
                ByteCount.words(difference.removedBytes())));
    return lines;
  }

  private static <T> void add(
      List<String> lines, String branch, String what, List<T> all, Function<T, String> words) {
    if (!all.isEmpty()) {
      int more = all.size() - LISTED;
      lines.add(
          "  %s, %d %s: %s%s"
              .formatted(
                  branch,
                  all.size(),
                  what,
                  all.stream().limit(LISTED).map(words).collect(Collectors.joining(", ")),
                  more > 0 ? " and " + more + " more" : ""));
    }
  }

  private static String words(ChangedProject changed) {
    return changed.project() + " " + words(changed.from()) + " to " + words(changed.to());
  }

  private static String words(List<Version> versions) {
    return versions.stream().map(Version::toString).collect(Collectors.joining("/"));
  }
}
