package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.publish.BucketReader.Pointer;
import io.github.wheelmirror.publish.JournalEntry.Operation;
import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Moves a channel's pointer in a bucket: announced in the journal, compared with what the caller
 * expects, done by one conditional put. The caller holds the channel's lease; if another run took
 * that for abandoned, the put finds another pointer than the one that was read.
 */
final class BucketFlip {
  private final BucketContext region;
  private final BucketReader channels;
  private final BucketJournal journal;
  private final String slug;
  private final Lease lease;

  BucketFlip(
      BucketContext region,
      BucketReader channels,
      BucketJournal journal,
      String slug,
      Lease lease) {
    this.region = region;
    this.channels = channels;
    this.journal = journal;
    this.slug = slug;
    this.lease = lease;
  }

  /**
   * Ends flips that killed runs left open: finishes the one that moved the pointer, declares others
   * void.
   *
   * @return what was done, for a person
   */
  List<String> recover() throws IOException {
    Optional<Pointer> pointer = channels.pointer(slug);
    Optional<Release> now = pointer.map(each -> each.current().release());
    List<String> done = new ArrayList<>();
    for (long serial : BucketReader.interrupted(journal.steps(slug), now)) {
      JournalEntry flip = journal.flip(slug, serial);
      String which = "the interrupted release " + serial + " of " + slug;
      if (now.isPresent() && now.get().serial() == serial) {
        finish(flip, now.get().snapshot());
        done.add("finished " + which);
      } else {
        end(flip, Operation.VOID);
        done.add("gave up " + which + ", which never became visible");
      }
    }
    return done;
  }

  /** Releases the snapshot, unless it is current already, with this serial or a higher one. */
  Release to(StagedRelease staged, Optional<Release> expected, long atLeast, Instant now)
      throws IOException {
    String snapshot = staged.snapshot();
    Optional<Pointer> pointer = channels.pointer(slug);
    Optional<Release> current = pointer.map(each -> each.current().release());
    Optional<String> served = current.map(Release::snapshot);
    if (served.equals(Optional.of(snapshot))) {
      return current.orElseThrow();
    }
    if (!served.equals(expected.map(Release::snapshot))) {
      throw refusal(expected);
    }
    channels.manifest(slug, snapshot);
    long base =
        Math.max(current.map(Release::serial).orElse(0L), expected.map(Release::serial).orElse(0L));
    Optional<JournalEntry> announced =
        announce(staged, served.orElse(""), Math.max(base + 1, atLeast), now);
    if (announced.isEmpty()) {
      throw refusal(expected);
    }
    JournalEntry flip = announced.get();
    lease.require();
    Release release = flip.release();
    Condition unchanged =
        pointer.map(each -> Condition.unchanged(each.object())).orElse(Condition.ABSENT);
    if (!point(release, flip.from(), unchanged)) {
      end(flip, Operation.VOID);
      throw refusal(expected);
    }
    finish(flip, snapshot);
    return release;
  }

  /** Nothing if another run announces a release with the same serial. */
  private Optional<JournalEntry> announce(
      StagedRelease staged, String from, long atLeast, Instant now) throws IOException {
    SortedMap<Long, Set<Operation>> steps = journal.steps(slug);
    long serial = steps.isEmpty() ? atLeast : Math.max(steps.lastKey() + 1, atLeast);
    JournalEntry flip = JournalEntry.flip(staged, from, serial, now);
    return journal.add(flip) ? Optional.of(flip) : Optional.empty();
  }

  private RuntimeException refusal(Optional<Release> expected) throws IOException {
    return new ReleaseRules(region.name())
        .changedMeanwhile(slug, channels.release(slug), expected, journal.entries(slug));
  }

  private boolean point(Release release, String previous, Condition unchanged) throws IOException {
    CurrentRelease current =
        CurrentRelease.of(release, previous, region.signing(), region.clock().instant());
    return region.put(TreeLayout.currentJson(slug), Json.write(current), unchanged).isPresent();
  }

  /** Writes what the pointer's new value means; every step may be repeated. */
  private void finish(JournalEntry flip, String snapshot) throws IOException {
    new MovingPages(region, slug, lease).show(snapshot);
    configurations(snapshot);
    region.command("afterFlip", region.commands().afterFlip()).run(slug, snapshot);
    end(flip, Operation.DONE);
  }

  /** For clients, where the region's URL is known. */
  private void configurations(String snapshot) throws IOException {
    if (region.url().isEmpty()) {
      return;
    }
    Map<String, byte[]> files = ClientConfigs.of(region.url(), channels.manifest(slug, snapshot));
    SyncBatch.each(
        files.entrySet(),
        file -> {
          lease.require();
          String key = TreeLayout.channelFile(slug, file.getKey());
          region.store().put(key, ObjectContent.of(key, file.getValue()), Condition.NONE);
        });
    // a branch that is served no more has no lock file of its own either
    String locks = TreeLayout.channelFile(slug, ClientConfigs.LOCK);
    List<String> others =
        region.store().list(locks).stream()
            .map(ObjectStore.Listed::key)
            .filter(key -> !files.containsKey(key.substring(key.lastIndexOf('/') + 1)))
            .toList();
    if (!others.isEmpty()) {
      lease.require();
      region.store().delete(others);
    }
  }

  private void end(JournalEntry flip, Operation end) throws IOException {
    // another run that told the same end first said the same
    journal.add(flip.ended(end, region.clock().instant().toString()));
  }

  /** Signs again what is served, if half of the life of its signature is over. */
  void renew() throws IOException {
    Optional<Pointer> pointer = channels.pointer(slug);
    if (pointer.isPresent() && channels.isSignatureDue(pointer.get().current())) {
      CurrentRelease current = pointer.get().current();
      lease.require();
      if (!point(
          current.release(), current.previous(), Condition.unchanged(pointer.get().object()))) {
        // somebody released meanwhile, and signed that
        return;
      }
      region.command("afterFlip", region.commands().afterFlip()).run(slug, current.snapshot());
    }
  }
}
