package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.ObjectStore.Listed;
import io.github.wheelmirror.tree.BucketLayout;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestDocument;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The objects that a snapshot consists of in a bucket, and whether they are there. */
final class BucketSnapshot {
  private static final int SHOWN = 10;

  private final BucketContext region;
  private final String id;
  private final Manifest manifest;

  BucketSnapshot(BucketContext region, String id, Manifest manifest) {
    this.region = region;
    this.id = id;
    this.manifest = manifest;
  }

  /**
   * An object of a snapshot that is no wheel.
   *
   * @param path of its bytes in a staged snapshot
   */
  record Part(String key, String path, String sha256, long size) {
    ObjectContent content(Path staged) {
      return ObjectContent.of(key, staged.resolve(path), size, sha256);
    }
  }

  /** All but wheels and the manifest that makes it one. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    String pinned = BucketLayout.pinned(id);
    for (ManifestPage page : manifest.pages()) {
      Part html =
          new Part(
              pinned + BucketLayout.htmlPage(page.project()),
              TreeLayout.htmlPage(page.sha256()),
              page.htmlSha256(),
              page.htmlSize());
      parts.add(html);
      parts.add(at(pinned + BucketLayout.page(page.project()), html));
      parts.add(
          new Part(
              pinned + BucketLayout.jsonPage(page.project()),
              TreeLayout.jsonPage(page.sha256()),
              page.jsonSha256(),
              page.jsonSize()));
    }
    for (ManifestDocument document : manifest.documents()) {
      String path = TreeLayout.document(id, document.path());
      Part part = new Part(path, path, document.sha256(), document.size());
      parts.add(part);
      parts.add(at(pinned + document.path(), part));
      if (document.path().equals(TreeLayout.rootHtml())) {
        parts.add(at(pinned + BucketLayout.root(), part));
      }
    }
    parts.add(at(pinned + BucketLayout.manifest(), mark()));
    return parts;
  }

  /** The manifest under the key that says that all else is there. */
  Part mark() {
    String path = TreeLayout.manifest(id);
    return new Part(path, path, id, manifest.bytes().length);
  }

  private static Part at(String key, Part same) {
    return new Part(key, same.path(), same.sha256(), same.size());
  }

  /** Sizes of all that begins so, by key. */
  static Map<String, Long> sizes(ObjectStore store, String prefix) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    for (Listed object : store.list(prefix)) {
      sizes.put(object.key(), object.size());
    }
    return sizes;
  }

  /** What the bucket holds of the snapshot's own objects. */
  Map<String, Long> held() throws IOException {
    Map<String, Long> held = sizes(region.store(), BucketLayout.pinned(id));
    held.putAll(sizes(region.store(), BucketLayout.snapshot(id)));
    return held;
  }

  /** What of the pool is there. */
  static Map<String, Long> pool(ObjectStore store) throws IOException {
    return sizes(store, TreeLayout.POOL + "/");
  }

  /**
   * Looks whether every object is there with its size: what was put came with its digest, which the
   * store compared, and no object is ever half written.
   *
   * @return what is wrong, sorted
   */
  List<String> problems() throws IOException {
    Map<String, Long> held = held();
    held.putAll(pool(region.store()));
    List<String> problems = new ArrayList<>();
    for (Part part : parts()) {
      look(part.key(), part.size(), held, problems);
    }
    for (StoredFile file : StoredFiles.wheels(manifest)) {
      look(file.path(), file.size(), held, problems);
    }
    problems.sort(null);
    return problems;
  }

  private static void look(String key, long size, Map<String, Long> held, List<String> problems) {
    Long there = held.get(key);
    if (there == null) {
      problems.add(key + " is missing");
    } else if (there != size) {
      problems.add(key + " has " + there + " bytes instead of " + size);
    }
  }

  /** Refuses a snapshot that was just written and is not there. */
  void require() throws IOException {
    List<String> found = problems();
    if (!found.isEmpty()) {
      throw MirrorException.machinery(
          "region " + region.name() + " does not hold what was written to it",
          shown(found),
          "see whether something else (a lifecycle rule, another program) removes objects there;"
              + " nothing visible was changed, and running the goal again writes them anew",
          null);
    }
  }

  /** Refuses a snapshot that was whole once and is not now. */
  void requireKept() throws IOException {
    List<String> found = problems();
    if (!found.isEmpty()) {
      throw MirrorException.machinery(
          "region " + region.name() + " does not hold all of snapshot " + id,
          shown(found),
          "name a snapshot that is whole, or restore these objects from a backup or another region;"
              + " nothing visible was changed",
          null);
    }
  }

  private static String shown(List<String> found) {
    return found.stream().limit(SHOWN).collect(Collectors.joining("; "))
        + (found.size() > SHOWN ? "; and " + (found.size() - SHOWN) + " more" : "");
  }
}
