package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.CoverageEntry;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.SignatureState;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.Store;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A region in memory that notes what it is asked to do. */
final class FakeRegion implements Region {

  private final String name;
  private final List<String> events;
  @Nullable Release release;
  final List<Release> past = new ArrayList<>();
  private final Map<Long, SortedMap<String, byte[]>> reported = new HashMap<>();
  boolean lacking;
  boolean showsOld;
  boolean cachesOld;
  boolean unreachable;
  boolean failsToStage;
  boolean failsToFlip;
  boolean failsToPublish;
  boolean afterPruneDue;
  boolean quarantineUnreadable;
  Quarantine quarantined = Quarantine.NONE;
  byte[] file = {};
  List<CoverageEntry> covered = List.of();

  /** {@code events} is shared by all regions, to see their order. */
  FakeRegion(String name, List<String> events) {
    this.name = name;
    this.events = events;
  }

  /** Serves a release; the snapshot's id is that digit 64 times. */
  FakeRegion serving(long serial, String digit) {
    return serving(serial, digit, "2026-01-01T00:00:00Z");
  }

  /** As {@link #serving(long, String)} since then. */
  FakeRegion serving(long serial, String digit, String released) {
    return now(new Release(TestTargets.SLUG, digit.repeat(64), serial, released));
  }

  /** Serves what was left of an older one. */
  FakeRegion left(long serial, String digit, String origin, String released) {
    return now(
        new Release(TestTargets.SLUG, digit.repeat(64), serial, released, origin.repeat(64)));
  }

  private FakeRegion now(Release served) {
    release = served;
    past.add(served);
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Release> current(String slug) {
    if (unreachable) {
      throw failure("cannot be reached");
    }
    return Optional.ofNullable(release).filter(each -> each.slug().equals(slug));
  }

  @Override
  public Manifest manifest(String slug, String snapshot) {
    events.add(name + " manifest " + snapshot.charAt(0));
    return Manifest.empty(slug);
  }

  @Override
  public boolean holds(String sha256, String filename) {
    if (unreachable) {
      throw failure("cannot be reached");
    }
    return file.length > 0;
  }

  @Override
  public StagedRelease stage(VerifiedSnapshot snapshot, Wheelhouse files, Progress progress) {
    if (failsToStage) {
      throw failure("is full");
    }
    events.add("stage " + name);
    return new StagedRelease(name, snapshot.snapshot().slug(), snapshot.snapshot().id());
  }

  @Override
  public Release flip(StagedRelease staged, Optional<Release> expected, long atLeast, Instant now) {
    if (failsToFlip) {
      throw failure("went away");
    }
    events.add("flip " + name);
    if (release != null && release.snapshot().equals(staged.snapshot())) {
      return release;
    }
    long serial = Math.max(expected.map(Release::serial).orElse(0L) + 1, atLeast);
    Release flipped =
        new Release(staged.slug(), staged.snapshot(), serial, now.toString(), staged.origin());
    now(flipped);
    return flipped;
  }

  @Override
  public List<String> stagedProblems(StagedRelease staged) {
    return showsOld ? List.of("its URL answers 404") : List.of();
  }

  @Override
  public List<String> servedProblems(Release released) {
    events.add("look at " + name);
    return cachesOld && !released.snapshot().equals("f".repeat(64))
        ? List.of("its URL has another content")
        : List.of();
  }

  @Override
  public List<ChannelStatus> status() {
    if (unreachable) {
      throw failure("cannot be reached");
    }
    return release == null
        ? List.of()
        : List.of(
            new ChannelStatus(
                release.slug(),
                Optional.of(release),
                "",
                "",
                1,
                new SignatureState(SignatureState.Kind.NOT_ASKED, "")));
  }

  @Override
  public List<String> channels() {
    return release == null ? List.of() : List.of(release.slug());
  }

  @Override
  public List<Release> history(String slug) {
    return past.stream().filter(each -> each.slug().equals(slug)).toList();
  }

  @Override
  public List<Manifest> rolledBack(String slug) {
    return List.of();
  }

  @Override
  public StagedRelease recall(String slug, String snapshot) {
    if (lacking) {
      throw failure("lacks a file");
    }
    events.add("recall " + name);
    return new StagedRelease(name, slug, snapshot);
  }

  @Override
  public List<Manifest> manifests() {
    return List.of();
  }

  @Override
  public Quarantine quarantine() {
    if (unreachable) {
      throw failure("cannot be reached");
    }
    if (quarantineUnreadable) {
      throw failure("its quarantine was changed");
    }
    return quarantined;
  }

  @Override
  public boolean isAfterPruneDue() {
    return afterPruneDue;
  }

  @Override
  public List<QuarantineEntry.QuarantinedFile> quarantine(Quarantine all) {
    return List.of();
  }

  @Override
  public byte[] page(String snapshot, ManifestPage page, boolean json) {
    return new byte[0];
  }

  @Override
  public byte[] document(String slug, String snapshot, String path) {
    return new byte[0];
  }

  @Override
  public Pruned prune(Retention retention, Instant now, boolean dryRun) {
    if (lacking) {
      throw failure("lacks a file");
    }
    events.add((dryRun ? "look " : "prune ") + name);
    return new Pruned(
        name,
        List.of(),
        Store.Amount.NONE,
        Store.Amount.NONE,
        Store.Amount.NONE,
        Store.Amount.NONE);
  }

  @Override
  public Coverage coverage(String slug, String snapshot) {
    events.add(name + " coverage " + snapshot.charAt(0));
    return Coverage.of(slug, covered);
  }

  @Override
  public void publish(Release of, SortedMap<String, byte[]> report) {
    if (failsToPublish) {
      throw failure("is full");
    }
    events.add("report " + name + " " + of.serial());
    reported.put(of.serial(), report);
  }

  @Override
  public Optional<byte[]> report(String slug, long serial, String path) {
    return Optional.ofNullable(reported.get(serial)).map(report -> report.get(path));
  }

  @Override
  public LockedRequirements requirements(String slug, String snapshot) {
    return LockedRequirements.NONE;
  }

  @Override
  public InputStream open(String sha256, String filename) throws IOException {
    return new ByteArrayInputStream(file);
  }

  private MirrorException failure(String why) {
    return MirrorException.machinery("region " + name + " failed", why, "repair it", null);
  }
}
