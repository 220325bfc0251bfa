package io.github.wheelmirror.builder;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.tree.OldFiles;
import io.github.wheelmirror.tree.Store;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Removes {@link BuildEnvironments}; one that is just being made stays. */
public final class UnusedEnvironments implements Store {

  private final Path cache;

  /** Those in this folder. */
  public UnusedEnvironments(Path cache) {
    this.cache = cache;
  }

  static Path lockFile(Path cache, String key) {
    return cache.resolve("locks").resolve(key + ".lock");
  }

  @Override
  public Collected collect(Order order) {
    Amount removed = Amount.NONE;
    Amount kept = Amount.NONE;
    try {
      for (Path folder : folders()) {
        long bytes = FileTree.bytes(folder);
        if (order.covers(used(folder)) && (order.dryRun() || remove(folder, order))) {
          removed = removed.plus(bytes);
        } else {
          kept = kept.plus(bytes);
        }
      }
    } catch (IOException e) {
      throw OldFiles.unusable(cache, e);
    }
    return new Collected("build environments", removed, kept);
  }

  private List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(cache)) {
      for (Path folder : all) {
        boolean isOne =
            String.valueOf(folder.getFileName()).matches("[a-z0-9]+-[0-9a-f]{24}")
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        if (isOne) {
          folders.add(folder);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return folders;
  }

  /** One that was never ready was used when it was begun. */
  private static Instant used(Path folder) throws IOException {
    try {
      return Files.getLastModifiedTime(folder.resolve(BuildEnvironments.USED)).toInstant();
    } catch (NoSuchFileException e) {
      return Files.exists(folder) ? Files.getLastModifiedTime(folder).toInstant() : Instant.MAX;
    }
  }

  private boolean remove(Path folder, Order order) throws IOException {
    Path file = lockFile(cache, String.valueOf(folder.getFileName()));
    try {
      ExclusiveLock lock = ExclusiveLock.acquire(file, Duration.ZERO, () -> {});
      try {
        if (!order.covers(used(folder))) {
          return false;
        }
        Files.deleteIfExists(folder.resolve(BuildEnvironments.READY));
        FileTree.delete(folder);
        Files.deleteIfExists(file);
        return true;
      } finally {
        lock.close();
      }
    } catch (ExclusiveLock.TakenException e) {
      // just being made
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
