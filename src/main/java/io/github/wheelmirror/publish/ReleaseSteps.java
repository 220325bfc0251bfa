package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The writing steps of a release in a directory region, each under the locks that it needs. */
final class ReleaseSteps {
  private final RegionContext region;
  private final ChannelReader channels;

  ReleaseSteps(RegionContext region, ChannelReader channels) {
    this.region = region;
    this.channels = channels;
  }

  /** Signs what is served again if that is due. */
  @SuppressWarnings("try") // locks are held, not used
  void renew(String slug) throws IOException {
    if (!channels.isSignatureDue(slug)) {
      return;
    }
    try (RegionLocks.Held state = region.locks().shared(TreeLayout.STATE_LOCK);
        RegionLocks.Held channel = region.locks().exclusive(TreeLayout.channelLock(slug));
        WorkFolder work = WorkFolder.in(region)) {
      new ChannelFlip(region, channels, work, slug).renew();
    }
  }

  /** Whether the channel shows the snapshot and nothing of that is left to do. */
  boolean isDone(String slug, String id) throws IOException {
    return channels.current(slug).equals(Optional.of(id))
        && Journal.open(region.journal().entries(), slug).isEmpty();
  }

  /** Brings the snapshot in, invisible. */
  @SuppressWarnings("try") // locks are held, not used
  void stage(Snapshot snapshot, Wheelhouse files, Progress progress) throws IOException {
    WorkFolder.makeRoot(region);
    region.faults().at("stage: lock");
    try (RegionLocks.Held state = region.locks().shared(TreeLayout.STATE_LOCK);
        WorkFolder work = WorkFolder.in(region)) {
      try (RegionLocks.Held channel =
          region.locks().exclusive(TreeLayout.channelLock(snapshot.slug()))) {
        new ChannelFlip(region, channels, work, snapshot.slug())
            .recover()
            .ifPresent(words -> progress.done(words, 1, 1));
      }
      if (isDone(snapshot.slug(), snapshot.id())) {
        return;
      }
      region.faults().at("stage: note");
      StagingNote.write(region, work, snapshot.slug(), snapshot.id());
      boolean staged = false;
      try {
        new SnapshotStage(region, channels, snapshot, work, progress).run(files);
        staged = true;
      } finally {
        if (!staged) {
          StagingNote.remove(region, snapshot.id());
        }
      }
    }
  }

  /** Keeps a snapshot that is whole from being removed, and gives it its pinned URL again. */
  @SuppressWarnings("try") // locks are held, not used
  void recall(String slug, String snapshot) throws IOException {
    region.faults().at("recall: lock");
    try (RegionLocks.Held state = region.locks().shared(TreeLayout.STATE_LOCK);
        WorkFolder work = WorkFolder.in(region)) {
      region.faults().at("recall: note");
      StagingNote.write(region, work, slug, snapshot);
      boolean whole = false;
      try {
        // whoever removes files removes the manifests that name them first, and needs this lock
        channels.manifest(slug, snapshot);
        region.faults().at("recall: pinned link");
        Path pinned = region.at(TreeLayout.pinnedLink(snapshot));
        if (!Files.isSymbolicLink(pinned)) {
          work.link(pinned, TreeLayout.pinnedLinkTarget(snapshot));
        }
        new OperatorCommand(region, "afterStage", region.settings().commands().afterStage())
            .run(slug, snapshot);
        whole = true;
      } finally {
        if (!whole) {
          StagingNote.remove(region, snapshot);
        }
      }
    }
  }

  /** Moves the pointer of the channel. */
  @SuppressWarnings("try") // locks are held, not used
  Release flip(StagedRelease staged, Optional<Release> expected, long serial, Instant now)
      throws IOException {
    region.faults().at("flip: lock");
    try (RegionLocks.Held state = region.locks().shared(TreeLayout.STATE_LOCK);
        RegionLocks.Held channel = region.locks().exclusive(TreeLayout.channelLock(staged.slug()));
        WorkFolder work = WorkFolder.in(region)) {
      ChannelFlip flip = new ChannelFlip(region, channels, work, staged.slug());
      flip.recover();
      try {
        return flip.to(staged, expected, serial, now);
      } finally {
        region.faults().at("flip: note");
        StagingNote.remove(region, staged.snapshot());
      }
    }
  }
}
