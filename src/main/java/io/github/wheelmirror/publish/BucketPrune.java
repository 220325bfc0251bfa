package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.publish.BucketReader.Arrived;
import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.publish.ObjectStore.Listed;
import io.github.wheelmirror.publish.ObjectStore.Stored;
import io.github.wheelmirror.tree.BucketLayout;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Retention.Fate;
import io.github.wheelmirror.tree.Retention.Held;
import io.github.wheelmirror.tree.Store;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Removes from a bucket what need not be kept: first the manifest of a snapshot, then the pages of
 * its pinned URL, and by a later run the wheels that only it listed.
 */
final class BucketPrune {
  private final BucketContext region;
  private final BucketReader channels;
  private final BucketLocks locks;
  private final Retention retention;
  private final Instant now;

  BucketPrune(
      BucketContext region,
      BucketReader channels,
      BucketLocks locks,
      Retention retention,
      Instant now) {
    this.region = region;
    this.channels = channels;
    this.locks = locks;
    this.retention = retention;
    this.now = now;
  }

  /**
   * What is to be done.
   *
   * @param marked the manifests of snapshots that go
   * @param garbage keys of all else that goes
   * @param marks what stays marked afterwards
   * @param before what is marked now
   */
  private record Plan(
      Pruned pruned,
      List<String> marked,
      List<String> garbage,
      SortedMap<String, Instant> marks,
      SortedMap<String, Instant> before) {

    boolean isEmpty() {
      return marked.isEmpty() && garbage.isEmpty() && marks.equals(before);
    }
  }

  /** Only says what would be done; takes no lock and writes nothing. */
  Pruned look() throws IOException {
    return plan().pruned();
  }

  /** Does it; writes nothing if there is nothing to do. */
  Pruned run() throws IOException {
    Plan first = plan();
    ReleaseRules rules = new ReleaseRules(region.name());
    rules.requireModest(first.pruned(), retention);
    if (first.isEmpty() && !AfterPrune.isDue(region)) {
      return first.pruned();
    }
    try (Lease lease = locks.alone()) {
      // nobody adds or releases from here on
      Plan plan = plan();
      rules.requireModest(plan.pruned(), retention);
      remove(plan, lease);
      return plan.pruned();
    }
  }

  private void remove(Plan plan, Lease lease) throws IOException {
    AfterPrune afterPrune = AfterPrune.in(region, lease::require);
    afterPrune.announce();
    // without its manifest nobody takes what is left for a snapshot
    delete(plan.marked(), lease);
    delete(plan.garbage(), lease);
    afterPrune.run();
    if (!plan.marks().equals(plan.before())) {
      lease.require();
      String key = TreeLayout.GARBAGE;
      region
          .store()
          .put(key, ObjectContent.of(key, GarbageMarks.bytes(plan.marks())), Condition.NONE);
    }
  }

  private static final int AT_ONCE = 1000;

  private void delete(List<String> keys, Lease lease) throws IOException {
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      lease.require();
      region.store().delete(keys.subList(from, Math.min(keys.size(), from + AT_ONCE)));
    }
  }

  private Plan plan() throws IOException {
    BucketNotes notes = new BucketNotes(region);
    Set<String> beingReleased = notes.snapshots();
    Set<String> ids = ids();
    Map<String, Arrived> manifests = manifests(ids);
    List<Fate> fates = fates(manifests, beingReleased);
    Set<String> listed = new HashSet<>();
    Set<String> kept = new HashSet<>();
    List<String> marked = new ArrayList<>();
    List<String> garbage = new ArrayList<>();
    Store.Amount pages = Store.Amount.NONE;
    for (Fate fate : fates) {
      if (fate.isKept()) {
        kept.add(fate.snapshot());
        Manifest manifest = Objects.requireNonNull(manifests.get(fate.snapshot())).manifest();
        manifest.files().forEach(file -> listed.add(TreeLayout.poolFolder(file.sha256())));
      } else {
        marked.add(TreeLayout.manifest(fate.snapshot()));
        pages = add(rest(fate.snapshot()), garbage, pages);
      }
    }
    for (String id : ids) {
      if (!manifests.containsKey(id) && !beingReleased.contains(id)) {
        // a run was killed while it staged or removed this one
        List<Listed> rest = rest(id);
        if (rest.stream().allMatch(object -> retention.isOver(object.modified(), now))) {
          pages = add(rest, garbage, pages);
        }
      }
    }
    garbage.addAll(notes.over());
    garbage.addAll(new BucketReports(region).garbage(channels, kept));
    SortedMap<String, Instant> before = marks();
    ContentSweep wheels = new ContentSweep(before, listed, retention, now);
    garbage.addAll(pool(wheels));
    return new Plan(
        new Pruned(region.name(), fates, wheels.all(), wheels.removed(), pages, wheels.waiting()),
        marked,
        garbage,
        wheels.marks(),
        before);
  }

  private static Store.Amount add(List<Listed> objects, List<String> garbage, Store.Amount before) {
    Store.Amount pages = before;
    for (Listed object : objects) {
      garbage.add(object.key());
      if (object.key().endsWith("/" + TreeLayout.HTML_PAGE)) {
        pages = pages.plus(object.size());
      }
    }
    return pages;
  }

  /** All of a snapshot but the manifest that makes it one. */
  private List<Listed> rest(String id) throws IOException {
    List<Listed> rest = new ArrayList<>(region.store().list(BucketLayout.pinned(id)));
    for (Listed object : region.store().list(BucketLayout.snapshot(id))) {
      if (!object.key().equals(TreeLayout.manifest(id))) {
        rest.add(object);
      }
    }
    return rest;
  }

  /** Of all snapshots and of what is left of some. */
  private Set<String> ids() throws IOException {
    Set<String> ids = new TreeSet<>();
    for (String folder : region.store().folders(BucketLayout.PINNED)) {
      BucketLayout.snapshotOf(folder).ifPresent(ids::add);
    }
    for (String id : channels.snapshots()) {
      if (!Sha256.isDigest(id)) {
        throw unreadable(id, "it is no snapshot", null);
      }
      ids.add(id);
    }
    return ids;
  }

  /** Fails for a manifest that cannot be read: nobody knows what it lists. */
  private Map<String, Arrived> manifests(Set<String> ids) throws IOException {
    Map<String, Arrived> manifests = new TreeMap<>();
    for (String id : ids) {
      try {
        channels.find(id).ifPresent(found -> manifests.put(id, found));
      } catch (MirrorException e) {
        throw unreadable(id, e.why(), e);
      }
    }
    return manifests;
  }

  private MirrorException unreadable(
      String id, String why, @org.jspecify.annotations.Nullable RuntimeException cause) {
    return MirrorException.machinery(
        "nothing was removed from region " + region.name(),
        region.store().address(TreeLayout.SNAPSHOTS + "/" + id)
            + " cannot be read, so nobody knows which files it needs: "
            + why,
        "restore it from a backup or another region, or move it away if nobody needs it",
        cause);
  }

  private List<Fate> fates(Map<String, Arrived> manifests, Set<String> beingReleased)
      throws IOException {
    Map<String, List<Held>> bySlug = new TreeMap<>();
    manifests.forEach(
        (id, found) ->
            bySlug
                .computeIfAbsent(found.manifest().slug(), slug -> new ArrayList<>())
                .add(new Held(id, found.at())));
    for (String slug : channels.slugs()) {
      Optional<Release> current = channels.release(slug);
      if (current.isPresent()) {
        // a channel whose current snapshot is not among them is damaged
        channels.manifest(slug, current.get().snapshot());
      }
    }
    List<Fate> fates = new ArrayList<>();
    for (Map.Entry<String, List<Held>> entry : bySlug.entrySet()) {
      String slug = entry.getKey();
      fates.addAll(
          retention.decide(
              slug,
              entry.getValue(),
              channels.history(slug),
              channels
                  .pointer(slug)
                  .map(pointer -> pointer.current().previous())
                  .filter(id -> !id.isEmpty()),
              beingReleased,
              now));
    }
    return fates;
  }

  private SortedMap<String, Instant> marks() throws IOException {
    Optional<Stored> object = region.store().get(TreeLayout.GARBAGE);
    return object.isEmpty()
        ? new TreeMap<>()
        : GarbageMarks.parse(
            new String(object.get().bytes(), StandardCharsets.UTF_8),
            region.name(),
            region.store().address(TreeLayout.GARBAGE));
  }

  /** Shows the pool's folders to the sweep, and gives the keys of those that go. */
  private List<String> pool(ContentSweep sweep) throws IOException {
    Map<String, List<Listed>> folders = new TreeMap<>();
    for (Listed object : region.store().list(TreeLayout.POOL + "/")) {
      BucketLayout.poolFolder(object.key())
          .ifPresent(
              folder -> folders.computeIfAbsent(folder, each -> new ArrayList<>()).add(object));
    }
    folders.forEach(
        (folder, objects) -> sweep.add(folder, objects.stream().mapToLong(Listed::size).sum()));
    List<String> keys = new ArrayList<>();
    for (String folder : sweep.garbage()) {
      Objects.requireNonNull(folders.get(folder)).forEach(object -> keys.add(object.key()));
    }
    return keys;
  }
}
