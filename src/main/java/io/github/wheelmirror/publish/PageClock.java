package io.github.wheelmirror.publish;

import io.github.wheelmirror.publish.JournalEntry.Operation;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives each staging that writes pages a second of its own, later than all before in the region:
 * web servers make entity tags from second and length, and two contents of one URL must never share
 * one.
 */
final class PageClock {
  private final RegionContext region;
  private final String slug;
  private Optional<FileTime> taken = Optional.empty();

  PageClock(RegionContext region, String slug) {
    this.region = region;
    this.slug = slug;
  }

  /** This staging's second; the first call writes it to the journal. */
  FileTime time() throws IOException {
    if (taken.isEmpty()) {
      region.faults().at("stage: page time");
      Instant now = region.clock().instant();
      taken =
          region
              .journal()
              .append(
                  entries -> {
                    long last = entries.stream().mapToLong(JournalEntry::pageTime).max().orElse(0);
                    return Optional.of(line(now, Math.max(now.getEpochSecond(), last + 1)));
                  })
              .map(line -> FileTime.from(Instant.ofEpochSecond(line.pageTime())));
    }
    return taken.orElseThrow();
  }

  private JournalEntry line(Instant now, long time) {
    return new JournalEntry(
        Operation.PAGES, slug, "", "", 0, time, now.toString(), Owner.self(), "");
  }
}
