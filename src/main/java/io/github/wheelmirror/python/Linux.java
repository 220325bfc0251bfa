package io.github.wheelmirror.python;

import java.util.ArrayList;
import java.util.List;

/** What the platform tags of all Linux systems have in common, whatever the C library. */
final class Linux {

  private Linux() {}

  /** The architectures whose code runs there, best first. */
  static List<String> archs(String arch) {
    return arch.equals("armv8l") ? List.of("armv8l", "armv7l") : List.of(arch);
  }

  /** The architecture that a 32-bit interpreter reports on such a kernel. */
  static String archOf32BitPython(String arch) {
    return switch (arch) {
      case "x86_64" -> "i686";
      case "aarch64" -> "armv8l";
      default -> arch;
    };
  }

  /** Adds {@code linux_<arch>} on the side where the rules want it. */
  static List<String> withNative(List<String> archs, List<String> libc, TagRules rules) {
    List<String> nativeTags = archs.stream().map(arch -> "linux_" + arch).toList();
    List<String> all = new ArrayList<>(rules.nativeLinuxFirst() ? nativeTags : libc);
    all.addAll(rules.nativeLinuxFirst() ? libc : nativeTags);
    return List.copyOf(all);
  }
}
