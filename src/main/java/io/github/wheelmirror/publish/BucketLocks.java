package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.publish.ObjectStore.Listed;
import io.github.wheelmirror.publish.ObjectStore.Stored;
import io.github.wheelmirror.tree.BucketLayout;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The locks of a region in a bucket, as {@link Lease}s.
 *
 * <p>Those who add write a note each and then look whether somebody is alone; who wants to be alone
 * takes that lease and then looks for notes. Each write is seen by every later read, so one of the
 * two sees the other; if both do, the one who adds steps back.
 */
final class BucketLocks {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final BucketContext region;

  BucketLocks(BucketContext region) {
    this.region = region;
  }

  /** A wait with its end. */
  private final class Wait {
    private final String name;
    private Duration waited = Duration.ZERO;

    Wait(String name) {
      this.name = name;
    }

    void pause(List<String> owners) throws IOException {
      if (waited.compareTo(region.lockWait()) >= 0) {
        throw MirrorException.machinery(
            "region " + region.name() + " is in use: lock " + name,
            "held by " + String.join("; ", owners),
            "waited "
                + waited.toSeconds()
                + " s; run the goal again when that run has ended (what a killed run held is free "
                + Lease.LIFE.toSeconds()
                + " s later)",
            null);
      }
      region.pause(POLL);
      waited = waited.plus(POLL);
    }
  }

  /**
   * Waits for the lock of a channel.
   *
   * @throws MirrorException (machinery) if others still hold it after the longest wait; says who
   */
  Lease channel(String slug) throws IOException {
    String name = TreeLayout.channelLock(slug);
    return take(name, new Wait(name));
  }

  /** Waits until nobody is alone, and keeps everybody from being. */
  Lease shared() throws IOException {
    String run = UUID.randomUUID().toString();
    String key = BucketLayout.sharedLock(run);
    LeaseNote note = new LeaseNote(Owner.self(), run, 1, Lease.LIFE.toSeconds());
    Wait wait = new Wait(TreeLayout.STATE_LOCK);
    while (true) {
      long written = System.nanoTime();
      Optional<String> tag = region.put(key, Json.write(note), Condition.ABSENT);
      if (tag.isEmpty()) {
        throw new IOException(region.store().address(key) + " is another run's");
      }
      Lease lease = new Lease(region, key, note, tag.get(), written, true);
      boolean free = false;
      List<String> owners;
      try {
        owners = held(BucketLayout.lock(TreeLayout.STATE_LOCK));
        free = owners.isEmpty();
      } finally {
        if (!free) {
          lease.close();
        }
      }
      if (free) {
        return lease;
      }
      wait.pause(owners);
    }
  }

  /** Waits until nobody else adds, releases or removes. */
  Lease alone() throws IOException {
    Wait wait = new Wait(TreeLayout.STATE_LOCK);
    Lease lease = take(TreeLayout.STATE_LOCK, wait);
    boolean alone = false;
    try {
      List<String> others = others();
      while (!others.isEmpty()) {
        wait.pause(others);
        others = others();
      }
      alone = true;
      return lease;
    } finally {
      if (!alone) {
        lease.close();
      }
    }
  }

  /** Those who add; notes of runs that are over are removed. */
  private List<String> others() throws IOException {
    List<String> others = new ArrayList<>();
    List<String> dead = new ArrayList<>();
    for (Listed note : region.store().list(BucketLayout.SHARED_LOCKS)) {
      List<String> owner = held(note.key());
      if (owner.isEmpty()) {
        dead.add(note.key());
      }
      others.addAll(owner);
    }
    if (!dead.isEmpty()) {
      region.store().delete(dead);
    }
    return others;
  }

  private Lease take(String name, Wait wait) throws IOException {
    String key = BucketLayout.lock(name);
    String run = UUID.randomUUID().toString();
    while (true) {
      Optional<Stored> there = region.store().get(key);
      List<String> owners = there.map(this::owners).orElse(List.of());
      if (owners.isEmpty()) {
        LeaseNote note =
            new LeaseNote(
                Owner.self(),
                run,
                there.map(this::read).map(LeaseNote::serial).orElse(0L) + 1,
                Lease.LIFE.toSeconds());
        long written = System.nanoTime();
        Optional<String> tag =
            region.put(
                key, Json.write(note), there.map(Condition::unchanged).orElse(Condition.ABSENT));
        if (tag.isPresent()) {
          return new Lease(region, key, note, tag.get(), written, false);
        }
        // another run was quicker: it says who it is
        continue;
      }
      wait.pause(owners);
    }
  }

  /** Who holds the lease; nobody if it is free. */
  private List<String> held(String key) throws IOException {
    return region.store().get(key).map(this::owners).orElse(List.of());
  }

  private List<String> owners(Stored there) {
    LeaseNote note = read(there);
    return note.isHeld(there.modified(), there.served())
        ? List.of(note.owner().words())
        : List.of();
  }

  private LeaseNote read(Stored there) {
    return Json.read(there.bytes(), LeaseNote.class, "a lock of region " + region.name());
  }
}
