package io.github.wheelmirror.mojo;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that the configuration names. */
final class GivenFile {

  private GivenFile() {}

  /**
   * Its bytes.
   *
   * @param most how many bytes a person writes at the most
   * @param what cannot be done without it, for the message
   * @throws MirrorException (input) if it cannot be read or is bigger
   */
  static byte[] read(Path file, int most, String what, Seen seen) {
    seen.file(file);
    try {
      if (Files.size(file) > most) {
        throw new FileSystemException(
            file.toString(), null, "it is bigger than " + (most >> 10) + " KiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw MirrorException.input(what, IoWords.of(e), "give the path of a readable text file");
    }
  }
}
