package io.github.wheelmirror.python;

/**
 * Which release of {@code packaging} orders the compatibility tags; the order decides which of two
 * wheels of one version an installer takes.
 */
public enum TagRules {
  /** Native {@code linux_*} after every {@code manylinux_*}: pip before 26.3, uv 0.13. */
  PACKAGING_26_2(false, "fat32"),

  /** Native {@code linux_*} before every {@code manylinux_*}: pip 26.3 and later. */
  PACKAGING_26_3(true, "fat3");

  private final boolean nativeLinuxFirst;
  private final String fat32BitFormat;

  TagRules(boolean nativeLinuxFirst, String fat32BitFormat) {
    this.nativeLinuxFirst = nativeLinuxFirst;
    this.fat32BitFormat = fat32BitFormat;
  }

  boolean nativeLinuxFirst() {
    return nativeLinuxFirst;
  }

  /** How macOS tags name the binary format of 32-bit Intel and PowerPC. */
  String fat32BitFormat() {
    return fat32BitFormat;
  }
}
