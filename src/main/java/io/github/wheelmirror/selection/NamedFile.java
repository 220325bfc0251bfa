package io.github.wheelmirror.selection;

/**
 * A listed file and what its name says to a tool; equal only to itself, for a page may list a name
 * twice.
 */
final class NamedFile {

  private final Place place;
  private final ListedFile file;
  private final FileName name;

  NamedFile(Place place, ListedFile file, FileName name) {
    this.place = place;
    this.file = file;
    this.name = name;
  }

  Place place() {
    return place;
  }

  ListedFile file() {
    return file;
  }

  FileName name() {
    return name;
  }

  /** Name and place. */
  @Override
  public String toString() {
    return file.filename() + " at " + place.name();
  }
}
