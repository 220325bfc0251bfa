package io.github.wheelmirror.python;

/**
 * One field of a metadata file.
 *
 * @param name as written; compare without regard to case
 * @param value without white space around it; continuation lines follow a {@code \n} and keep their
 *     indentation
 */
public record MetadataHeader(String name, String value) {

  /** The field as one or more lines of a file, without the last line end. */
  @Override
  public String toString() {
    return name + ": " + value;
  }
}
