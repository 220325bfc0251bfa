package io.github.wheelmirror.publish;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.tree.BucketLayout;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry.QuarantinedFile;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A region in a bucket of S3 or of a server that speaks its protocol, from which clients can
 * install without anything in front of it.
 *
 * <p>A release is the conditional put of {@code channels/<slug>/current.json}. The pinned URL of a
 * snapshot is complete before that and never changes; the pages of the moving URL follow one by
 * one. Several runs may work on one bucket at once, from any machines; one may be killed at any
 * moment, and the next run ends what was begun, as soon as the leases of the killed one are over.
 *
 * <p>Making one asks nobody for anything: the first use connects.
 */
public final class S3Region implements Region {
  private final BucketContext region;
  private final HostNetwork network;
  private final BucketReader channels;
  private final BucketSteps steps;

  /** The region that the settings name, reached as Java does without any settings. */
  public S3Region(S3Settings settings) {
    this(settings, HostNetwork.PLAIN);
  }

  /** The region that the settings name; its server and its URL are reached by the network. */
  public S3Region(S3Settings settings, HostNetwork network) {
    this(
        new BucketContext(
            settings.name(),
            settings.publicUrl(),
            settings.lockWait(),
            settings.commands(),
            settings.signing(),
            new LazyObjectStore(settings, network),
            Clock.systemUTC(),
            BucketContext.Pauses.REAL),
        network);
  }

  S3Region(BucketContext region) {
    this(region, HostNetwork.PLAIN);
  }

  private S3Region(BucketContext region, HostNetwork network) {
    BucketJournal journal = new BucketJournal(region);
    this.region = region;
    this.network = network;
    this.channels = new BucketReader(region, journal);
    this.steps = new BucketSteps(region, channels, journal);
  }

  @Override
  public String name() {
    return region.name();
  }

  @Override
  public Optional<Release> current(String slug) {
    return answer("the release of " + slug + " cannot be read", () -> channels.release(slug));
  }

  @Override
  public Manifest manifest(String slug, String snapshot) {
    return answer(
        "the manifest of " + slug + " cannot be read", () -> channels.manifest(slug, snapshot));
  }

  @Override
  public boolean holds(String sha256, String filename) {
    return answer(
        filename + " cannot be looked for",
        () ->
            region.store().head(TreeLayout.wheel(sha256, filename)).isPresent()
                && region.store().head(TreeLayout.metadata(sha256, filename)).isPresent());
  }

  @Override
  public Coverage coverage(String slug, String snapshot) {
    String key = TreeLayout.document(snapshot, TreeLayout.coverage());
    return answer(
        "the coverage of " + slug + " cannot be read",
        () -> Coverage.read(channels.read(key), region.store().address(key)));
  }

  @Override
  public LockedRequirements requirements(String slug, String snapshot) {
    String key = TreeLayout.document(snapshot, TreeLayout.buildRequirements());
    return answer(
        "the build requirements of " + slug + " cannot be read",
        () -> LockedRequirements.read(channels.read(key), region.store().address(key)));
  }

  @Override
  public byte[] document(String slug, String snapshot, String path) {
    return answer(
        path + " of " + slug + " cannot be read",
        () -> channels.read(TreeLayout.document(snapshot, path)));
  }

  @Override
  public byte[] page(String snapshot, ManifestPage page, boolean json) {
    String key =
        BucketLayout.pinned(snapshot)
            + (json
                ? BucketLayout.jsonPage(page.project())
                : BucketLayout.htmlPage(page.project()));
    return answer("the page of " + page.project() + " cannot be read", () -> channels.read(key));
  }

  @Override
  public List<Manifest> manifests() {
    return answer("its snapshots cannot be read", channels::manifests);
  }

  @Override
  public Quarantine quarantine() {
    return answer("its quarantine cannot be read", channels::quarantine);
  }

  @Override
  public List<QuarantinedFile> quarantine(Quarantine all) {
    return answer(
        "not all of the quarantine was taken out",
        () -> new BucketQuarantine(region, channels, new BucketLocks(region)).run(all));
  }

  @Override
  public boolean isAfterPruneDue() {
    return answer("what is due cannot be read", () -> AfterPrune.isNoted(region));
  }

  @Override
  public void publish(Release release, SortedMap<String, byte[]> report) {
    answer(
        "the report of release " + release.serial() + " was not published",
        () -> new BucketReports(region).publish(release, report, new BucketLocks(region)));
  }

  @Override
  public Optional<byte[]> report(String slug, long serial, String path) {
    return answer(
        "a report cannot be read", () -> new BucketReports(region).read(slug, serial, path));
  }

  @Override
  public InputStream open(String sha256, String filename) throws IOException {
    return region.store().open(TreeLayout.wheel(sha256, filename));
  }

  @Override
  public StagedRelease stage(VerifiedSnapshot verified, Wheelhouse files, Progress progress) {
    Snapshot snapshot = verified.snapshot();
    return answer(
        "nothing of " + snapshot.slug() + " was released",
        () -> {
          if (!channels.isDone(snapshot.slug(), snapshot.id())) {
            steps.stage(snapshot, files, progress);
          }
          return new StagedRelease(name(), snapshot.slug(), snapshot.id());
        });
  }

  @Override
  public List<String> stagedProblems(StagedRelease staged) {
    if (region.url().isEmpty()) {
      return List.of();
    }
    return answer(
        "what was staged of " + staged.slug() + " cannot be looked at",
        () -> {
          Optional<Release> now = channels.release(staged.slug());
          Optional<Manifest> current =
              now.isEmpty()
                  ? Optional.empty()
                  : Optional.of(channels.manifest(now.get().snapshot()));
          return new PublicUrlCheck(region.url(), network)
              .staged(channels.manifest(staged.slug(), staged.snapshot()), current);
        });
  }

  @Override
  public List<String> servedProblems(Release released) {
    return region.url().isEmpty()
        ? List.of()
        : new PublicUrlCheck(region.url(), network).served(released.slug(), released.snapshot());
  }

  @Override
  public List<String> channels() {
    return answer("its channels cannot be listed", channels::slugs);
  }

  @Override
  public List<Release> history(String slug) {
    return answer("the releases of " + slug + " cannot be read", () -> channels.history(slug));
  }

  @Override
  public List<Manifest> rolledBack(String slug) {
    return answer(
        "what was rolled back of " + slug + " cannot be read", () -> channels.rolledBack(slug));
  }

  @Override
  public StagedRelease recall(String slug, String snapshot) {
    return answer(
        "snapshot " + snapshot + " of " + slug + " was not released again",
        () -> {
          if (!channels.isDone(slug, snapshot)) {
            steps.recall(slug, snapshot);
          }
          return new StagedRelease(name(), slug, snapshot);
        });
  }

  @Override
  public Pruned prune(Retention retention, Instant now, boolean dryRun) {
    return answer(
        "not all that may go was removed",
        () -> {
          BucketPrune run =
              new BucketPrune(region, channels, new BucketLocks(region), retention, now);
          return dryRun ? run.look() : run.run();
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws MirrorException (machinery) if the channel shows neither {@code expected} nor this
   *     snapshot; says who released what
   */
  @Override
  public Release flip(StagedRelease staged, Optional<Release> expected, long serial, Instant now) {
    if (!staged.region().equals(name())) {
      throw new IllegalArgumentException(staged + " is not staged in " + name());
    }
    return answer(
        "the release of " + staged.slug() + " did not finish",
        () ->
            channels.isDone(staged.slug(), staged.snapshot())
                ? steps.settle(staged)
                : steps.flip(staged, expected, serial, now));
  }

  @Override
  public List<ChannelStatus> status() {
    return answer("the state of region " + name() + " cannot be read", channels::status);
  }

  /** Work on the region's bucket. */
  @FunctionalInterface
  private interface Answer<T> {
    T get() throws IOException;
  }

  private <T> T answer(String what, Answer<T> work) {
    String region = "region " + name() + ": " + what;
    try {
      return work.get();
    } catch (ObjectStoreException e) {
      throw MirrorException.machinery(region, String.valueOf(e.getMessage()), e.fix(), e);
    } catch (IOException e) {
      throw MirrorException.machinery(
          region,
          IoWords.of(e),
          "see whether the network and the wheelhouse answer, and run the goal again",
          e);
    }
  }
}
