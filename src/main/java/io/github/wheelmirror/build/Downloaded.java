package io.github.wheelmirror.build;

/**
 * A file that is complete under its final name.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param size bytes
 * @param fetched bytes that came over the network in this call; 0 if the file was there already
 */
public record Downloaded(String sha256, long size, long fetched) {
  public Downloaded {
    if (!sha256.matches("[0-9a-f]{64}") || size < 0 || fetched < 0) {
      throw new IllegalArgumentException("no download: " + sha256 + " " + size + " " + fetched);
    }
  }
}
