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

  private static final String NATIVE_LINUX = "linux_";

  /** Names of the macOS format of {@link #fat32BitFormat}, by any of the rules. */
  private static final String FAT_32_BIT = "(macosx_\\d+_\\d+)_fat32?";

  boolean isFirst(String platform) {
    return nativeLinuxFirst && platform.startsWith(NATIVE_LINUX);
  }

  boolean isLast(String platform) {
    return !nativeLinuxFirst && platform.startsWith(NATIVE_LINUX);
  }

  boolean isBetween(String platform) {
    return !platform.startsWith(NATIVE_LINUX);
  }

  /** The tag as these rules write it. */
  Tag named(Tag tag) {
    String platform = tag.platform();
    return platform.startsWith("macosx_")
        ? new Tag(
            tag.interpreter(),
            tag.abi(),
            platform.replaceFirst("^" + FAT_32_BIT + "$", "$1_" + fat32BitFormat))
        : tag;
  }

  boolean nativeLinuxFirst() {
    return nativeLinuxFirst;
  }

  /** How macOS tags name the binary format of 32-bit Intel and PowerPC. */
  String fat32BitFormat() {
    return fat32BitFormat;
  }
}
