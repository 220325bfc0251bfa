package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.publish.ObjectStore.Listed;
import io.github.wheelmirror.publish.ObjectStore.Stored;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The notes of those who rely on a snapshot that is not released yet. Nobody can see from another
 * machine whether its run still lives, so a note counts for a day.
 */
final class BucketNotes {
  /** Longer than other regions need to get the same snapshot. */
  static final Duration LIFE = Duration.ofHours(24);

  private final BucketContext region;

  BucketNotes(BucketContext region) {
    this.region = region;
  }

  /** Writes this run's note. */
  void write(String slug, String snapshot) throws IOException {
    String key = TreeLayout.stagingNote(snapshot);
    byte[] note = Json.write(new StagingNote(slug, snapshot, Owner.self()));
    region.store().put(key, ObjectContent.of(key, note), Condition.NONE);
  }

  /** Takes this run's note away; another one's stays. */
  void remove(String snapshot) throws IOException {
    String key = TreeLayout.stagingNote(snapshot);
    Optional<Stored> note = region.store().get(key);
    if (note.isPresent() && read(key, note.get()).owner().equals(Owner.self())) {
      region.store().delete(List.of(key));
    }
  }

  /** The snapshots that somebody relies on. */
  Set<String> snapshots() throws IOException {
    Set<String> snapshots = new TreeSet<>();
    for (Listed object : region.store().list(TreeLayout.STAGING + "/")) {
      Optional<Stored> note = region.store().get(object.key());
      if (note.isPresent() && !isOver(note.get())) {
        snapshots.add(read(object.key(), note.get()).snapshot());
      }
    }
    return snapshots;
  }

  /** The notes that count no more. */
  List<String> over() throws IOException {
    List<String> over = new ArrayList<>();
    for (Listed object : region.store().list(TreeLayout.STAGING + "/")) {
      if (region.store().get(object.key()).filter(BucketNotes::isOver).isPresent()) {
        over.add(object.key());
      }
    }
    return over;
  }

  private static boolean isOver(Stored note) {
    return note.served().isAfter(note.modified().plus(LIFE));
  }

  private StagingNote read(String key, Stored note) {
    try {
      return Json.read(note.bytes(), StagingNote.class, key);
    } catch (MirrorException e) {
      throw MirrorException.machinery(
          "a note of a running release cannot be read",
          region.store().address(key) + ": " + e.why(),
          "delete it",
          e);
    }
  }
}
