package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.LockedRequirements;
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
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A region in a local folder, which any web server that follows symbolic links can serve.
 *
 * <p>Several runs may work on it at once, in one JVM or in many. A run may be killed at any moment:
 * clients go on to see the old release or see the new one, and the next run ends what was begun.
 */
public final class DirectoryRegion implements Region {
  private final RegionContext region;
  private final ChannelReader channels;
  private final ReleaseSteps steps;

  /** The region in the settings' folder, which need not exist yet. */
  public DirectoryRegion(RegionSettings settings) {
    this(settings, Faults.NONE, Clock.systemUTC());
  }

  DirectoryRegion(RegionSettings settings, Faults faults, Clock clock) {
    this.region = RegionContext.of(settings, faults, clock);
    this.channels = new ChannelReader(region);
    this.steps = new ReleaseSteps(region, channels);
  }

  @Override
  public String name() {
    return region.name();
  }

  @Override
  public void note(Seen seen) {
    try {
      seen.file(region.at(TreeLayout.CHANNELS));
      seen.file(region.at(TreeLayout.JOURNAL));
      seen.file(region.at(TreeLayout.QUARANTINE));
      for (String slug : channels.slugs()) {
        seen.file(region.at(TreeLayout.current(slug)));
        seen.file(region.at(TreeLayout.currentJson(slug)));
        Optional<String> id = channels.current(slug);
        if (id.isPresent()) {
          seen.file(region.at(TreeLayout.manifest(id.get())));
          seen.file(region.at(TreeLayout.document(id.get(), TreeLayout.coverage())));
          seen.file(region.at(TreeLayout.document(id.get(), TreeLayout.buildRequirements())));
        }
      }
    } catch (IOException | MirrorException e) {
      // whoever needs what cannot be read here is told so, in the words for that
      seen.doubt("region " + name() + " cannot be read as a whole");
    }
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
    return isFile(TreeLayout.wheel(sha256, filename))
        && isFile(TreeLayout.metadata(sha256, filename));
  }

  @Override
  public Coverage coverage(String slug, String snapshot) {
    Path file = region.at(TreeLayout.document(snapshot, TreeLayout.coverage()));
    return answer(
        "the coverage of " + slug + " cannot be read",
        () -> Coverage.read(Files.readAllBytes(file), file.toString()));
  }

  @Override
  public LockedRequirements requirements(String slug, String snapshot) {
    Path file = region.at(TreeLayout.document(snapshot, TreeLayout.buildRequirements()));
    return answer(
        "the build requirements of " + slug + " cannot be read",
        () -> LockedRequirements.read(Files.readAllBytes(file), file.toString()));
  }

  @Override
  public byte[] document(String slug, String snapshot, String path) {
    return answer(
        path + " of " + slug + " cannot be read",
        () -> Files.readAllBytes(region.at(TreeLayout.document(snapshot, path))));
  }

  @Override
  public byte[] page(String snapshot, ManifestPage page, boolean json) {
    String path = json ? TreeLayout.jsonPage(page.sha256()) : TreeLayout.htmlPage(page.sha256());
    return answer(
        "the page of " + page.project() + " cannot be read",
        () -> Files.readAllBytes(region.at(path)));
  }

  @Override
  public List<Manifest> manifests() {
    return answer("its snapshots cannot be read", channels::manifests);
  }

  @Override
  public Quarantine quarantine() {
    return answer("its quarantine cannot be read", () -> new QuarantineRun(region).read());
  }

  @Override
  public List<QuarantineEntry.QuarantinedFile> quarantine(Quarantine all) {
    return answer(
        "not all of the quarantine was taken out", () -> new QuarantineRun(region).run(all));
  }

  @Override
  public boolean isAfterPruneDue() {
    return answer("what is due cannot be read", () -> AfterPrune.in(region).isNoted());
  }

  @Override
  public void publish(Release release, SortedMap<String, byte[]> report) {
    answer(
        "the report of release " + release.serial() + " was not published",
        () -> new ReportFolders(region).publish(release, report));
  }

  @Override
  public Optional<byte[]> report(String slug, long serial, String path) {
    return answer(
        "a report cannot be read", () -> new ReportFolders(region).read(slug, serial, path));
  }

  @Override
  public InputStream open(String sha256, String filename) throws IOException {
    return Files.newInputStream(region.at(TreeLayout.wheel(sha256, filename)));
  }

  private boolean isFile(String path) {
    return Files.isRegularFile(region.at(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public StagedRelease stage(VerifiedSnapshot verified, Wheelhouse files, Progress progress) {
    Snapshot snapshot = verified.snapshot();
    return answer(
        "nothing of " + snapshot.slug() + " was released",
        () -> {
          new Tidy(region).run();
          if (!steps.isDone(snapshot.slug(), snapshot.id())) {
            steps.stage(snapshot, files, progress);
          }
          return new StagedRelease(name(), snapshot.slug(), snapshot.id());
        });
  }

  @Override
  public List<String> stagedProblems(StagedRelease staged) {
    String url = region.settings().url();
    if (url.isEmpty()) {
      return List.of();
    }
    return answer(
        "what was staged of " + staged.slug() + " cannot be looked at",
        () -> {
          Optional<String> id = channels.current(staged.slug());
          Optional<Manifest> current =
              id.isEmpty() ? Optional.empty() : Optional.of(channels.manifest(id.get()));
          return new PublicUrlCheck(url, region.settings().network())
              .staged(channels.manifest(staged.slug(), staged.snapshot()), current);
        });
  }

  @Override
  public List<String> servedProblems(Release released) {
    String url = region.settings().url();
    return url.isEmpty()
        ? List.of()
        : new PublicUrlCheck(url, region.settings().network())
            .served(released.slug(), released.snapshot());
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
          new Tidy(region).run();
          if (!steps.isDone(slug, snapshot)) {
            // before anything is written: a refusal leaves the region as it was
            Manifest manifest = channels.manifest(slug, snapshot);
            region.faults().at("recall: check");
            new StagedCheck(region, snapshot, manifest).requireKept();
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
          PruneRun run = new PruneRun(region, channels, retention, now);
          return dryRun ? run.look() : run.run();
        });
  }

  /**
   * {@inheritDoc}
   *
   * <p>A region that lags behind the others is moved on by passing its own {@link #current} as
   * {@code expected}; the caller decides that it is older.
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
        () -> {
          if (!steps.isDone(staged.slug(), staged.snapshot())) {
            return steps.flip(staged, expected, serial, now);
          }
          // there is one if another run released the same snapshot while this one staged it
          StagingNote.remove(region, staged.snapshot());
          steps.renew(staged.slug());
          return channels.release(staged.slug()).orElseThrow();
        });
  }

  @Override
  public List<ChannelStatus> status() {
    return answer(
        "the state of region " + name() + " cannot be read",
        () -> new RegionStatus(region, channels).all());
  }

  /** Work on the region's disk. */
  @FunctionalInterface
  private interface Answer<T> {
    T get() throws IOException;
  }

  private <T> T answer(String what, Answer<T> work) {
    try {
      return work.get();
    } catch (IOException e) {
      throw RegionErrors.of("region " + name() + ": " + what, e);
    }
  }
}
