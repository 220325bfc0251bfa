package io.github.wheelmirror.constraints;

import java.util.Objects;
import java.util.Optional;

/** What was found at a branch's commit; three kinds of nothing are told apart. */
public sealed interface BranchContent {

  /** Reads a file and what it includes. */
  static BranchContent read(ConstraintsSource source, String commit, String file) {
    Optional<byte[]> content = source.read(commit, file);
    return content.isEmpty()
        ? new Absent()
        : new Found(ConstraintsFile.parse(file, content.get(), path -> source.read(commit, path)));
  }

  /** The file was read. */
  record Found(ConstraintsFile file) implements BranchContent {
    public Found {
      Objects.requireNonNull(file);
    }
  }

  /** The commit has no such file. */
  record Absent() implements BranchContent {}

  /**
   * The commit or the file could not be read.
   *
   * @param why in words for a person
   */
  record Unreadable(String why) implements BranchContent {
    public Unreadable {
      Objects.requireNonNull(why);
    }
  }
}
