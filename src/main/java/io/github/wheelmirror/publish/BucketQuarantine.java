package io.github.wheelmirror.publish;

import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.publish.ObjectStore.Listed;
import io.github.wheelmirror.publish.ObjectStore.Stored;
import io.github.wheelmirror.tree.BucketLayout;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.QuarantineEntry.QuarantinedFile;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes wheels out of a region in a bucket: the list first, then their bytes. */
final class BucketQuarantine {
  private static final int TRIES = 10;

  private final BucketContext region;
  private final BucketReader channels;
  private final BucketLocks locks;

  BucketQuarantine(BucketContext region, BucketReader channels, BucketLocks locks) {
    this.region = region;
    this.channels = channels;
    this.locks = locks;
  }

  /** Adds these entries and moves what they list; writes nothing if that is done. */
  List<QuarantinedFile> run(Quarantine added) throws IOException {
    Optional<Stored> object = region.store().get(TreeLayout.QUARANTINE);
    Quarantine before = channels.quarantine(object);
    if (before.covers(before.plus(added))
        && isSignedAsWanted(object)
        && toMove(before.plus(added)).isEmpty()
        && !AfterPrune.isDue(region)) {
      return List.of();
    }
    // whoever stages has a note: no file comes back, or is relied on, while it goes
    try (Lease lease = locks.alone()) {
      AfterPrune afterPrune = AfterPrune.in(region, lease::require);
      afterPrune.announce();
      Quarantine all = publish(added, lease);
      List<QuarantinedFile> moved = toMove(all);
      for (QuarantinedFile file : moved) {
        move(file, lease);
      }
      afterPrune.run();
      return moved;
    }
  }

  private Quarantine publish(Quarantine added, Lease lease) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Stored> object = region.store().get(TreeLayout.QUARANTINE);
      Quarantine before = channels.quarantine(object);
      Quarantine all = before.plus(added);
      if (before.covers(all) && isSignedAsWanted(object)) {
        return all;
      }
      lease.require();
      Condition unchanged = object.map(Condition::unchanged).orElse(Condition.ABSENT);
      byte[] bytes = QuarantineFile.of(all, region.signing()).bytes();
      if (region.put(TreeLayout.QUARANTINE, bytes, unchanged).isPresent()) {
        return all;
      }
      // somebody added an entry by hand: it is read and kept
    }
    throw new ObjectStoreException(
        region.store().address(TreeLayout.QUARANTINE) + " changes all the time",
        "find out who else writes it, and run the goal again",
        null);
  }

  private boolean isSignedAsWanted(Optional<Stored> object) {
    return region.signing().key().isEmpty()
        || object
            .map(found -> QuarantineFile.read(found.bytes(), TreeLayout.QUARANTINE))
            .filter(file -> file.signatures().isEmpty())
            .isEmpty();
  }

  private List<QuarantinedFile> toMove(Quarantine all) throws IOException {
    List<QuarantinedFile> found = new ArrayList<>();
    for (QuarantineEntry entry : all.entries()) {
      for (QuarantinedFile file : entry.files()) {
        if (!found.contains(file) && !objects(file).isEmpty()) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private List<Listed> objects(QuarantinedFile file) throws IOException {
    return region.store().list(TreeLayout.poolFolder(file.sha256()) + "/");
  }

  private void move(QuarantinedFile file, Lease lease) throws IOException {
    List<String> keys = objects(file).stream().map(Listed::key).toList();
    for (String key : keys) {
      lease.require();
      String name = key.substring(key.lastIndexOf('/') + 1);
      region
          .store()
          .copy(key, BucketLayout.quarantined(file.sha256(), name), ObjectContent.ASK_AGAIN);
    }
    lease.require();
    region.store().delete(keys);
  }
}
