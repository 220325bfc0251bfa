package io.github.wheelmirror.mojo;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.tree.AcceptedFinding;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the baseline file: the findings that a person accepted. */
final class BaselineRequests {

  private static final int MAX_BYTES = 4 << 20;

  private final RequestPaths paths;
  private final Seen seen;

  BaselineRequests(RequestPaths paths, Seen seen) {
    this.paths = paths;
    this.seen = seen;
  }

  /** Those of the file, in its order; none without a file. */
  List<AcceptedFinding> accepted(AbstractMirrorMojo mojo) {
    if (mojo.baselineFile == null || !RequestPaths.isGiven(mojo.baselineFile)) {
      return List.of();
    }
    Path file = paths.absolute(mojo.baselineFile);
    BaselineFile read = Json.readWritten(bytes(file), BaselineFile.class, file.toString());
    List<AcceptedFinding> accepted = new ArrayList<>();
    for (BaselineFile.Entry entry : read.accepted) {
      accepted.add(accepted(entry, file, accepted.size() + 1));
    }
    return accepted;
  }

  private static AcceptedFinding accepted(BaselineFile.Entry entry, Path file, int number) {
    try {
      return new AcceptedFinding(entry.pin, entry.file, entry.check, entry.reason, entry.expires);
    } catch (IllegalArgumentException e) {
      String subject = (entry.pin + entry.file).strip();
      throw MirrorException.input(
          "the accepted finding %d%s in %s cannot be used"
              .formatted(number, subject.isEmpty() ? "" : " (" + subject + ")", file),
          String.valueOf(e.getMessage()),
          "correct the entry, or remove it");
    }
  }

  private byte[] bytes(Path file) {
    seen.file(file);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new FileSystemException(
            file.toString(), null, "it is bigger than " + (MAX_BYTES >> 10) + " KiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw MirrorException.input(
          "<baselineFile> names " + file, IoWords.of(e), "give the path of a readable text file");
    }
  }
}
