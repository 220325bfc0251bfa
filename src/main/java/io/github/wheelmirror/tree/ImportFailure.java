package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.constraints.Pin;
import java.util.Comparator;
import java.util.Objects;

/**
 * A module of an installed wheel that cannot be imported.
 *
 * @param module such as {@code oslo_config} or {@code google.protobuf}
 * @param words what Python said
 */
public record ImportFailure(Pin pin, String module, Kind kind, String words)
    implements Comparable<ImportFailure> {

  private static final Comparator<ImportFailure> ORDER =
      Comparator.comparing(ImportFailure::pin)
          .thenComparing(ImportFailure::module)
          .thenComparing(ImportFailure::kind)
          .thenComparing(ImportFailure::words);

  /** Why; {@code missing-library} and so on in JSON. */
  public enum Kind {
    /** A shared library that this host has not. */
    MISSING_LIBRARY("needs a library that this host has not", false),
    /** A module of somebody else, which its metadata does not require. */
    MISSING_MODULE("needs a module that its metadata does not require", false),
    /** A module of its own. */
    MISSING_OWN_MODULE("lacks a module of its own", true),
    /** An extension that is there and cannot be loaded, such as for an undefined symbol. */
    BROKEN_EXTENSION("has an extension that cannot be loaded", true),
    /** Its source is for other Pythons. */
    SYNTAX("is not written for this Python", false),
    /** It did not end in time. */
    TIMEOUT("does not end", false),
    /** The interpreter died of it. */
    CRASHED("makes the interpreter crash", true),
    /** Any other error. */
    OTHER("raises an error", false);

    private final String words;
    private final boolean ofTheBuild;

    Kind(String words, boolean ofTheBuild) {
      this.words = words;
      this.ofTheBuild = ofTheBuild;
    }

    /** What is wrong with a module, for a person. */
    public String words() {
      return words;
    }

    /** Whether it is the build that went wrong where the wheel was built here. */
    public boolean isOfTheBuild() {
      return ofTheBuild;
    }

    /** Reads what {@link #toString} wrote. */
    @JsonCreator
    public static Kind parse(String text) {
      return EnumText.parse(Kind.class, text);
    }

    @JsonValue
    @Override
    public String toString() {
      return EnumText.of(this);
    }
  }

  public ImportFailure {
    Objects.requireNonNull(pin);
    Require.notBlank(module, "the module that cannot be imported");
    Objects.requireNonNull(kind);
    Objects.requireNonNull(words);
  }

  @Override
  public int compareTo(ImportFailure other) {
    return ORDER.compare(this, other);
  }
}
