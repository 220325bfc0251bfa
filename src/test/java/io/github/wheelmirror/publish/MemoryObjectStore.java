package io.github.wheelmirror.publish;

import io.github.wheelmirror.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A strongly consistent store in memory, with a clock of its own. */
final class MemoryObjectStore implements ObjectStore {
  private final SortedMap<String, Entry> objects = new TreeMap<>();
  private Instant now = Instant.parse("2026-02-01T00:00:00Z");
  private int writes;

  /** An object with its headers. */
  record Entry(byte[] bytes, String etag, Instant modified, String mediaType, String cache) {}

  synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  /** How many requests changed something. */
  synchronized int writes() {
    return writes;
  }

  synchronized Map<String, Entry> objects() {
    return new TreeMap<>(objects);
  }

  /** As somebody else does who knows no conditions. */
  synchronized void write(String key, byte[] bytes) {
    objects.put(key, entry(bytes, MediaType.of(key), ObjectContent.ASK_AGAIN));
  }

  synchronized void remove(String key) {
    if (objects.remove(key) == null) {
      throw new AssertionError("there is no " + key);
    }
  }

  private Entry entry(byte[] bytes, String mediaType, String cache) {
    return new Entry(bytes.clone(), "\"" + Sha256.of(bytes) + "\"", now, mediaType, cache);
  }

  @Override
  public String address(String key) {
    return "memory://" + key;
  }

  @Override
  public synchronized Optional<Stored> get(String key) {
    return Optional.ofNullable(objects.get(key))
        .map(entry -> new Stored(entry.bytes().clone(), entry.etag(), entry.modified(), now));
  }

  @Override
  public synchronized InputStream open(String key) throws IOException {
    Entry entry = objects.get(key);
    if (entry == null) {
      throw new ObjectStoreException(key + " is missing", "none", null);
    }
    return new ByteArrayInputStream(entry.bytes());
  }

  @Override
  public synchronized Optional<Facts> head(String key) {
    return Optional.ofNullable(objects.get(key))
        .map(entry -> new Facts(entry.bytes().length, Sha256.of(entry.bytes())));
  }

  @Override
  public synchronized Optional<String> put(String key, ObjectContent content, Condition condition)
      throws IOException {
    byte[] bytes;
    try (InputStream in = content.source().open(0)) {
      bytes = in.readAllBytes();
    }
    if (bytes.length != content.size() || !Sha256.of(bytes).equals(content.sha256())) {
      throw new ObjectStoreException(key + ": the server answers 400 BadDigest", "none", null);
    }
    Entry there = objects.get(key);
    boolean met =
        condition.absent()
            ? there == null
            : condition.etag().isEmpty() || there != null && there.etag().equals(condition.etag());
    if (!met) {
      return Optional.empty();
    }
    writes++;
    Entry entry = entry(bytes, content.mediaType(), content.cacheControl());
    objects.put(key, entry);
    return Optional.of(entry.etag());
  }

  @Override
  public synchronized void copy(String from, String to, String cacheControl) throws IOException {
    Entry source = objects.get(from);
    if (source == null) {
      throw new ObjectStoreException(from + " is missing", "none", null);
    }
    writes++;
    objects.put(to, entry(source.bytes(), MediaType.of(to), cacheControl));
  }

  @Override
  public synchronized List<Listed> list(String prefix) {
    List<Listed> listed = new ArrayList<>();
    objects.forEach(
        (key, entry) -> {
          if (key.startsWith(prefix)) {
            listed.add(new Listed(key, entry.bytes().length, entry.etag(), entry.modified()));
          }
        });
    return listed;
  }

  @Override
  public synchronized List<String> folders(String prefix) {
    int start = prefix.lastIndexOf('/') + 1;
    TreeSet<String> names = new TreeSet<>();
    for (String key : objects.keySet()) {
      int end = key.indexOf('/', prefix.length());
      if (key.startsWith(prefix) && end >= 0) {
        names.add(key.substring(start, end));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public synchronized void delete(Collection<String> keys) {
    writes++;
    keys.forEach(objects::remove);
  }

  /** Keys and contents of what clients or operators see: not what runs tell each other. */
  synchronized Map<String, String> tree() {
    Map<String, String> tree = new TreeMap<>();
    objects.forEach(
        (key, entry) -> {
          if (!key.startsWith("state/locks/") && !key.startsWith("state/journal/")) {
            tree.put(
                key,
                // serials count failed tries too
                key.endsWith("/current.json")
                    ? "a pointer"
                    : Arrays.toString(
                        new Object[] {Sha256.of(entry.bytes()), entry.mediaType(), entry.cache()}));
          }
        });
    return tree;
  }
}
