package io.github.wheelmirror.mirror;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.tree.OldFiles;
import io.github.wheelmirror.tree.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fetched files, each in a folder of its own below its digest, with the lock files of those who use
 * it. A folder goes as a whole, while all its locks are held.
 */
final class FetchedFiles implements Store {

  private final String kind;
  private final Path folder;
  private final List<String> locks;

  /**
   * The files in a folder.
   *
   * @param locks the names of the lock files, in the order in which they are taken
   */
  FetchedFiles(String kind, Path folder, List<String> locks) {
    this.kind = kind;
    this.folder = folder;
    this.locks = List.copyOf(locks);
  }

  private record Content(long bytes, Instant used) {}

  @Override
  public Collected collect(Order order) {
    Amount removed = Amount.NONE;
    Amount kept = Amount.NONE;
    try {
      for (Path upper : folders(folder, "[0-9a-f]{2}")) {
        for (Path place : folders(upper, "[0-9a-f]{62}")) {
          Content content = content(place);
          if (order.covers(content.used()) && (order.dryRun() || remove(place, order))) {
            removed = removed.plus(content.bytes());
          } else {
            kept = kept.plus(content.bytes());
          }
        }
      }
    } catch (IOException e) {
      throw OldFiles.unusable(folder, e);
    }
    return new Collected(kind, removed, kept);
  }

  /** Whether it could be removed: not if a run uses it, or has just used it. */
  private boolean remove(Path place, Order order) throws IOException {
    Deque<ExclusiveLock> held = new ArrayDeque<>();
    try {
      for (String lock : locks) {
        held.push(ExclusiveLock.acquire(place.resolve(lock), Duration.ZERO, () -> {}));
      }
      if (!order.covers(content(place).used())) {
        return false;
      }
      removeAll(place);
      return true;
    } catch (ExclusiveLock.TakenException e) {
      return false;
    } catch (InterruptedException e) {
      throw Interrupts.ended(e);
    } finally {
      held.forEach(ExclusiveLock::close);
    }
  }

  /** The locks last: who takes a new one finds nothing, or what came after. */
  private void removeAll(Path place) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
      for (Path file : files) {
        if (!locks.contains(String.valueOf(file.getFileName()))) {
          Folders.remove(file);
        }
      }
    }
    for (String lock : locks) {
      Files.deleteIfExists(place.resolve(lock));
    }
    try {
      Files.deleteIfExists(place);
    } catch (DirectoryNotEmptyException anotherRunNeedsItAgain) {
      return;
    }
  }

  /** The newest file tells; a folder without one was used when it was last changed. */
  private static Content content(Path place) throws IOException {
    long bytes = 0;
    Instant used = Instant.EPOCH;
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        BasicFileAttributes facts =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean isLock = String.valueOf(file.getFileName()).endsWith(".lock");
        if (facts.isRegularFile() && !isLock) {
          bytes += facts.size();
          Instant time = facts.lastModifiedTime().toInstant();
          used = time.isAfter(used) ? time : used;
        }
      }
      return new Content(
          bytes, used.equals(Instant.EPOCH) ? Files.getLastModifiedTime(place).toInstant() : used);
    } catch (NoSuchFileException | UncheckedIOException e) {
      // changing: a run is at it
      return new Content(0, Instant.MAX);
    }
  }

  private static List<Path> folders(Path parent, String name) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (String.valueOf(entry.getFileName()).matches(name)
            && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          folders.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return folders;
  }
}
