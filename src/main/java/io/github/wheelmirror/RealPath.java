package io.github.wheelmirror;

import java.io.IOException;
import java.nio.file.Path;

/** Where a path leads, whether all of it is there or not. */
public final class RealPath {

  private RealPath() {}

  /** The path with the links of the part that exists followed; links to nothing stay. */
  public static Path of(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    for (Path there = whole; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(whole));
      } catch (IOException notThere) {
        // then the folder above it tells
        continue;
      }
    }
    return whole;
  }
}
