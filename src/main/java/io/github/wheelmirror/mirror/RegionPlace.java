package io.github.wheelmirror.mirror;

import java.net.URI;
import java.nio.file.Path;

/** Where a region is written. */
public sealed interface RegionPlace {

  /** A folder of this machine, whatever file system it is on. */
  record Folder(Path path) implements RegionPlace {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A folder of another host, {@code ssh://USER@HOST/FOLDER}. */
  record Host(URI url) implements RegionPlace {
    @Override
    public String toString() {
      return url.toString();
    }
  }

  /** A bucket, {@code s3://BUCKET/PREFIX}. */
  record Bucket(URI url) implements RegionPlace {
    @Override
    public String toString() {
      return url.toString();
    }
  }
}
