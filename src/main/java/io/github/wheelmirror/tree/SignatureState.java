package io.github.wheelmirror.tree;

/**
 * What became of the look at a signature.
 *
 * @param words until when it is good if it is valid or expired (ISO 8601 instant), else what is
 *     wrong, or {@code ""}
 */
public record SignatureState(Kind kind, String words) {

  /** No trusted key is configured. */
  public static final SignatureState NOT_ASKED = new SignatureState(Kind.NOT_ASKED, "");

  /** Kinds of it. */
  public enum Kind {
    /** No trusted key is configured. */
    NOT_ASKED,
    /** Made by a trusted key for this release, and not at its end. */
    VALID,
    /** The same, but at its end. */
    EXPIRED,
    /** There is none. */
    MISSING,
    /** Made by nobody who is trusted, or for something else. */
    INVALID
  }

  /** What a person must know; {@code ""} if all is well. */
  public String problem() {
    return switch (kind) {
      case NOT_ASKED, VALID -> "";
      case EXPIRED -> "its signature was good until " + words;
      case MISSING -> "it is not signed";
      case INVALID -> "its signature is not valid: " + words;
    };
  }
}
