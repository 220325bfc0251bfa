package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** Files whose time says when they were last used, to the day. */
final class UseTimes {

  private static final Duration AGAIN = Duration.ofDays(1);

  private UseTimes() {}

  /** The file is used now, if it is there. */
  static void use(Path file, Instant now) {
    try {
      if (Files.getLastModifiedTime(file).toInstant().plus(AGAIN).isBefore(now)) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the use of " + file + " cannot be noted",
          IoWords.of(e),
          "make the folder and its files writable for this user",
          e);
    }
  }
}
