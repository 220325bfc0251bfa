package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A target as a file, {@code target-<slug>-<python>.json}: written by {@code resolve} on its host,
 * read on others.
 *
 * @param schemaVersion {@link Workspace#SCHEMA_VERSION}
 */
public record TargetFile(int schemaVersion, Target target) {

  public TargetFile {
    if (schemaVersion != Workspace.SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "a target of schema version " + schemaVersion + ", not " + Workspace.SCHEMA_VERSION);
    }
    Objects.requireNonNull(target);
  }

  static TargetFile of(Target target) {
    return new TargetFile(Workspace.SCHEMA_VERSION, target);
  }

  /**
   * Reads one.
   *
   * @throws MirrorException (input) if it cannot be read or is none
   */
  public static Target read(Path file) {
    try {
      return Json.read(Files.readAllBytes(file), TargetFile.class, file.toString()).target();
    } catch (IOException e) {
      throw new MirrorException(
          MirrorException.Kind.INPUT,
          "the target file " + file + " cannot be read",
          IoWords.of(e),
          "copy target-*.json from the workspace of a run on that host",
          e);
    }
  }
}
