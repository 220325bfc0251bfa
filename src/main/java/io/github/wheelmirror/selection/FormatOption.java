package io.github.wheelmirror.selection;

import java.util.Objects;

/**
 * A {@code --no-binary} or {@code --only-binary} option.
 *
 * @param kind which of them
 * @param value project names separated by commas, {@code :all:} or {@code :none:}
 */
public record FormatOption(Kind kind, String value) {

  /** Which option. */
  public enum Kind {
    /** {@code --no-binary}: no wheels. */
    NO_BINARY("--no-binary"),
    /** {@code --only-binary}: no sdists. */
    ONLY_BINARY("--only-binary");

    private final String option;

    Kind(String option) {
      this.option = option;
    }

    /** As typed. */
    @Override
    public String toString() {
      return option;
    }
  }

  /** Checks. */
  public FormatOption {
    Objects.requireNonNull(kind);
    if (value.isBlank() || value.startsWith("-")) {
      throw new IllegalArgumentException(kind + " needs a project name, :all: or :none:");
    }
  }

  /** As typed. */
  @Override
  public String toString() {
    return kind + " " + value;
  }
}
