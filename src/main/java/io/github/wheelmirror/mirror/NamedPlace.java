package io.github.wheelmirror.mirror;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.UrlLogin;
import java.util.Objects;

/**
 * A place as a person names it for {@code explain}: {@code mirror}, {@code staged}, {@code
 * upstream}, {@code find-links:<URL or folder>}, or the URL or folder of an index.
 *
 * @param value the URL or folder; empty for the first three
 */
public record NamedPlace(Kind kind, String value) {

  /** What it is. */
  public enum Kind {
    /** What the regions serve now. */
    MIRROR("mirror"),
    /** What is staged in the workspace. */
    STAGED("staged"),
    /** The configured index, or pip's own places. */
    UPSTREAM("upstream"),
    /** Files of many projects. */
    FIND_LINKS("find-links"),
    /** A page for each project. */
    INDEX("index");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    private boolean isAlone() {
      return this == MIRROR || this == STAGED || this == UPSTREAM;
    }
  }

  /** The released mirror. */
  public static final NamedPlace MIRROR = new NamedPlace(Kind.MIRROR, "");

  /** The staged snapshot. */
  public static final NamedPlace STAGED = new NamedPlace(Kind.STAGED, "");

  /** Upstream. */
  public static final NamedPlace UPSTREAM = new NamedPlace(Kind.UPSTREAM, "");

  /** Checks. */
  public NamedPlace {
    Objects.requireNonNull(kind);
    if (kind.isAlone() != value.isEmpty()) {
      throw new IllegalArgumentException(kind.word + " and '" + value + "'");
    }
  }

  /** Whether the plugin made what is there, own builds and published constraints included. */
  boolean isOwn() {
    return kind == Kind.MIRROR || kind == Kind.STAGED;
  }

  /** Reads what a person wrote. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static NamedPlace parse(String text) {
    for (Kind kind : Kind.values()) {
      if (kind.isAlone() && text.equals(kind.word)) {
        return new NamedPlace(kind, "");
      }
    }
    String findLinks = Kind.FIND_LINKS.word + ":";
    return text.startsWith(findLinks) && text.length() > findLinks.length()
        ? new NamedPlace(Kind.FIND_LINKS, text.substring(findLinks.length()))
        : new NamedPlace(Kind.INDEX, text);
  }

  /** As it is written, without a password. */
  @JsonValue
  @Override
  public String toString() {
    String shown = UrlLogin.hidden(value);
    return kind == Kind.INDEX
        ? shown
        : kind == Kind.FIND_LINKS ? kind.word + ":" + shown : kind.word;
  }
}
