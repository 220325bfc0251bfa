package io.github.wheelmirror;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Folders that appear when they are whole. */
public final class AtomicFolder {

  private AtomicFolder() {}

  /**
   * Moves a finished folder to its name by one rename. A folder that another run put there
   * meanwhile stays, and the given one where it is: for names that say what is in them.
   */
  public static void moveUnlessThere(Path folder, Path target) throws IOException {
    try {
      Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }
}
