package io.github.wheelmirror.publish;

import io.github.wheelmirror.publish.ObjectStore.Listed;
import io.github.wheelmirror.tree.BucketLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Makes the moving URL of a channel in a bucket show what its pointer names: copies of what the
 * pinned URL shows, object by object.
 *
 * <p>Each page is of one release, and each link and each name in the list of projects leads
 * somewhere at any time; pages of two releases may be seen beside each other meanwhile.
 */
final class MovingPages {
  private final BucketContext region;
  private final String slug;
  private final Lease lease;

  MovingPages(BucketContext region, String slug, Lease lease) {
    this.region = region;
    this.slug = slug;
    this.lease = lease;
  }

  /** Copies what differs, whatever earlier runs left there, and removes what is too much. */
  void show(String snapshot) throws IOException {
    String from = BucketLayout.pinned(snapshot);
    String to = BucketLayout.moving(slug);
    Map<String, Listed> wanted = relative(from);
    Map<String, Listed> held = relative(to);
    List<String> changed = new ArrayList<>();
    wanted.forEach(
        (key, object) -> {
          if (!isSame(object, held.get(key))) {
            changed.add(key);
          }
        });
    changed.sort(null);
    Predicate<String> page = BucketLayout::isPage;
    Predicate<String> manifest = BucketLayout.manifest()::equals;
    // the list of projects follows the pages, so that each of them is there
    copy(changed, page, from, to);
    copy(changed, page.or(manifest).negate(), from, to);
    List<String> surplus =
        held.keySet().stream().filter(key -> !wanted.containsKey(key)).map(to::concat).toList();
    if (!surplus.isEmpty()) {
      lease.require();
      region.store().delete(surplus);
    }
    // says that all else is there
    copy(changed, manifest, from, to);
  }

  private void copy(List<String> keys, Predicate<String> which, String from, String to)
      throws IOException {
    SyncBatch.each(
        keys.stream().filter(which).toList(),
        key -> {
          lease.require();
          region.store().copy(from + key, to + key, ObjectContent.ASK_AGAIN);
        });
  }

  /** A store that encrypts may give copies other tags: then more is copied than differs. */
  private static boolean isSame(Listed wanted, @org.jspecify.annotations.Nullable Listed held) {
    return held != null && held.size() == wanted.size() && held.etag().equals(wanted.etag());
  }

  private Map<String, Listed> relative(String prefix) throws IOException {
    Map<String, Listed> objects = new HashMap<>();
    for (Listed object : region.store().list(prefix)) {
      objects.put(object.key().substring(prefix.length()), object);
    }
    return objects;
  }
}
