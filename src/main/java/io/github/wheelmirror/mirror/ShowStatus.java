package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.SignatureState;
import io.github.wheelmirror.tree.Staleness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Tells what every region serves and waits for, and where regions differ. */
public final class ShowStatus {

  private final MirrorLog log;
  private final Staleness staleness;

  /**
   * A status that is told to this log.
   *
   * @param staleness which releases are too old
   */
  public ShowStatus(MirrorLog log, Staleness staleness) {
    this.log = log;
    this.staleness = staleness;
  }

  /**
   * Tells it.
   *
   * @throws MirrorException at the end if a region could not be read; names all of them
   */
  public void run(List<Region> regions) {
    NoRegion.refuse(regions, "to ask");
    Map<String, List<Serving>> served = new LinkedHashMap<>();
    Map<String, TreeSet<String>> slugs = new LinkedHashMap<>();
    List<MirrorException> failures = new ArrayList<>();
    RegionsUpkeep upkeep = new RegionsUpkeep();
    for (Region region : regions) {
      try {
        TreeSet<String> here = new TreeSet<>();
        for (ChannelStatus channel : region.status()) {
          tell(region.name(), channel);
          here.add(channel.slug());
          List<Serving> of = served.computeIfAbsent(channel.slug(), s -> new ArrayList<>());
          channel.release().ifPresent(release -> of.add(new Serving(region, release)));
        }
        slugs.put(region.name(), here);
        tell(region, upkeep);
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    if (served.isEmpty() && failures.isEmpty()) {
      log.note("no region has a release yet");
    }
    for (List<Serving> all : served.values()) {
      try {
        Serving.newest(all).ifPresent(newest -> tellBehind(all, newest));
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    slugs.forEach(
        (region, here) ->
            served.keySet().stream()
                .filter(slug -> !here.contains(slug))
                .forEach(slug -> log.warning("drift: " + region + " serves nothing of " + slug)));
    upkeep.behind().forEach((region, words) -> log.warning(region.name() + ": " + words));
    if (!failures.isEmpty()) {
      throw Together.of("not every region could be asked", failures);
    }
  }

  private void tellBehind(List<Serving> all, Serving newest) {
    for (Serving each : all) {
      if (!each.release().snapshot().equals(newest.release().snapshot())) {
        log.warning(
            "drift: %s serves release %d of %s and is behind %s, which serves release %d; the next deploy brings it up"
                .formatted(
                    each.region().name(),
                    each.release().serial(),
                    each.release().slug(),
                    newest.region().name(),
                    newest.release().serial()));
      }
    }
  }

  private void tell(Region region, RegionsUpkeep upkeep) {
    RegionsUpkeep.due(region).forEach(words -> log.warning(region.name() + ": " + words));
    int out = upkeep.quarantine(region).entries().size();
    if (out > 0) {
      log.note(region.name() + ": " + out + (out == 1 ? " entry" : " entries") + " in quarantine");
    }
  }

  private void tell(String region, ChannelStatus channel) {
    String name = region + " " + channel.slug() + ": ";
    if (channel.snapshot().isEmpty()) {
      log.note(name + "nothing released");
    } else {
      log.note(
          name
              + String.format(
                  Locale.ROOT,
                  "release %d of %s, %d files, snapshot %s",
                  channel.serial(),
                  channel.released(),
                  channel.files(),
                  channel.snapshot()));
      staleness
          .words(channel.serial(), channel.released())
          .ifPresent(
              words ->
                  log.warning(
                      name
                          + words
                          + "; unless nothing changed since, see why no run released: goal verify"
                          + " tells what blocks"));
    }
    if (!channel.previous().isEmpty()) {
      log.note("  before it: " + channel.previous());
    }
    if (!channel.signature().problem().isEmpty()) {
      log.warning(name + channel.signature().problem());
    } else if (channel.signature().kind() == SignatureState.Kind.VALID) {
      log.note("  signed, good until " + channel.signature().words());
    }
    if (!channel.interrupted().isEmpty()) {
      log.warning(
          name
              + "the release of "
              + channel.interrupted()
              + " was cut off; the next deploy finishes or voids it");
    }
  }
}
