package io.github.wheelmirror.publish;

import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.publish.ObjectStore.Listed;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReportsKept;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The reports of releases in a bucket; the front page comes last, for links lead from it. */
final class BucketReports {

  private final BucketContext region;

  BucketReports(BucketContext region) {
    this.region = region;
  }

  /** Writes one unless it is there; whether it did. */
  boolean publish(Release release, SortedMap<String, byte[]> report, BucketLocks locks)
      throws IOException {
    String front = key(release, TreeLayout.HTML_PAGE);
    if (region.store().head(front).isPresent()) {
      return false;
    }
    try (Lease shared = locks.shared()) {
      SyncBatch.each(
          report.entrySet(),
          file -> {
            if (!file.getKey().equals(TreeLayout.HTML_PAGE)) {
              shared.require();
              put(key(release, file.getKey()), file.getValue());
            }
          });
      byte[] page = report.get(TreeLayout.HTML_PAGE);
      if (page != null) {
        shared.require();
        // also what the URL of the folder answers with
        put(TreeLayout.report(release.slug(), release.serial()) + "/", page);
        put(front, page);
      }
    }
    return true;
  }

  private static String key(Release release, String path) {
    return TreeLayout.report(release.slug(), release.serial(), path);
  }

  private void put(String key, byte[] bytes) throws IOException {
    region.store().put(key, ObjectContent.of(key, bytes), Condition.NONE);
  }

  /** A file of one; nothing if there is none. */
  Optional<byte[]> read(String slug, long serial, String path) throws IOException {
    return region.store().get(TreeLayout.report(slug, serial, path)).map(ObjectStore.Stored::bytes);
  }

  /** The keys of reports whose snapshots do not stay. */
  List<String> garbage(BucketReader channels, Set<String> kept) throws IOException {
    List<String> garbage = new ArrayList<>();
    for (String slug : channels.slugs()) {
      Map<Long, List<String>> there = new TreeMap<>();
      String folder = TreeLayout.reports(slug) + "/";
      for (Listed object : region.store().list(folder)) {
        String name = object.key().substring(folder.length()).split("/", 2)[0];
        ReportsKept.serial(name)
            .ifPresent(
                serial -> there.computeIfAbsent(serial, s -> new ArrayList<>()).add(object.key()));
      }
      if (!there.isEmpty()) {
        ReportsKept.gone(there.keySet(), channels.history(slug), kept)
            .forEach(serial -> garbage.addAll(there.getOrDefault(serial, List.of())));
      }
    }
    return garbage;
  }
}
