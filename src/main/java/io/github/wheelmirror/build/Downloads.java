package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects the upstream wheels to copy, each once. */
final class Downloads {

  private record Wanted(RemoteFile file, Pin pin, Set<TargetId> targets) {}

  private final Comparator<TargetId> targetOrder;
  private final Map<String, Wanted> wanted = new HashMap<>();

  Downloads(Comparator<TargetId> targetOrder) {
    this.targetOrder = targetOrder;
  }

  void add(RemoteFile file, Pin pin, TargetId target) {
    wanted
        .computeIfAbsent(
            DownloadWork.id(file.filename(), StrongHash.of(file)),
            id -> new Wanted(file, pin, new TreeSet<>(targetOrder)))
        .targets()
        .add(target);
  }

  /** Sorted by file name, then hash. */
  List<DownloadWork> works() {
    return wanted.values().stream()
        .map(each -> new DownloadWork(each.file(), each.pin(), List.copyOf(each.targets())))
        .sorted(
            Comparator.comparing((DownloadWork work) -> work.file().filename())
                .thenComparing(work -> work.id()))
        .toList();
  }
}
