package io.github.wheelmirror.python;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A project's name in its normal form (PEP 503): lower case, runs of {@code -_.} as one hyphen.
 *
 * <p>{@link #parse} accepts only what a project may be called (core metadata specification, {@code
 * Name}). Requirements and old file names may carry a name that no project could register, such as
 * {@code foo_}; {@link #normalized} makes the name that tools look up for those.
 *
 * @param value the normal form, never empty
 */
public record ProjectName(String value) implements Comparable<ProjectName> {

  /**
   * Checks the normal form.
   *
   * @throws InvalidProjectNameException if {@code value} is empty or not in normal form
   */
  public ProjectName {
    if (value.isEmpty()) {
      throw new InvalidProjectNameException(value, "it is empty");
    }
    if (!normalize(value).equals(value)) {
      throw new InvalidProjectNameException(value, "the normal form is " + normalize(value));
    }
  }

  /**
   * The name of a project as a person or a metadata file writes it, in any spelling.
   *
   * @throws InvalidProjectNameException if it is not ASCII letters, digits and {@code -_.},
   *     beginning and ending with a letter or digit
   */
  @JsonCreator
  public static ProjectName parse(String text) {
    if (!isValid(text)) {
      throw new InvalidProjectNameException(
          text,
          text.isEmpty()
              ? "it is empty"
              : "only ASCII letters, digits, '-', '_' and '.' are allowed, with a letter or digit"
                  + " at both ends");
    }
    return new ProjectName(normalize(text));
  }

  /**
   * The normal form of any text that is not empty, valid name or not.
   *
   * @throws InvalidProjectNameException if {@code text} is empty
   */
  public static ProjectName normalized(String text) {
    return new ProjectName(normalize(text));
  }

  /** The normal form of any text (PEP 503), extras included (PEP 685). */
  public static String normalize(String text) {
    String lower = PythonText.lower(text);
    var out = new StringBuilder(lower.length());
    boolean separated = false;
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      boolean separator = c == '-' || c == '_' || c == '.';
      if (!separator) {
        out.append(c);
      } else if (!separated) {
        out.append('-');
      }
      separated = separator;
    }
    return out.toString();
  }

  /** Whether a project may be called {@code text} (core metadata specification, {@code Name}). */
  public static boolean isValid(String text) {
    if (text.isEmpty()
        || !PythonText.isLetterOrDigit(text.charAt(0))
        || !PythonText.isLetterOrDigit(text.charAt(text.length() - 1))) {
      return false;
    }
    return text.chars()
        .allMatch(c -> PythonText.isLetterOrDigit((char) c) || c == '-' || c == '_' || c == '.');
  }

  /** Whether {@code text} is a valid name and its own normal form. */
  public static boolean isNormalized(String text) {
    return isValid(text) && normalize(text).equals(text);
  }

  @Override
  public int compareTo(ProjectName other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
