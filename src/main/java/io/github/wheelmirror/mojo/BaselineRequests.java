package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.tree.AcceptedFinding;
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
    byte[] json = GivenFile.read(file, MAX_BYTES, "<baselineFile> names " + file, seen);
    BaselineFile read = Json.readWritten(json, BaselineFile.class, file.toString());
    WrongSettings wrong = new WrongSettings();
    List<AcceptedFinding> accepted = new ArrayList<>();
    int number = 0;
    for (BaselineFile.Entry entry : read.accepted) {
      int its = ++number;
      wrong.check(() -> accepted.add(accepted(entry, file, its)));
    }
    wrong.refuse();
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
}
