package io.github.wheelmirror.build;

import io.github.wheelmirror.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The locks that own wheels were built with: {@code build-requirements.json}.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param generation when locks were last asked to move, {@code ""} for never
 * @param locks each once, by digest
 */
public record LockedRequirements(int schemaVersion, String generation, List<BuildLock> locks) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 1;

  /** No lock at all. */
  public static final LockedRequirements NONE =
      new LockedRequirements(SCHEMA_VERSION, "", List.of());

  public LockedRequirements {
    Check.schema(schemaVersion, SCHEMA_VERSION, "a list of build requirements");
    Objects.requireNonNull(generation);
    locks = locks.stream().distinct().sorted(Comparator.comparing(BuildLock::digest)).toList();
  }

  /** These locks. */
  public static LockedRequirements of(String generation, List<BuildLock> locks) {
    return new LockedRequirements(SCHEMA_VERSION, generation, locks);
  }

  /** Those of the locks that own wheels among these files were built with, sorted. */
  public static SortedSet<String> digests(Collection<WheelFile> files) {
    SortedSet<String> digests = new TreeSet<>();
    for (WheelFile file : files) {
      if (file.origin() instanceof Origin.Built built && !built.requirements().lock().isEmpty()) {
        digests.add(built.requirements().lock());
      }
    }
    return digests;
  }

  /** The lock with the digest, if it is one of these. */
  public Optional<BuildLock> byDigest(String digest) {
    return locks.stream().filter(lock -> lock.digest().equals(digest)).findFirst();
  }

  /** The lock for the key, if it is one of these; of several the first by digest. */
  public Optional<BuildLock> byKey(String key) {
    return locks.stream().filter(lock -> lock.key().equals(key)).findFirst();
  }

  /**
   * Reads the file.
   *
   * @param where for the message
   * @throws io.github.wheelmirror.MirrorException (input) if it is damaged or of another version
   */
  public static LockedRequirements read(byte[] json, String where) {
    return Json.read(json, LockedRequirements.class, where);
  }

  /** The bytes of the file. */
  public byte[] bytes() {
    return Json.write(this);
  }
}
