package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Splits a plan's work on one platform into parts that take about the same time: the longest first,
 * each to the part that has least so far. A pure function of the plan, so that hosts which have the
 * same plan agree without talking.
 *
 * <p>A wheel that is downloaded for several platforms belongs to the first of them.
 */
public final class ShardSplit {

  private static final long DOWNLOAD_MILLIS = 50;
  private static final long BYTES_A_MILLI = 20_000;
  private static final long UNKNOWN_BYTES = 1_000_000;

  private ShardSplit() {}

  /**
   * One part.
   *
   * @param millis that it is expected to take, one thing after the other
   */
  public record Part(
      Shard shard, List<DownloadWork> downloads, List<BuildWork> builds, long millis) {
    public Part {
      downloads = List.copyOf(downloads);
      builds = List.copyOf(builds);
    }
  }

  private record Item(String id, long millis, List<DownloadWork> download, List<BuildWork> build) {}

  private static final class Open {
    private final int index;
    private final List<DownloadWork> downloads = new ArrayList<>();
    private final List<BuildWork> builds = new ArrayList<>();
    private long millis;

    private Open(int index) {
      this.index = index;
    }

    private int index() {
      return index;
    }

    private long millis() {
      return millis;
    }

    private void add(Item item) {
      downloads.addAll(item.download());
      builds.addAll(item.build());
      millis += item.millis();
    }
  }

  /**
   * Splits.
   *
   * @param slug the platform
   * @param count how many parts, some of which may have nothing to do
   * @return the parts in order; all work of the platform is in exactly one of them
   */
  public static List<Part> parts(BuildPlan plan, String slug, int count) {
    PriorityQueue<Open> least =
        new PriorityQueue<>(Comparator.comparing(Open::millis).thenComparing(Open::index));
    List<Open> open = new ArrayList<>();
    for (int index = 1; index <= count; index++) {
      open.add(new Open(index));
    }
    least.addAll(open);
    for (Item item : items(plan, slug)) {
      Open part = least.remove();
      part.add(item);
      least.add(part);
    }
    return open.stream()
        .map(
            part ->
                new Part(
                    new Shard(part.index, count),
                    part.downloads.stream().sorted(Comparator.comparing(DownloadWork::id)).toList(),
                    part.builds.stream().sorted(Comparator.comparing(BuildWork::id)).toList(),
                    part.millis))
        .toList();
  }

  private static List<Item> items(BuildPlan plan, String slug) {
    Map<String, Double> seconds = new HashMap<>();
    plan.durations().forEach(each -> seconds.put(each.build(), each.seconds()));
    List<Item> items = new ArrayList<>();
    for (BuildWork work : plan.builds()) {
      if (work.slug().equals(slug)) {
        double expected = seconds.getOrDefault(work.id(), BuildCost.UNKNOWN.seconds());
        items.add(new Item(work.id(), Math.round(1000 * expected), List.of(), List.of(work)));
      }
    }
    for (DownloadWork work : plan.downloads()) {
      if (slug(work).equals(slug)) {
        long bytes = work.file().size() < 0 ? UNKNOWN_BYTES : work.file().size();
        items.add(
            new Item(work.id(), DOWNLOAD_MILLIS + bytes / BYTES_A_MILLI, List.of(work), List.of()));
      }
    }
    items.sort(Comparator.comparing((Item item) -> -item.millis()).thenComparing(Item::id));
    return items;
  }

  /** The platform whose hosts download it. */
  public static String slug(DownloadWork work) {
    return work.targets().stream().sorted().map(TargetId::slug).findFirst().orElseThrow();
  }
}
