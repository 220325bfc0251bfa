package io.github.wheelmirror.publish;

import io.github.wheelmirror.publish.BucketReader.Pointer;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The writing steps of a release in a bucket, each under the leases that it needs. */
final class BucketSteps {
  private final BucketContext region;
  private final BucketReader channels;
  private final BucketJournal journal;
  private final BucketLocks locks;
  private final BucketNotes notes;

  BucketSteps(BucketContext region, BucketReader channels, BucketJournal journal) {
    this.region = region;
    this.channels = channels;
    this.journal = journal;
    this.locks = new BucketLocks(region);
    this.notes = new BucketNotes(region);
  }

  /** Brings the snapshot in; nobody is led to it yet. */
  void stage(Snapshot snapshot, Wheelhouse files, Progress progress) throws IOException {
    String slug = snapshot.slug();
    try (Lease shared = locks.shared()) {
      try (Lease channel = locks.channel(slug)) {
        for (String words : flip(slug, channel).recover()) {
          progress.done(words, 1, 1);
        }
      }
      if (channels.isDone(slug, snapshot.id())) {
        return;
      }
      notes.write(slug, snapshot.id());
      boolean staged = false;
      try {
        new BucketStage(region, channels, snapshot, progress).run(files, shared);
        region.command("afterStage", region.commands().afterStage()).run(slug, snapshot.id());
        staged = true;
      } finally {
        if (!staged) {
          notes.remove(snapshot.id());
        }
      }
    }
  }

  /** Keeps a snapshot that is whole from being removed. */
  void recall(String slug, String snapshot) throws IOException {
    // before anything is written: a refusal leaves the region as it was
    Manifest manifest = channels.manifest(slug, snapshot);
    new BucketSnapshot(region, snapshot, manifest).requireKept();
    try (Lease shared = locks.shared()) {
      notes.write(slug, snapshot);
      boolean whole = false;
      try {
        // whoever removed some of it since then removed its manifest first
        channels.manifest(slug, snapshot);
        shared.require();
        region.command("afterStage", region.commands().afterStage()).run(slug, snapshot);
        whole = true;
      } finally {
        if (!whole) {
          notes.remove(snapshot);
        }
      }
    }
  }

  /** Moves the pointer of the channel. */
  Release flip(StagedRelease staged, Optional<Release> expected, long serial, Instant now)
      throws IOException {
    try (Lease shared = locks.shared();
        Lease channel = locks.channel(staged.slug())) {
      BucketFlip flip = flip(staged.slug(), channel);
      flip.recover();
      try {
        shared.require();
        return flip.to(staged, expected, serial, now);
      } finally {
        notes.remove(staged.snapshot());
      }
    }
  }

  /** What is left to do where the channel shows the snapshot already. */
  Release settle(StagedRelease staged) throws IOException {
    // there is a note if another run released the same snapshot while this one staged it
    notes.remove(staged.snapshot());
    Pointer pointer = channels.pointer(staged.slug()).orElseThrow();
    if (channels.isSignatureDue(pointer.current())) {
      try (Lease shared = locks.shared();
          Lease channel = locks.channel(staged.slug())) {
        shared.require();
        flip(staged.slug(), channel).renew();
      }
    }
    return pointer.current().release();
  }

  private BucketFlip flip(String slug, Lease channel) {
    return new BucketFlip(region, channels, journal, slug, channel);
  }
}
