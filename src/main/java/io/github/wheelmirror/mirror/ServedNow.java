package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Staleness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the regions serve while this run verifies; each is asked once a channel. */
final class ServedNow {

  private final Outside outside;
  private final Staleness staleness;
  private final Map<String, Map<String, Optional<Release>>> known = new HashMap<>();

  ServedNow(Outside outside, Staleness staleness) {
    this.outside = outside;
    this.staleness = staleness;
  }

  /** Whether every region serves the snapshot; not if there is none. */
  boolean everywhere(String slug, String snapshot) {
    Map<String, Optional<Release>> now = of(slug);
    return !now.isEmpty()
        && now.values().stream()
            .allMatch(
                release -> release.filter(each -> each.snapshot().equals(snapshot)).isPresent());
  }

  /** Of the regions that serve another snapshot and have for too long. */
  List<Problem> stale(String slug, String snapshot) {
    List<Problem> problems = new ArrayList<>();
    of(slug)
        .forEach(
            (region, release) ->
                release
                    .flatMap(serving -> staleness.problem(region, serving, snapshot))
                    .ifPresent(problems::add));
    return problems;
  }

  /** Of the regions whose current release nobody who is trusted vouches for. */
  List<Problem> unsigned(String slug) {
    List<Problem> problems = new ArrayList<>();
    for (Region region : outside.regions()) {
      try {
        for (ChannelStatus channel : region.status()) {
          String words = channel.signature().problem();
          if (channel.slug().equals(slug) && !words.isEmpty()) {
            problems.add(
                Problem.warning(
                    "signature",
                    region.name(),
                    "release " + channel.serial() + " of " + slug + ": " + words,
                    "find out who changed it if it was signed once; the next deploy signs"));
          }
        }
      } catch (MirrorException unreadable) {
        // the release meets it again, and tells it
        continue;
      }
    }
    return problems;
  }

  private Map<String, Optional<Release>> of(String slug) {
    return known.computeIfAbsent(slug, this::ask);
  }

  private Map<String, Optional<Release>> ask(String slug) {
    Map<String, Optional<Release>> now = new HashMap<>();
    for (Region region : outside.regions()) {
      try {
        now.put(region.name(), region.current(slug));
      } catch (MirrorException unreadable) {
        // the release meets it again, and tells it
        now.put(region.name(), Optional.empty());
      }
    }
    return now;
  }
}
