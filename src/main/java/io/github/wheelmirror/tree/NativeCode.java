package io.github.wheelmirror.tree;

import java.util.Map;
import java.util.Optional;

/** What the first bytes of a file say about its being compiled, and for which processor. */
enum NativeCode {
  NONE,
  ELF,
  OTHER;

  /** Bytes needed to tell. */
  static final int HEAD = 20;

  /** ELF's machine numbers (System V ABI) by the architecture at the end of a platform tag. */
  private static final Map<String, Integer> MACHINES =
      Map.of(
          "i686", 3,
          "ppc64", 21,
          "ppc64le", 21,
          "s390x", 22,
          "armv6l", 40,
          "armv7l", 40,
          "x86_64", 62,
          "aarch64", 183,
          "riscv64", 243,
          "loongarch64", 258);

  static NativeCode of(byte[] head, int length) {
    if (length < 4) {
      return NONE;
    }
    int magic =
        (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | (head[3] & 0xff);
    return switch (magic) {
      case 0x7f454c46 -> ELF;
      // Mach-O in both byte orders and widths
      case 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe -> OTHER;
      default -> magic >>> 16 == 0x4d5a ? OTHER : NONE;
    };
  }

  /** The machine number in the head of an ELF file, -1 if it is too short. */
  static int machine(byte[] head, int length) {
    if (length < HEAD) {
      return -1;
    }
    boolean bigEndian = head[5] == 2;
    return bigEndian
        ? (head[18] & 0xff) << 8 | (head[19] & 0xff)
        : (head[19] & 0xff) << 8 | (head[18] & 0xff);
  }

  /** The ELF machine number of a Linux platform tag; nothing for other platforms. */
  static Optional<Integer> machine(String platform) {
    return platform.contains("linux")
        ? MACHINES.entrySet().stream()
            .filter(entry -> platform.endsWith("_" + entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
        : Optional.empty();
  }
}
