package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.publish.SshReplica.Copied;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * A region in a folder of another host, reached by ssh and rsync. This machine keeps a replica;
 * what is there decides: it is copied here before anything is read or written, under a lock that is
 * held there. What is new goes there in the order of a release (wheels, pages, snapshots, pinned
 * URLs; the pointer last), what is to be removed in the opposite one; rsync names a file or link
 * when it is whole. A run that ends in between leaves the old release served, and the next one goes
 * on from what is there.
 */
public final class RsyncRegion implements Region {
  private final String name;
  private final DirectoryRegion region;
  private final SshReplica replica;

  /**
   * A region.
   *
   * @param settings of the replica, with the region's name and public URL
   * @param ssh the program with its options, {@code ""} for the usual one
   */
  public RsyncRegion(RegionSettings settings, SshPlace place, String ssh) {
    this.name = settings.name();
    this.region = new DirectoryRegion(settings);
    this.replica = new SshReplica(settings, place, ssh);
  }

  @Override
  public String name() {
    return name;
  }

  private synchronized <T> T reading(Copied wanted, Supplier<T> work) {
    return replica.reading(wanted, work);
  }

  private synchronized <T> T writing(Supplier<T> work) {
    return replica.writing(work);
  }

  @Override
  public StagedRelease stage(VerifiedSnapshot snapshot, Wheelhouse files, Progress progress) {
    return writing(
        () -> {
          Set<String> before = replica.listed();
          String facts = replica.facts(snapshot.snapshot().slug());
          String notes = replica.notes();
          StagedRelease staged = region.stage(snapshot, files, progress);
          boolean isNew = !before.equals(replica.listed()) || !isThere(staged);
          if (isNew) {
            replica.pushNew();
          }
          if (isNew || !notes.equals(replica.notes())) {
            pushEnded(staged.slug(), facts);
          }
          return staged;
        });
  }

  /** Whether the release is served there as well, so that nothing is to be copied. */
  private boolean isThere(StagedRelease staged) {
    return region
        .current(staged.slug())
        .filter(now -> now.snapshot().equals(staged.snapshot()))
        .isPresent();
  }

  /** Notes, and what ended a flip of a killed run: its files before the word that all is done. */
  private void pushEnded(String slug, String facts) {
    if (!facts.equals(replica.facts(slug))) {
      replica.pushChannels();
    }
    replica.pushState();
  }

  @Override
  public StagedRelease recall(String slug, String snapshot) {
    return writing(
        () -> {
          String facts = replica.facts(slug);
          StagedRelease staged = region.recall(slug, snapshot);
          replica.pushLinks();
          pushEnded(slug, facts);
          return staged;
        });
  }

  @Override
  public Release flip(StagedRelease staged, Optional<Release> expected, long serial, Instant now) {
    return writing(
        () -> {
          String before = replica.facts(staged.slug());
          long journal = replica.journalSize();
          Release released;
          try {
            released = region.flip(staged, expected, serial, now);
          } catch (MirrorException e) {
            if (replica.journalSize() == journal) {
              // nobody relies on what was staged any more
              replica.pushState();
            }
            throw e;
          }
          if (!before.equals(replica.facts(staged.slug()))) {
            if (replica.journalSize() > journal) {
              replica.announce();
            }
            replica.pushLinks();
            replica.pushChannels();
          }
          replica.pushState();
          return released;
        });
  }

  @Override
  public Pruned prune(Retention retention, Instant now, boolean dryRun) {
    if (dryRun) {
      return reading(Copied.ALL, () -> region.prune(retention, now, true));
    }
    return writing(
        () -> {
          Set<String> before = replica.listed();
          Pruned pruned = region.prune(retention, now, false);
          replica.remove(before);
          replica.pushState();
          return pruned;
        });
  }

  @Override
  public List<QuarantineEntry.QuarantinedFile> quarantine(Quarantine all) {
    if (all.entries().isEmpty()
        || reading(
            Copied.ALL,
            () -> region.quarantine().covers(all) && !replica.holdsAny(all.digests()))) {
      return List.of();
    }
    return writing(
        () -> {
          Quarantine was = region.quarantine();
          Set<String> before = replica.listed();
          List<QuarantineEntry.QuarantinedFile> moved = region.quarantine(all);
          if (!moved.isEmpty() || !was.equals(region.quarantine())) {
            replica.pushLinks();
            replica.pushPool();
            replica.remove(before);
          }
          return moved;
        });
  }

  @Override
  public Optional<Release> current(String slug) {
    return reading(Copied.WORDS, () -> region.current(slug));
  }

  @Override
  public Manifest manifest(String slug, String snapshot) {
    return reading(Copied.WORDS, () -> region.manifest(slug, snapshot));
  }

  @Override
  public boolean holds(String sha256, String filename) {
    return reading(Copied.ALL, () -> region.holds(sha256, filename));
  }

  @Override
  public List<String> stagedProblems(StagedRelease staged) {
    return reading(Copied.WORDS, () -> region.stagedProblems(staged));
  }

  @Override
  public List<String> servedProblems(Release released) {
    return reading(Copied.WORDS, () -> region.servedProblems(released));
  }

  @Override
  public List<ChannelStatus> status() {
    return reading(Copied.WORDS, region::status);
  }

  @Override
  public List<String> channels() {
    return reading(Copied.WORDS, region::channels);
  }

  @Override
  public List<Release> history(String slug) {
    return reading(Copied.WORDS, () -> region.history(slug));
  }

  @Override
  public List<Manifest> rolledBack(String slug) {
    return reading(Copied.WORDS, () -> region.rolledBack(slug));
  }

  @Override
  public List<Manifest> manifests() {
    return reading(Copied.WORDS, region::manifests);
  }

  @Override
  public Quarantine quarantine() {
    return reading(Copied.WORDS, () -> region.quarantine());
  }

  @Override
  public boolean isAfterPruneDue() {
    return reading(Copied.WORDS, region::isAfterPruneDue);
  }

  @Override
  public byte[] document(String slug, String snapshot, String path) {
    return reading(Copied.WORDS, () -> region.document(slug, snapshot, path));
  }

  @Override
  public byte[] page(String snapshot, ManifestPage page, boolean json) {
    return reading(Copied.ALL, () -> region.page(snapshot, page, json));
  }

  @Override
  public Coverage coverage(String slug, String snapshot) {
    return reading(Copied.WORDS, () -> region.coverage(slug, snapshot));
  }

  @Override
  public LockedRequirements requirements(String slug, String snapshot) {
    return reading(Copied.WORDS, () -> region.requirements(slug, snapshot));
  }

  @Override
  public void publish(Release release, SortedMap<String, byte[]> report) {
    writing(
        () -> {
          region.publish(release, report);
          replica.pushReports();
          return report;
        });
  }

  @Override
  public Optional<byte[]> report(String slug, long serial, String path) {
    return reading(Copied.WORDS, () -> region.report(slug, serial, path));
  }

  @Override
  public InputStream open(String sha256, String filename) throws IOException {
    return reading(Copied.ALL, () -> region).open(sha256, filename);
  }
}
