package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;

/**
 * The bytes of a wheel of a region, whose failures name the region: whoever copies them elsewhere
 * tells them from those of the other end.
 *
 * <p>Opening, reading and closing throw {@link MirrorException} (machinery) for it.
 */
final class RegionStream extends FilterInputStream {
  private final Region region;
  private final String filename;

  private RegionStream(InputStream in, Region region, String filename) {
    super(in);
    this.region = region;
    this.filename = filename;
  }

  /**
   * Opens one.
   *
   * @throws MirrorException (machinery) if the region lacks it or does not give it
   */
  static RegionStream open(Region region, ManifestFile file) {
    try {
      return new RegionStream(region.open(file.sha256(), file.filename()), region, file.filename());
    } catch (IOException e) {
      throw failure(region, file.filename(), e);
    }
  }

  private static MirrorException failure(Region region, String filename, IOException e) {
    boolean lacking = e instanceof NoSuchFileException;
    return MirrorException.machinery(
        "region " + region.name() + (lacking ? " lacks " + filename : " does not give " + filename),
        IoWords.of(e),
        lacking
            ? "restore it from a backup or from another region"
            : "see whether the region can be read, and run the goal again",
        e);
  }

  @Override
  public int read() {
    try {
      return super.read();
    } catch (IOException e) {
      throw failure(region, filename, e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    try {
      return super.read(bytes, from, length);
    } catch (IOException e) {
      throw failure(region, filename, e);
    }
  }

  @Override
  public void close() {
    try {
      super.close();
    } catch (IOException e) {
      throw failure(region, filename, e);
    }
  }
}
