package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.publish.JournalEntry.Operation;
import io.github.wheelmirror.publish.ObjectStore.Stored;
import io.github.wheelmirror.tree.BucketLayout;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReleaseStatement;
import io.github.wheelmirror.tree.SignatureState;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what the channels of a region in a bucket serve; writes nothing and takes no lock. */
final class BucketReader {
  private final BucketContext region;
  private final BucketJournal journal;

  BucketReader(BucketContext region, BucketJournal journal) {
    this.region = region;
    this.journal = journal;
  }

  /**
   * A channel's pointer.
   *
   * @param object as it was read, to be replaced only if it is still that one
   */
  record Pointer(CurrentRelease current, Stored object) {}

  /** A manifest, and when it came. */
  record Arrived(Manifest manifest, Instant at) {}

  /** The slugs of all channels that a release was ever begun for, sorted. */
  List<String> slugs() throws IOException {
    Set<String> folders = new TreeSet<>(region.store().folders(TreeLayout.CHANNELS + "/"));
    // a first release that was cut off has no pointer yet
    folders.addAll(region.store().folders(BucketLayout.JOURNAL));
    List<String> slugs = new ArrayList<>();
    for (String slug : folders) {
      try {
        slugs.add(TreeLayout.slug(slug));
      } catch (IllegalArgumentException e) {
        throw notATree(TreeLayout.CHANNELS + "/" + slug, String.valueOf(e.getMessage()));
      }
    }
    return slugs;
  }

  /** What the channel's pointer says; nothing before the first release. */
  Optional<Pointer> pointer(String slug) throws IOException {
    String key = TreeLayout.currentJson(slug);
    Optional<Stored> object = region.store().get(key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try {
      CurrentRelease current = Json.read(object.get().bytes(), CurrentRelease.class, key);
      // refuses what is no release
      if (!current.release().slug().equals(slug)) {
        throw notATree(key, "it belongs to " + current.slug());
      }
      return Optional.of(new Pointer(current, object.get()));
    } catch (IllegalArgumentException e) {
      throw notATree(key, String.valueOf(e.getMessage()));
    } catch (MirrorException e) {
      throw notATree(key, e.why());
    }
  }

  private MirrorException notATree(String key, String why) {
    return MirrorException.input(
        "region " + region.name() + " is not a tree that this plugin published",
        region.store().address(key) + ": " + why,
        "give the region a bucket or a prefix of its own, or restore that object");
  }

  /** What the channel serves. */
  Optional<Release> release(String slug) throws IOException {
    return pointer(slug).map(pointer -> pointer.current().release());
  }

  /** Whether the channel serves the snapshot and nothing of that, or of another try, is left. */
  boolean isDone(String slug, String snapshot) throws IOException {
    Optional<Release> now = release(slug);
    if (now.isEmpty() || !now.get().snapshot().equals(snapshot)) {
      return false;
    }
    return interrupted(journal.steps(slug), now).isEmpty();
  }

  /** Releases that were announced and of which nobody told the end. */
  static List<Long> interrupted(SortedMap<Long, Set<Operation>> steps, Optional<Release> now) {
    List<Long> open = new ArrayList<>();
    steps.forEach(
        (serial, told) -> {
          // one that was given up for dead may have moved the pointer after all
          boolean ended =
              now.isPresent() && now.get().serial() == serial
                  ? told.contains(Operation.DONE)
                  : told.size() > 1;
          if (!ended && told.contains(Operation.FLIP)) {
            open.add(serial);
          }
        });
    return open;
  }

  /** All releases that happened, oldest first. */
  List<Release> history(String slug) throws IOException {
    return ReleaseHistory.of(journal.entries(slug), slug, release(slug));
  }

  /** What was released after the current snapshot was released first, as far as it is here. */
  List<Manifest> rolledBack(String slug) throws IOException {
    List<Manifest> rolledBack = new ArrayList<>();
    for (String id : ReleaseHistory.rolledBack(history(slug))) {
      find(id).ifPresent(found -> rolledBack.add(found.manifest()));
    }
    return rolledBack;
  }

  /** The ids of all snapshots of which there is anything but pages, sorted. */
  List<String> snapshots() throws IOException {
    return region.store().folders(TreeLayout.SNAPSHOTS + "/");
  }

  /** The manifests of all snapshots that are there whole. */
  List<Manifest> manifests() throws IOException {
    List<Manifest> all = new ArrayList<>();
    for (String id : snapshots()) {
      if (Sha256.isDigest(id)) {
        find(id).ifPresent(found -> all.add(found.manifest()));
      }
    }
    return all;
  }

  /** A snapshot's manifest, its bytes checked against the id. */
  Manifest manifest(String slug, String snapshot) throws IOException {
    Manifest manifest = manifest(snapshot);
    if (!manifest.slug().equals(slug)) {
      throw damaged(snapshot, "it belongs to " + manifest.slug() + ", not " + slug, null);
    }
    return manifest;
  }

  /** The same of whatever channel. */
  Manifest manifest(String snapshot) throws IOException {
    return find(snapshot).orElseThrow(() -> damaged(snapshot, "it is missing", null)).manifest();
  }

  /** Nothing if there is no manifest: whatever else there is does not make a snapshot. */
  Optional<Arrived> find(String snapshot) throws IOException {
    String key = TreeLayout.manifest(snapshot);
    Optional<Stored> object = region.store().get(key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = object.get().bytes();
    if (!Sha256.of(bytes).equals(snapshot)) {
      throw damaged(snapshot, "it was changed: its sha256 is " + Sha256.of(bytes), null);
    }
    return Optional.of(new Arrived(Manifest.read(bytes, key), object.get().modified()));
  }

  private MirrorException damaged(String snapshot, String why, @Nullable IOException cause) {
    return MirrorException.machinery(
        "region " + region.name() + " does not hold snapshot " + snapshot,
        region.store().address(TreeLayout.manifest(snapshot)) + ": " + why,
        "restore the region from a backup or from another region",
        cause);
  }

  /** A small object that must be there. */
  byte[] read(String key) throws IOException {
    return region
        .store()
        .get(key)
        .map(Stored::bytes)
        .orElseThrow(
            () ->
                new ObjectStoreException(
                    region.store().address(key) + " is missing",
                    "restore the region from a backup or from another region",
                    null));
  }

  /** What the region says is taken out. */
  Quarantine quarantine() throws IOException {
    return quarantine(region.store().get(TreeLayout.QUARANTINE));
  }

  /** The same of an object that was read. */
  Quarantine quarantine(Optional<Stored> object) {
    String where = region.store().address(TreeLayout.QUARANTINE);
    return object
        .map(found -> QuarantineFile.read(found.bytes(), where))
        .map(file -> file.quarantine(region.signing(), where))
        .orElse(Quarantine.NONE);
  }

  /** Whether releases are signed and half of the life of this one's signature is over. */
  boolean isSignatureDue(CurrentRelease current) {
    Signing signing = region.signing();
    Instant now = region.clock().instant();
    return signing.key().isPresent()
        && ReleaseStatement.isDue(
            signing.key().get(), current.state(signing, current.release(), now), now);
  }

  /** What each channel serves. */
  List<ChannelStatus> status() throws IOException {
    List<ChannelStatus> all = new ArrayList<>();
    for (String slug : slugs()) {
      all.add(status(slug));
    }
    return all;
  }

  /** For the status report. */
  private ChannelStatus status(String slug) throws IOException {
    Optional<Pointer> pointer = pointer(slug);
    List<Long> open =
        interrupted(journal.steps(slug), pointer.map(each -> each.current().release()));
    String interrupted = open.isEmpty() ? "" : journal.flip(slug, open.get(open.size() - 1)).to();
    if (pointer.isEmpty()) {
      return ChannelStatus.unreleased(slug, interrupted);
    }
    CurrentRelease current = pointer.get().current();
    return new ChannelStatus(
        slug,
        Optional.of(current.release()),
        current.previous(),
        interrupted,
        manifest(slug, current.snapshot()).files().size(),
        region.signing().trusted().isEmpty()
            ? SignatureState.NOT_ASKED
            : current.state(region.signing(), current.release(), region.clock().instant()));
  }
}
