package io.github.wheelmirror.mirror;

import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.tree.Staleness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Tells what every region serves, and where regions differ. */
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

  /** Tells it. */
  public void run(List<RegionStatus> channels) {
    if (channels.isEmpty()) {
      log.note("no region has a release yet");
      return;
    }
    Map<String, TreeSet<String>> served = new LinkedHashMap<>();
    for (RegionStatus channel : channels) {
      tell(channel);
      served.computeIfAbsent(channel.slug(), s -> new TreeSet<>()).add(channel.snapshot());
    }
    served.forEach(
        (slug, snapshots) -> {
          if (snapshots.size() > 1) {
            log.warning("drift: regions serve " + snapshots.size() + " snapshots of " + slug);
          }
        });
  }

  private void tell(RegionStatus channel) {
    String name = channel.region() + " " + channel.slug() + ": ";
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
    if (!channel.interrupted().isEmpty()) {
      log.warning(
          name
              + "the release of "
              + channel.interrupted()
              + " was cut off; the next deploy finishes or voids it");
    }
  }
}
