package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.JournalEntry.Operation;
import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.publish.ObjectStore.Listed;
import io.github.wheelmirror.publish.ObjectStore.Stored;
import io.github.wheelmirror.tree.BucketLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The journal of a channel in a bucket: an object for each step of each release, written once and
 * never again, so that a list of their keys tells which releases did not end.
 */
final class BucketJournal {
  private final BucketContext region;

  /** They never change, so each is read once. */
  private final Map<String, JournalEntry> known = new ConcurrentHashMap<>();

  BucketJournal(BucketContext region) {
    this.region = region;
  }

  /** The steps of the channel's releases by serial. */
  SortedMap<Long, Set<Operation>> steps(String slug) throws IOException {
    SortedMap<Long, Set<Operation>> steps = new TreeMap<>();
    for (Listed object : region.store().list(BucketLayout.journal(slug))) {
      String[] name = object.key().substring(BucketLayout.journal(slug).length()).split("\\.", -1);
      try {
        steps
            .computeIfAbsent(Long.parseLong(name[0]), serial -> EnumSet.noneOf(Operation.class))
            .add(Operation.valueOf(name[1].toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw damaged(object.key(), "that is no name of a step", e);
      }
    }
    return steps;
  }

  /** All steps of the channel, oldest release first. */
  List<JournalEntry> entries(String slug) throws IOException {
    List<String> keys = new ArrayList<>();
    steps(slug)
        .forEach((serial, steps) -> steps.forEach(step -> keys.add(key(slug, serial, step))));
    SyncBatch.each(
        keys.stream().filter(key -> !known.containsKey(key)).toList(),
        key -> known.put(key, read(key)));
    List<JournalEntry> entries = new ArrayList<>();
    for (String key : keys) {
      entries.add(Optional.ofNullable(known.get(key)).orElseThrow());
    }
    return entries;
  }

  /** What was announced under this serial. */
  JournalEntry flip(String slug, long serial) throws IOException {
    return read(key(slug, serial, Operation.FLIP));
  }

  /**
   * Adds a step.
   *
   * @return whether it is this one that counts; not if another run told the same step of a release
   *     with the same serial
   */
  boolean add(JournalEntry entry) throws IOException {
    String key = key(entry.slug(), entry.serial(), entry.operation());
    return region.put(key, Json.write(entry), Condition.ABSENT).isPresent();
  }

  private static String key(String slug, long serial, Operation step) {
    return BucketLayout.journal(slug, serial, step.name().toLowerCase(Locale.ROOT));
  }

  private JournalEntry read(String key) throws IOException {
    Optional<Stored> object = region.store().get(key);
    if (object.isEmpty()) {
      throw damaged(key, "it went away", null);
    }
    try {
      return Json.read(object.get().bytes(), JournalEntry.class, key);
    } catch (MirrorException e) {
      throw damaged(key, e.why(), e);
    }
  }

  private MirrorException damaged(
      String key, String why, @org.jspecify.annotations.Nullable RuntimeException cause) {
    return MirrorException.machinery(
        "the journal of a region is damaged",
        region.store().address(key) + ": " + why,
        "restore the object, or remove it if you know what it said; what clients see is not"
            + " affected",
        cause);
  }
}
