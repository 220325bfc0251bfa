package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A place in a file, printed {@code upper-constraints.txt:12}.
 *
 * @param file the file's path within its repository
 * @param line counted from 1
 */
public record Location(String file, int line) {

  public Location {
    if (file.isEmpty() || line < 1) {
      throw new IllegalArgumentException("not a place in a file: " + file + ":" + line);
    }
  }

  /**
   * Reads {@code <file>:<line>}.
   *
   * @throws IllegalArgumentException if it is not of this form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Location parse(String text) {
    int colon = text.lastIndexOf(':');
    String line = text.substring(colon + 1);
    if (colon < 0 || !line.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("not a place such as constraints.txt:12: " + text);
    }
    return new Location(text.substring(0, colon), Integer.parseInt(line));
  }

  @Override
  @JsonValue
  public String toString() {
    return file + ":" + line;
  }
}
