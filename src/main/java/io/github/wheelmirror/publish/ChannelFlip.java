package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.publish.JournalEntry.Operation;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves a channel's pointer: announced in the journal, compared with what the caller expects, done
 * by one rename. The caller holds the channel's lock.
 */
final class ChannelFlip {
  private final RegionContext region;
  private final ChannelReader channels;
  private final WorkFolder work;
  private final String slug;

  ChannelFlip(RegionContext region, ChannelReader channels, WorkFolder work, String slug) {
    this.region = region;
    this.channels = channels;
    this.work = work;
    this.slug = slug;
  }

  /**
   * Ends a flip that a killed run left open: finishes it if the pointer moved, else declares it
   * void.
   *
   * @return what was done, for a person
   */
  Optional<String> recover() throws IOException {
    Optional<JournalEntry> open = Journal.open(region.journal().entries(), slug);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    JournalEntry flip = open.get();
    String now = region.clock().instant().toString();
    String which = "the interrupted release " + flip.serial() + " of " + slug;
    region.faults().at("recover");
    if (channels.current(slug).equals(Optional.of(flip.to()))) {
      finish(flip);
      return Optional.of("finished " + which);
    }
    restorePrevious(flip);
    region.journal().append(flip.ended(Operation.VOID, now));
    return Optional.of("gave up " + which + ", which never became visible");
  }

  /** A flip that did not happen may have said already that what is current is the one before. */
  private void restorePrevious(JournalEntry flip) throws IOException {
    Optional<String> before = channels.before(slug, flip.from());
    if (before.isPresent()) {
      region.faults().at("recover: previous");
      work.link(region.at(TreeLayout.previous(slug)), TreeLayout.channelLinkTarget(before.get()));
    }
  }

  /** Releases the snapshot, unless it is current already, with this serial or a higher one. */
  Release to(StagedRelease staged, Optional<Release> expected, long atLeast, Instant now)
      throws IOException {
    String snapshot = staged.snapshot();
    List<JournalEntry> entries = region.journal().entries();
    Optional<String> current = channels.current(slug);
    if (current.equals(Optional.of(snapshot))) {
      return channels.release(slug, snapshot, entries);
    }
    requireExpected(current, expected, entries);
    channels.manifest(slug, snapshot);
    Files.createDirectories(region.at(TreeLayout.channel(slug)));
    // also for what a killed run made there: no release rests on a name that may go
    SyncBatch.force(
        List.of(
            region.at(TreeLayout.CHANNELS), region.at(TreeLayout.STATE), region.settings().root()));
    long base = expected.map(Release::serial).orElse(0L);
    long serial = Math.max(Math.max(channels.lastSerial(slug, entries), base) + 1, atLeast);
    JournalEntry flip = JournalEntry.flip(staged, current.orElse(""), serial, now);
    region.faults().at("flip: journal");
    region.journal().append(flip);
    region.faults().at("flip: moving link");
    work.link(region.at(TreeLayout.movingLink(slug)), TreeLayout.movingLinkTarget(slug));
    region.faults().at("flip: previous");
    if (current.isPresent()) {
      work.link(region.at(TreeLayout.previous(slug)), TreeLayout.channelLinkTarget(current.get()));
    }
    region.faults().at("flip: current");
    work.link(region.at(TreeLayout.current(slug)), TreeLayout.channelLinkTarget(snapshot));
    finish(flip);
    return flip.release();
  }

  /** Writes what the pointer's new value means; every step may be repeated. */
  private void finish(JournalEntry flip) throws IOException {
    region.faults().at("finish: previous");
    if (!flip.from().isEmpty()) {
      work.link(region.at(TreeLayout.previous(slug)), TreeLayout.channelLinkTarget(flip.from()));
    }
    region.faults().at("finish: current.json");
    tell(flip.release(), flip.from());
    String url = region.settings().url();
    if (!url.isEmpty()) {
      Map<String, byte[]> files = ClientConfigs.of(url, channels.manifest(slug, flip.to()));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        region.faults().at("finish: " + file.getKey());
        work.replace(region.at(TreeLayout.channelFile(slug, file.getKey())), file.getValue());
      }
      removeOthers(files.keySet());
    }
    new OperatorCommand(region, "afterFlip", region.settings().commands().afterFlip())
        .run(slug, flip.to());
    region.faults().at("finish: journal");
    region.journal().append(flip.ended(Operation.DONE, region.clock().instant().toString()));
  }

  /** Signs again what is served, if half of the life of its signature is over. */
  void renew() throws IOException {
    Optional<Release> now = channels.release(slug);
    if (now.isPresent() && channels.isSignatureDue(slug)) {
      region.faults().at("renew");
      tell(now.get(), channels.previous(slug).orElse(""));
      new OperatorCommand(region, "afterFlip", region.settings().commands().afterFlip())
          .run(slug, now.get().snapshot());
    }
  }

  /** A branch that is served no more has no lock file of its own either. */
  private void removeOthers(Set<String> names) throws IOException {
    for (Path file : WorkFolder.children(region.at(TreeLayout.channel(slug)))) {
      String name = String.valueOf(file.getFileName());
      if (name.startsWith(ClientConfigs.LOCK) && !names.contains(name)) {
        region.faults().at("finish: remove");
        Files.deleteIfExists(file);
      }
    }
  }

  private void tell(Release release, String previous) throws IOException {
    CurrentRelease current =
        CurrentRelease.of(release, previous, region.settings().signing(), region.clock().instant());
    work.replace(region.at(TreeLayout.currentJson(slug)), Json.write(current));
  }

  private void requireExpected(
      Optional<String> current, Optional<Release> expected, List<JournalEntry> entries)
      throws IOException {
    if (current.equals(expected.map(Release::snapshot))) {
      return;
    }
    Optional<Release> other =
        current.isEmpty()
            ? Optional.empty()
            : Optional.of(channels.release(slug, current.get(), entries));
    throw new ReleaseRules(region.name()).changedMeanwhile(slug, other, expected, entries);
  }
}
