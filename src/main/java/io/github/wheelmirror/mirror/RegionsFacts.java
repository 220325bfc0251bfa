package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.report.Basis;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.report.MirrorReport.BranchFacts;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import io.github.wheelmirror.report.MirrorReport.RegionFacts;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import io.github.wheelmirror.report.Standing;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.CoverageEntry;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Staleness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What regions tell of themselves; one that cannot be asked is told as such and hides no other. */
final class RegionsFacts {

  private static final Comparator<Serving> BY_SERIAL =
      Comparator.comparingLong(serving -> serving.release().serial());

  private final Staleness staleness;
  private final Consumer<String> notes;
  private final MirrorLog log;
  private final Map<Region, List<ChannelStatus>> asked = new LinkedHashMap<>();
  private final Map<Region, String> failed = new LinkedHashMap<>();
  private final Map<Region, List<String>> waits = new LinkedHashMap<>();
  private final SortedMap<String, Newest> newest = new TreeMap<>();

  /**
   * Asks each region once.
   *
   * @param notes is told what a region that answers could not show
   * @param log is told of snapshots that are gone
   */
  RegionsFacts(List<Region> regions, Staleness staleness, Consumer<String> notes, MirrorLog log) {
    this.staleness = staleness;
    this.notes = notes;
    this.log = log;
    for (Region region : regions) {
      try {
        asked.put(region, region.status());
      } catch (MirrorException e) {
        failed.put(region, e.what() + ": " + e.why());
      }
    }
    askUpkeep();
    compare();
  }

  private void askUpkeep() {
    RegionsUpkeep upkeep = new RegionsUpkeep();
    for (Region region : asked.keySet()) {
      List<String> words = new ArrayList<>();
      try {
        words.addAll(RegionsUpkeep.due(region));
        upkeep.quarantine(region);
      } catch (MirrorException e) {
        words.add(e.what() + ": " + e.why());
      }
      waits.put(region, words);
    }
    upkeep
        .behind()
        .forEach(
            (region, words) -> waits.computeIfAbsent(region, r -> new ArrayList<>()).add(words));
  }

  private void compare() {
    Map<String, Map<Serving, ChannelStatus>> all = new TreeMap<>();
    asked.forEach(
        (region, channels) ->
            channels.forEach(
                channel ->
                    channel
                        .release()
                        .ifPresent(
                            release ->
                                all.computeIfAbsent(channel.slug(), s -> new LinkedHashMap<>())
                                    .put(new Serving(region, release), channel))));
    all.forEach((slug, serving) -> newest.put(slug, newest(serving)));
  }

  private Newest newest(Map<Serving, ChannelStatus> all) {
    Serving newest;
    try {
      newest = Serving.newest(List.copyOf(all.keySet())).orElseThrow();
    } catch (MirrorException e) {
      notes.accept("which region is ahead is told by serial alone: " + e.why());
      newest = Collections.max(all.keySet(), BY_SERIAL);
    }
    return new Newest(newest.region(), Objects.requireNonNull(all.get(newest)));
  }

  /** Those that answered. */
  List<Region> reachable() {
    return List.copyOf(asked.keySet());
  }

  /** The newest release of a channel, and a region that serves it. */
  record Newest(Region region, ChannelStatus status) {}

  /** The newest release of each channel, by slug. */
  SortedMap<String, Newest> newest() {
    return Collections.unmodifiableSortedMap(newest);
  }

  /** A line for each region and channel, in their order. */
  List<RegionFacts> lines() {
    List<RegionFacts> lines = new ArrayList<>();
    asked.forEach(
        (region, channels) -> {
          Map<String, ChannelStatus> own = new TreeMap<>();
          channels.forEach(channel -> own.put(channel.slug(), channel));
          newest
              .keySet()
              .forEach(slug -> own.putIfAbsent(slug, ChannelStatus.unreleased(slug, "")));
          // with its first channel: once is enough
          List<String> words = waits.getOrDefault(region, List.of());
          for (ChannelStatus channel : own.values()) {
            lines.add(line(region, channel, words));
            words = List.of();
          }
          if (own.isEmpty()) {
            lines.add(unknown(region.name(), Standing.UNRELEASED, words));
          }
        });
    failed.forEach(
        (region, why) -> lines.add(unknown(region.name(), Standing.UNKNOWN, List.of(why))));
    return lines;
  }

  private static RegionFacts unknown(String region, Standing standing, List<String> problems) {
    return new RegionFacts(region, "", 0, "", "", "", 0, standing, problems);
  }

  private RegionFacts line(Region region, ChannelStatus channel, List<String> ofRegion) {
    List<String> problems = new ArrayList<>();
    @Nullable Newest best = newest.get(channel.slug());
    Standing standing;
    if (channel.snapshot().isEmpty()) {
      standing = best == null ? Standing.UNRELEASED : Standing.MISSING;
    } else {
      boolean same = best == null || best.status().snapshot().equals(channel.snapshot());
      standing = same ? Standing.CURRENT : Standing.BEHIND;
      staleness.words(channel.serial(), channel.released()).ifPresent(problems::add);
      if (!channel.signature().problem().isEmpty()) {
        problems.add(channel.signature().problem());
      }
    }
    if (!channel.interrupted().isEmpty()) {
      problems.add("the release of " + channel.interrupted() + " was cut off");
    }
    problems.addAll(ofRegion);
    return new RegionFacts(
        region.name(),
        channel.slug(),
        channel.serial(),
        channel.snapshot(),
        channel.released(),
        channel.previous(),
        channel.files(),
        standing,
        problems);
  }

  /** The pins as the newest releases have them; empty if nothing is released. */
  Optional<ProjectFacts> released() {
    Map<Pin, Map<Key, List<String>>> states = new TreeMap<>();
    Map<String, BranchFacts> branches = new TreeMap<>();
    TreeSet<TargetId> targets = new TreeSet<>();
    List<WheelFile> files = new ArrayList<>();
    newest()
        .forEach(
            (slug, best) ->
                served(slug, best.status().snapshot())
                    .ifPresent(
                        found -> {
                          found.manifest().files().stream()
                              .map(ManifestFile::toWheelFile)
                              .forEach(files::add);
                          found
                              .manifest()
                              .branches()
                              .forEach(
                                  branch ->
                                      branches.putIfAbsent(
                                          branch.name(),
                                          new BranchFacts(
                                              branch.name(),
                                              branch.status().toString(),
                                              branch.state().toString(),
                                              "",
                                              List.of(),
                                              List.of())));
                          for (CoverageEntry entry : found.coverage().entries()) {
                            TargetId target = new TargetId(slug, entry.python());
                            targets.add(target);
                            states
                                .computeIfAbsent(entry.pin(), p -> new LinkedHashMap<>())
                                .computeIfAbsent(
                                    new Key(target, entry.outcome()), k -> new ArrayList<>())
                                .add(entry.branch());
                          }
                        }));
    List<PinFacts> pins = new ArrayList<>();
    states.forEach(
        (pin, of) -> {
          List<StateFacts> facts = new ArrayList<>();
          of.forEach((key, names) -> facts.add(StateFacts.of(key.target(), names, key.outcome())));
          pins.add(new PinFacts(pin, List.of(), facts));
        });
    return targets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ProjectFacts(
                "",
                Basis.RELEASED,
                List.copyOf(targets),
                List.copyOf(branches.values()),
                pins,
                files.stream().distinct().toList()));
  }

  private record Key(TargetId target, Outcome outcome) {}

  /** A released snapshot. */
  record Found(Manifest manifest, Coverage coverage) {}

  /** A snapshot that is served, as the first region has it; empty and told if none has. */
  private Optional<Found> served(String slug, String snapshot) {
    Optional<Found> found = find(slug, snapshot, log::note);
    if (found.isEmpty()) {
      notes.accept("what %s serves cannot be shown: no region tells %s".formatted(slug, snapshot));
    }
    return found;
  }

  /** A past snapshot as the first region has it that does; it may have been removed on purpose. */
  Optional<Found> snapshot(String slug, String snapshot) {
    return find(slug, snapshot, missing -> {});
  }

  private Optional<Found> find(String slug, String snapshot, Consumer<String> missing) {
    for (Region region : reachable()) {
      try {
        return Optional.of(
            new Found(region.manifest(slug, snapshot), region.coverage(slug, snapshot)));
      } catch (MirrorException e) {
        missing.accept(e.what() + ": " + e.why());
      }
    }
    return Optional.empty();
  }
}
