package io.github.wheelmirror.build;

/**
 * A wheel that a channel once published and lists no more: no other content ever gets its name.
 *
 * @param sha256 of what had the name
 */
public record RetiredWheel(String filename, String sha256) implements Comparable<RetiredWheel> {
  public RetiredWheel {
    Check.filename(filename);
    Check.digest(sha256, filename + "'s digest");
  }

  @Override
  public int compareTo(RetiredWheel other) {
    return filename.compareTo(other.filename);
  }
}
