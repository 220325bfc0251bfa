package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.publish.BucketSnapshot.Part;
import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.publish.ObjectStore.Facts;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings one snapshot into a bucket, where nobody is led to it yet: pool, pages and documents, a
 * look at the result, and last the manifest that makes it a snapshot.
 */
final class BucketStage {
  private final BucketContext region;
  private final BucketReader channels;
  private final Snapshot snapshot;
  private final Progress progress;
  private final BucketSnapshot objects;

  BucketStage(BucketContext region, BucketReader channels, Snapshot snapshot, Progress progress) {
    this.region = region;
    this.channels = channels;
    this.snapshot = snapshot;
    this.progress = progress;
    this.objects = new BucketSnapshot(region, snapshot.id(), snapshot.manifest());
  }

  /**
   * Does it all; what is there already stays as it is.
   *
   * @param lease keeps others from removing what is relied on
   */
  void run(Wheelhouse house, Lease lease) throws IOException {
    Manifest manifest = snapshot.manifest();
    ReleaseRules rules = new ReleaseRules(region.name());
    rules.refuseQuarantined(channels.quarantine(), manifest);
    Set<String> proven = new HashSet<>();
    Optional<Release> current = channels.release(snapshot.slug());
    if (current.isPresent()) {
      Manifest now = channels.manifest(snapshot.slug(), current.get().snapshot());
      rules.refuseOtherContent(manifest, now, "the current release of");
      for (Manifest later : channels.rolledBack(snapshot.slug())) {
        rules.refuseOtherContent(manifest, later, "a release that was rolled back of");
      }
      StoredFiles.wheels(now).forEach(file -> proven.add(file.path()));
    }
    wheels(StoredFiles.wheels(manifest, house), proven);
    pages();
    objects.require();
    lease.require();
    put(objects.mark(), Condition.ABSENT);
    // what was relied on was there until now
    lease.require();
  }

  private void wheels(List<StoredFile> wanted, Set<String> proven) throws IOException {
    Map<String, Long> pool = BucketSnapshot.pool(region.store());
    List<StoredFile> missing = new ArrayList<>();
    List<StoredFile> doubtful = new ArrayList<>();
    for (StoredFile file : wanted) {
      Long size = pool.get(file.path());
      if (size == null) {
        missing.add(file);
      } else if (size != file.size() || !proven.contains(file.path())) {
        doubtful.add(file);
      }
    }
    SyncBatch.each(doubtful, this::requireSame);
    each("copying wheels", missing, this::copy);
  }

  private void copy(StoredFile file) throws IOException {
    Path from = file.source().find();
    if (!Sha256.of(from).equals(file.sha256())) {
      throw MirrorException.machinery(
          "nothing was released: " + from.getFileName() + " is damaged",
          from + " is not the file with sha256 " + file.sha256() + " that the snapshot names",
          "delete it and run the build and snapshot goals again",
          null);
    }
    ObjectContent content = ObjectContent.of(file.path(), from, file.size(), file.sha256());
    if (region.store().put(file.path(), content, Condition.ABSENT).isEmpty()) {
      // another run put it meanwhile, or this one whose answer was lost
      requireSame(file);
    }
  }

  /** A name of the pool has one content for ever. */
  private void requireSame(StoredFile file) throws IOException {
    Optional<Facts> facts = region.store().head(file.path());
    String sha256 = facts.map(Facts::sha256).orElse("");
    if (facts.isPresent() && sha256.isEmpty()) {
      sha256 = hash(file.path());
    }
    if (facts.isEmpty() || facts.get().size() != file.size() || !sha256.equals(file.sha256())) {
      throw MirrorException.machinery(
          "nothing was released: an object of region " + region.name() + " has another content",
          region.store().address(file.path())
              + (facts.isEmpty()
                  ? " went away"
                  : " has %d bytes and the sha256 %s instead of %d and %s"
                      .formatted(facts.get().size(), sha256, file.size(), file.sha256())),
          "find out who wrote it; remove that object and run the goal again, which writes it anew",
          null);
    }
  }

  private String hash(String key) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(region.store().open(key), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void pages() throws IOException {
    Map<String, Long> held = objects.held();
    List<Part> missing = new ArrayList<>();
    for (Part part : objects.parts()) {
      Long size = held.get(part.key());
      if (size == null || size != part.size()) {
        missing.add(part);
      }
    }
    // an object of another size is no page of any release: it is replaced
    each(
        "copying pages",
        missing,
        part -> put(part, held.containsKey(part.key()) ? Condition.NONE : Condition.ABSENT));
  }

  /** Its key has the snapshot's id in it: what another run put there is the same. */
  private void put(Part part, Condition condition) throws IOException {
    region.store().put(part.key(), part.content(snapshot.directory()), condition);
  }

  private <T> void each(String step, Collection<T> items, SyncBatch.Work<T> work)
      throws IOException {
    AtomicLong done = new AtomicLong();
    SyncBatch.each(
        items,
        item -> {
          work.on(item);
          progress.done(step, done.incrementAndGet(), items.size());
        });
  }
}
