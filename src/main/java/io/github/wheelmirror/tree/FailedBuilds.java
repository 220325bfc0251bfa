package io.github.wheelmirror.tree;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.WorkResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Builds that failed for a reason that lasts, each under its build key, so that they are not tried
 * again until something changes: another key, or other circumstances of the host. Part of a {@link
 * Wheelhouse}'s folder: {@code failures/<key>.json}, the log beside it.
 */
public final class FailedBuilds {

  static final String FOLDER = "failures";

  private final Path folder;

  /** What a file holds. */
  private record Note(String key, String circumstances, WorkResult.Failed failure) {
    Note {
      Require.digest(key, "a build key");
    }
  }

  /** The failures that are kept in this wheelhouse's folder. */
  public FailedBuilds(Path wheelhouse) {
    this.folder = wheelhouse.resolve(FOLDER);
  }

  /**
   * How the build with this key failed under the same circumstances; a note that cannot be read is
   * none.
   *
   * @param log gets the log of that time if there is none yet
   * @throws MirrorException (machinery) if the folder cannot be read, or the log not be written
   */
  public Optional<WorkResult.Failed> find(String key, String circumstances, Path log) {
    Path note = note(key);
    try {
      Note kept = Json.read(Files.readAllBytes(note), Note.class, note.toString());
      if (!kept.circumstances().equals(circumstances)) {
        return Optional.empty();
      }
      Path old = log(key);
      if (!Files.exists(log) && Files.isRegularFile(old)) {
        AtomicFile.write(log, Files.readAllBytes(old));
      }
      return Optional.of(kept.failure());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    } catch (MirrorException anotherVersionsNote) {
      return Optional.empty();
    }
  }

  /**
   * Remembers a failure.
   *
   * @param log the build's log, which need not exist
   */
  public void remember(String key, String circumstances, WorkResult.Failed failure, Path log) {
    try {
      if (Files.isRegularFile(log)) {
        AtomicFile.writeUnforced(log(key), Files.readAllBytes(log));
      }
      AtomicFile.write(note(key), Json.write(new Note(key, circumstances, failure)));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Forgets, as the build ended well. */
  public void forget(String key) {
    try {
      Files.deleteIfExists(note(key));
      Files.deleteIfExists(log(key));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private Path note(String key) {
    return folder.resolve(Require.digest(key, "a build key") + ".json");
  }

  private Path log(String key) {
    return folder.resolve(Require.digest(key, "a build key") + ".log");
  }

  private MirrorException unusable(IOException e) {
    return MirrorException.machinery(
        "the failed builds in " + folder + " cannot be used",
        IoWords.of(e),
        "check that the folder can be read and written and has space left",
        e);
  }
}
