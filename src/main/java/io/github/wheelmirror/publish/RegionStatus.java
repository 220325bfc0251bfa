package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the channels of a folder serve, and whether a switch was cut off. */
final class RegionStatus {
  private final RegionContext region;
  private final ChannelReader channels;

  RegionStatus(RegionContext region, ChannelReader channels) {
    this.region = region;
    this.channels = channels;
  }

  /** By slug. */
  List<ChannelStatus> all() throws IOException {
    List<JournalEntry> entries = region.journal().entries();
    List<ChannelStatus> all = new ArrayList<>();
    for (String slug : channels.slugs()) {
      all.add(one(slug, entries));
    }
    return all;
  }

  private ChannelStatus one(String slug, List<JournalEntry> entries) throws IOException {
    String interrupted = Journal.open(entries, slug).map(JournalEntry::to).orElse("");
    Optional<String> current = channels.current(slug);
    if (current.isEmpty()) {
      return ChannelStatus.unreleased(slug, interrupted);
    }
    Release release = channels.release(slug, current.get(), entries);
    return new ChannelStatus(
        slug,
        Optional.of(release),
        channels.previous(slug).orElse(""),
        interrupted,
        channels.manifest(slug, release.snapshot()).files().size(),
        channels.signature(release, region.settings().signing(), region.clock().instant()));
  }
}
