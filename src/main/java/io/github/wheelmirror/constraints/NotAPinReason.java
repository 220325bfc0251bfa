package io.github.wheelmirror.constraints;

/** Why a line of a constraints file is not a pin. */
public enum NotAPinReason {
  /** {@code name>=1}, {@code name==1.*}, or no version at all. */
  RANGE("a range, not one exact version", Handling.PUBLISHED),
  /** {@code name @ https://...} or a bare URL. */
  URL("a URL, not a version", Handling.PUBLISHED),
  /** {@code -e ...}. */
  EDITABLE("an editable requirement", Handling.PUBLISHED),
  /** {@code --index-url ...}; published, it would lead clients to another index. */
  OPTION("an option of pip", Handling.REPORTED),
  /** Contains {@code ${NAME}}. */
  VARIABLE("depends on an environment variable", Handling.PUBLISHED),
  /** {@code name[extra]==1}: pip refuses it in constraints. */
  EXTRAS("has extras, which pip refuses in constraints", Handling.PUBLISHED),
  /** {@code ./folder}; means nothing to a client. */
  LOCAL_PATH("a path on somebody's machine", Handling.REPORTED),
  /** {@code ===} with a text that is not its version's normal form. */
  NOT_NORMALISED("never matches: pip compares the text with the normal form", Handling.PUBLISHED),
  /** Not a project's name (PEP 508). */
  INVALID_NAME("not a valid requirement: its name", Handling.REFUSED),
  /** Not a version or specifier (PEP 440). */
  INVALID_VERSION("not a valid requirement: its version", Handling.REFUSED),
  /** Not a marker (PEP 508). */
  INVALID_MARKER("its marker is invalid", Handling.REFUSED),
  /** {@code -c} or {@code -r} names a file that the commit does not have. */
  MISSING_INCLUDE("includes a file that this commit does not have", Handling.REFUSED),
  /** Files that include each other, or too deeply. */
  INCLUDE_CYCLE("includes a file that is being read already, or too deeply", Handling.REFUSED),
  /** {@code name @ https://user:password@...}: what is said of a line, clients can read. */
  LOGIN("has a login in a URL, which would be published", Handling.REFUSED),
  /** The file is not text in its encoding. */
  UNREADABLE("cannot be decoded as text", Handling.REFUSED);

  private enum Handling {
    PUBLISHED,
    REPORTED,
    REFUSED
  }

  private final String words;
  private final Handling handling;

  NotAPinReason(String words, Handling handling) {
    this.words = words;
    this.handling = handling;
  }

  /** The reason as a person reads it, following the line. */
  public String words() {
    return words;
  }

  /** Whether a branch with such a line can be mirrored if the user allows non-pins. */
  public boolean isReportable() {
    return handling != Handling.REFUSED;
  }

  /** Whether an allowed line is handed on to the mirror's clients. */
  public boolean isPublishable() {
    return handling == Handling.PUBLISHED;
  }
}
