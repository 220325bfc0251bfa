package io.github.wheelmirror.tree;

/**
 * A file of a snapshot that is neither wheel nor project page.
 *
 * @param path within the snapshot's folder, such as {@code constraints/stable/2025.1.txt}
 * @param sha256 of its bytes
 * @param size in bytes
 */
public record ManifestDocument(String path, String sha256, long size)
    implements Comparable<ManifestDocument> {

  public ManifestDocument {
    TreeLayout.relative(path);
    Require.digest(sha256, path + "'s digest");
    Require.size(size, path);
  }

  /** Describes content. */
  static ManifestDocument of(String path, byte[] content) {
    return new ManifestDocument(path, io.github.wheelmirror.Sha256.of(content), content.length);
  }

  @Override
  public int compareTo(ManifestDocument other) {
    return path.compareTo(other.path);
  }
}
