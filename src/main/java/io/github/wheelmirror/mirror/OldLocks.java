package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.tree.OldFiles;
import io.github.wheelmirror.tree.Store;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The kept locks of a {@link LockStore}: those by key that were not used lately, and those by
 * digest that neither a wheel nor a kept one by key names. What a wheel in the wheelhouse was built
 * with stays in both places: the same question has the same answer for as long.
 */
final class OldLocks implements Store {

  private final Path folder;
  private final Supplier<Set<String>> needed;

  OldLocks(Path folder, Supplier<Set<String>> needed) {
    this.folder = folder;
    this.needed = needed;
  }

  @Override
  public Collected collect(Order order) {
    try {
      return collected(order);
    } catch (IOException e) {
      throw OldFiles.unusable(folder, e);
    }
  }

  private Collected collected(Order order) throws IOException {
    Path contents = folder.resolve("sha256");
    Set<String> wanted = new HashSet<>(needed.get());
    Amount removed = Amount.NONE;
    Amount kept = Amount.NONE;
    // the keys first: without one the lock is asked for again, without a lock a key names nothing
    for (Map.Entry<String, Path> key : locks(folder).entrySet()) {
      String digest = digest(key.getValue());
      boolean goes = isOld(key.getValue(), order) && !wanted.contains(digest);
      if (goes) {
        removed = removed.plus(remove(key.getValue(), order));
      } else {
        wanted.add(digest);
        kept = kept.plus(size(key.getValue()));
      }
    }
    for (Map.Entry<String, Path> content : locks(contents).entrySet()) {
      // one that was just written may precede its key, and its wheel
      if (isOld(content.getValue(), order) && !wanted.contains(content.getKey())) {
        removed = removed.plus(remove(content.getValue(), order));
      } else {
        kept = kept.plus(size(content.getValue()));
      }
    }
    return new Collected("locks", removed, kept);
  }

  private static Map<String, Path> locks(Path folder) throws IOException {
    Map<String, Path> locks = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
        if (Sha256.isDigest(name)) {
          locks.put(name, file);
        }
      }
    } catch (NoSuchFileException e) {
      return locks;
    }
    return locks;
  }

  /** Of the lock in the file; {@code ""} if it is damaged and so names nothing. */
  private static String digest(Path file) throws IOException {
    try {
      return LockedRequirements.read(Files.readAllBytes(file), file.toString()).locks().stream()
          .findFirst()
          .map(lock -> lock.digest())
          .orElse("");
    } catch (MirrorException | NoSuchFileException e) {
      return "";
    }
  }

  private static boolean isOld(Path file, Order order) throws IOException {
    try {
      Instant used = Files.getLastModifiedTime(file).toInstant();
      return order.covers(used);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static long remove(Path file, Order order) throws IOException {
    long bytes = size(file);
    if (!order.dryRun()) {
      Files.deleteIfExists(file);
    }
    return bytes;
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
