package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says that somebody relies on the files of a snapshot that is not released yet, so that they are
 * not deleted meanwhile.
 *
 * @param slug the channel
 * @param snapshot the id
 * @param owner who
 */
record StagingNote(String slug, String snapshot, Owner owner) {
  private static final String SUFFIX = ".json";

  StagingNote {
    Objects.requireNonNull(slug);
    Objects.requireNonNull(snapshot);
    Objects.requireNonNull(owner);
  }

  /** Writes this process's note. */
  static void write(RegionContext region, WorkFolder work, String slug, String snapshot)
      throws IOException {
    Path file = region.at(TreeLayout.stagingNote(snapshot));
    Files.createDirectories(WorkFolder.parent(file));
    work.replace(file, Json.write(new StagingNote(slug, snapshot, Owner.self())));
  }

  /** Takes this process's note away; another one's stays. */
  static void remove(RegionContext region, String snapshot) throws IOException {
    Path file = region.at(TreeLayout.stagingNote(snapshot));
    Optional<StagingNote> note = read(file);
    if (note.isPresent() && note.get().owner().equals(Owner.self())) {
      Files.deleteIfExists(file);
    }
  }

  /** The snapshots that somebody relies on. */
  static Set<String> snapshots(RegionContext region) throws IOException {
    Set<String> snapshots = new HashSet<>();
    for (Path file : files(region)) {
      read(file).map(StagingNote::snapshot).ifPresent(snapshots::add);
    }
    return snapshots;
  }

  /** The notes of processes that ended without taking them away. */
  static List<Path> dead(RegionContext region) throws IOException {
    List<Path> dead = new ArrayList<>();
    for (Path file : files(region)) {
      Optional<StagingNote> note = read(file);
      if (note.isPresent() && !note.get().owner().mayRun()) {
        dead.add(file);
      }
    }
    return dead;
  }

  private static List<Path> files(RegionContext region) throws IOException {
    return WorkFolder.children(region.at(TreeLayout.STAGING)).stream()
        .filter(file -> file.toString().endsWith(SUFFIX))
        .toList();
  }

  private static Optional<StagingNote> read(Path file) throws IOException {
    try {
      return Optional.of(Json.read(Files.readAllBytes(file), StagingNote.class, file.toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MirrorException e) {
      throw MirrorException.machinery(
          "a note of a running release cannot be read", file + ": " + e.why(), "delete it", e);
    }
  }
}
