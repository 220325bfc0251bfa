package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import java.util.Objects;

/**
 * A place that the person configured instead of pip's.
 *
 * @param kind how it is laid out
 * @param value a URL, or the path of a folder
 * @param trustUnhashed whether files may be taken that the index tells no strong hash of
 * @param credentials {@link Credentials#NONE} if there are none
 */
public record IndexLocation(
    Kind kind, String value, boolean trustUnhashed, Credentials credentials) {

  /** The two layouts that pip knows. */
  public enum Kind {
    /** One page for each project below it (PEP 503). */
    INDEX("index"),
    /** One folder or page with files of all projects. */
    FIND_LINKS("find-links");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As pip's options and {@code RemoteFile.url} name it. */
    String word() {
      return word;
    }
  }

  public IndexLocation {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(credentials);
    if (value.isBlank()) {
      throw new IllegalArgumentException("a location has no value");
    }
  }

  /** Shows no credentials. */
  @Override
  public String toString() {
    return kind.word() + " " + SafeUrl.of(value);
  }
}
