package io.github.wheelmirror.mirror;

import io.github.wheelmirror.it.SyntheticFiles;

/** A sound wheel with other bytes than the index's own of that name. */
final class TestWheelBytes {

  private TestWheelBytes() {}

  static byte[] of(String name, String version) {
    // the name is written otherwise in METADATA, which is the same project
    return SyntheticFiles.wheel(
        name, name.toUpperCase(java.util.Locale.ROOT), version, "py3-none-any");
  }
}
