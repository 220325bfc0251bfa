package io.github.wheelmirror.publish;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.LockFile;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The named locks of one region: shared or exclusive, with a bounded wait and a known owner. */
final class RegionLocks {
  private static final long POLL_MILLIS = 50;
  private static final String SUFFIX = ".owner";

  private final Path root;
  private final String region;
  private final Duration longest;

  /**
   * @param root the region's root
   * @param region the region's name, for messages
   * @param longest how long to wait for a lock
   */
  RegionLocks(Path root, String region, Duration longest) {
    this.root = root;
    this.region = region;
    this.longest = longest;
  }

  /** A held lock. */
  interface Held extends AutoCloseable {
    /** Gives the lock back. */
    @Override
    void close();
  }

  /**
   * Waits for the lock.
   *
   * @param name the lock as a path of the tree, without the ending {@code .lock}
   * @throws MirrorException (machinery) if others still hold it after the longest wait; says who
   */
  Held shared(String name) {
    return await(name, true);
  }

  /** As {@link #shared}, but nobody else holds it at the same time. */
  Held exclusive(String name) {
    return await(name, false);
  }

  /** The lock alone, if it is free right now. */
  Optional<Held> tryExclusive(String name) {
    try {
      return tryOnce(file(name), false);
    } catch (IOException e) {
      throw broken(name, e);
    }
  }

  private Held await(String name, boolean shared) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      Path file = file(name);
      while (true) {
        Optional<Held> held = tryOnce(file, shared);
        if (held.isPresent()) {
          return held.get();
        }
        if (System.nanoTime() - end >= 0) {
          throw taken(name, file);
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (IOException e) {
      throw broken(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MirrorException.machinery(
          "waiting for lock " + name + " of region " + region + " was interrupted",
          "the run was told to end",
          "run the goal again; nothing visible was changed",
          e);
    }
  }

  private Path file(String name) throws IOException {
    Path file = root.resolve(name + ".lock");
    Files.createDirectories(WorkFolder.parent(file));
    return file;
  }

  private static Optional<Held> tryOnce(Path file, boolean shared) throws IOException {
    LockFile lock = LockFile.of(file);
    if (!lock.tryAcquire(shared)) {
      return Optional.empty();
    }
    Path note = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + SUFFIX);
    try {
      if (!shared) {
        // nobody else holds it: these are the notes of processes that were killed
        for (Path dead : notes(file)) {
          Files.deleteIfExists(dead);
        }
      }
      Files.write(note, Json.write(Owner.self()));
      return Optional.of(() -> release(lock, note));
    } catch (IOException | RuntimeException e) {
      release(lock, note);
      throw e;
    }
  }

  private static void release(LockFile lock, Path note) {
    try {
      try {
        Files.deleteIfExists(note);
      } finally {
        lock.release();
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          "a lock of the region cannot be given back",
          IoWords.of(e),
          "see whether the region's file system still answers",
          e);
    }
  }

  /** The notes in a folder that killed processes left; their locks ended with them. */
  List<Path> deadNotes(Path among) throws IOException {
    List<Path> dead = new ArrayList<>();
    for (Path note : notes(among, "*")) {
      // none: killed while writing it, or a living owner that only loses its mention
      if (owner(note).map(owner -> !owner.mayRun()).orElse(true)) {
        dead.add(note);
      }
    }
    return dead;
  }

  private static List<Path> notes(Path file) throws IOException {
    return notes(WorkFolder.parent(file), file.getFileName() + ".*");
  }

  private static List<Path> notes(Path folder, String names) throws IOException {
    List<Path> notes = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names + SUFFIX)) {
      entries.forEach(notes::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return notes;
  }

  private static List<String> owners(Path file) throws IOException {
    List<String> owners = new ArrayList<>();
    for (Path note : notes(file)) {
      owner(note).filter(Owner::mayRun).map(Owner::words).ifPresent(owners::add);
    }
    return owners;
  }

  /**
   * Nothing if the note was given back while we looked, if its owner is just about to write it, or
   * if a kill or a loss of power came in the middle of that.
   */
  private static Optional<Owner> owner(Path note) throws IOException {
    try {
      return Optional.of(Json.read(Files.readAllBytes(note), Owner.class, note.toString()));
    } catch (NoSuchFileException | MirrorException e) {
      // it is a mention for people, the lock itself is the operating system's
      return Optional.empty();
    }
  }

  private MirrorException taken(String name, Path file) throws IOException {
    List<String> owners = owners(file);
    return MirrorException.machinery(
        "region " + region + " is in use: lock " + name,
        owners.isEmpty()
            ? "another process that left no note holds " + file
            : "held by " + String.join("; ", owners),
        "waited " + longest.toSeconds() + " s; run the goal again when that run has ended",
        null);
  }

  private MirrorException broken(String name, IOException e) {
    return RegionErrors.of("lock " + name + " of region " + region + " cannot be taken", e);
  }
}
