package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Shard;
import io.github.wheelmirror.build.ShardReport;
import io.github.wheelmirror.build.ShardSplit;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.mirror.HandOvers.HandOver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What shards handed over, put together: one result for each piece of a plan's work. Of shards that
 * did the same, the one with fewest failures counts, and among these the one whose wheels are in
 * use already; what none did is a failure that names the shard.
 */
final class GatheredWork {

  private final BuildPlan plan;
  private final List<HandOver> handOvers;
  private final Predicate<WheelFile> known;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Map<String, Shard>> shards = new HashMap<>();
  private final Map<Lost, Integer> lost = new TreeMap<>();
  private final Map<String, List<Given<WorkResult>>> downloads = new HashMap<>();
  private final Map<String, List<Given<Map<WorkTarget, WorkResult>>>> builds = new HashMap<>();

  /** A shard that did not report. */
  record Lost(String slug, Shard shard) implements Comparable<Lost> {
    @Override
    public int compareTo(Lost other) {
      return Comparator.comparing(Lost::slug)
          .thenComparing(each -> each.shard().count())
          .thenComparing(each -> each.shard().index())
          .compare(this, other);
    }
  }

  /**
   * The work.
   *
   * @param known whether a wheel is the one that its build key stands for already
   */
  GatheredWork(BuildPlan plan, List<HandOver> handOvers, Predicate<WheelFile> known) {
    this.plan = plan;
    this.handOvers = List.copyOf(handOvers);
    this.known = known;
    Map<String, Map<Integer, Integer>> votes = new TreeMap<>();
    for (HandOver each : handOvers) {
      index(each);
      votes
          .computeIfAbsent(each.report().slug(), slug -> new TreeMap<>())
          .merge(each.report().shard().count(), 1, Integer::sum);
    }
    votes.forEach(
        (slug, byCount) ->
            counts.put(
                slug,
                byCount.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey()));
  }

  /** A result and who handed it over. */
  record Given<T>(HandOver from, T result) {}

  /** The platforms that took part. */
  Set<String> slugs() {
    return counts.keySet();
  }

  /** Downloads that no shard could be asked for, as none of their platform took part. */
  List<DownloadWork> nobodys() {
    return plan.downloads().stream()
        .filter(work -> !counts.containsKey(ShardSplit.slug(work)))
        .filter(work -> downloads(work).isEmpty())
        .toList();
  }

  private void index(HandOver from) {
    for (ShardReport.Download each : from.report().downloads()) {
      downloads
          .computeIfAbsent(each.download(), id -> new ArrayList<>())
          .add(new Given<>(from, each.result()));
    }
    Map<String, Map<WorkTarget, WorkResult>> byWork = new LinkedHashMap<>();
    for (ShardReport.Build each : from.report().builds()) {
      byWork
          .computeIfAbsent(each.work(), id -> new LinkedHashMap<>())
          .put(new WorkTarget(each.work(), each.target()), each.result());
    }
    byWork.forEach(
        (id, results) ->
            builds.computeIfAbsent(id, key -> new ArrayList<>()).add(new Given<>(from, results)));
  }

  /** What shards say of a download, the best first. */
  List<Given<WorkResult>> downloads(DownloadWork work) {
    return downloads.getOrDefault(work.id(), List.of()).stream()
        .sorted(Comparator.comparing(each -> each.result() instanceof WorkResult.Failed))
        .toList();
  }

  /** What shards say of a build, all its targets from one of them, the best first. */
  List<Given<Map<WorkTarget, WorkResult>>> builds(BuildWork work) {
    return builds.getOrDefault(work.id(), List.of()).stream()
        .sorted(
            Comparator.<Given<Map<WorkTarget, WorkResult>>>comparingLong(
                    each -> work.targets().size() - done(each.result()).size())
                .thenComparing(each -> !done(each.result()).stream().allMatch(known))
                .thenComparing(
                    each ->
                        done(each.result()).stream().map(WheelFile::sha256).toList().toString()))
        .toList();
  }

  private static List<WheelFile> done(Map<WorkTarget, WorkResult> results) {
    return results.values().stream()
        .filter(WorkResult.Done.class::isInstance)
        .map(result -> ((WorkResult.Done) result).file())
        .toList();
  }

  /** The result of work that nobody did, or whose wheel did not arrive. */
  WorkResult missing(String id, String slug, Optional<String> damaged) {
    Integer count = counts.get(slug);
    if (count == null) {
      return new WorkResult.Failed(
          new Diagnosis(
              FailureClass.WAITING_FOR_AGENT,
              "no host of " + slug + " took part",
              "only a host of that platform can build it",
              "run shards of the plan on a host of " + slug + ", and gather again"),
          "");
    }
    Shard shard = shard(slug, count, id);
    lost.merge(new Lost(slug, shard), 1, Integer::sum);
    return new WorkResult.Failed(
        new Diagnosis(
            FailureClass.LOST_SHARD,
            damaged.orElse("shard " + shard + " of " + slug + " did not report it"),
            "the host that had this work was lost, or what it handed over was",
            "run shard " + shard + " again, and gather again"),
        "");
  }

  private Shard shard(String slug, int count, String id) {
    return shards
        .computeIfAbsent(
            slug,
            each -> {
              Map<String, Shard> byWork = new HashMap<>();
              for (ShardSplit.Part part : ShardSplit.parts(plan, slug, count)) {
                part.downloads().forEach(work -> byWork.put(work.id(), part.shard()));
                part.builds().forEach(work -> byWork.put(work.id(), part.shard()));
              }
              return byWork;
            })
        .getOrDefault(id, new Shard(1, count));
  }

  /** Shards that did not do their work, with how much of it is missing. */
  Map<Lost, Integer> lost() {
    return lost;
  }

  /**
   * Refuses reports that tell of work which the plan does not have.
   *
   * @throws MirrorException (input) if there are some
   */
  void refuseStrangers() {
    Set<String> ids = new TreeSet<>();
    plan.downloads().forEach(work -> ids.add(work.id()));
    Map<String, List<TargetId>> builds = new HashMap<>();
    plan.builds().forEach(work -> builds.put(work.id(), work.targets()));
    Set<String> strangers = new TreeSet<>();
    for (HandOver each : handOvers) {
      boolean strange =
          each.report().downloads().stream().anyMatch(one -> !ids.contains(one.download()))
              || each.report().builds().stream()
                  .anyMatch(
                      one -> !builds.getOrDefault(one.work(), List.of()).contains(one.target()));
      if (strange) {
        strangers.add(String.valueOf(each.folder().getFileName()));
      }
    }
    if (!strangers.isEmpty()) {
      throw MirrorException.input(
          "shards report work that their plan does not have",
          String.join(", ", strangers) + " were changed after they were written",
          "remove them, run these shards again, and gather again");
    }
  }
}
