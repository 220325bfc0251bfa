package io.github.wheelmirror.python;

import java.util.ArrayList;
import java.util.List;

/** The platform tags of macOS: every older release, each in every binary format that it runs. */
final class MacOsTags {

  private static final int FIRST_YEARLY_MAJOR = 11;

  private final String arch;
  private final TagRules rules;

  MacOsTags(String arch, TagRules rules) {
    this.arch = arch;
    this.rules = rules;
  }

  List<String> of(int major, int minor) {
    List<String> tags = new ArrayList<>();
    if (major == 10) {
      for (int older = minor; older >= 0; older--) {
        add(10, older, formats(10, older), tags);
      }
    }
    if (major >= FIRST_YEARLY_MAJOR) {
      for (int older = major; older >= FIRST_YEARLY_MAJOR; older--) {
        add(older, 0, formats(older, 0), tags);
      }
      // 10.16 is what 11 calls itself to old programs; below 10.4 nothing was for Intel
      for (int older = 16; older >= 4; older--) {
        boolean runsIntel = arch.equals("x86_64");
        add(10, older, runsIntel ? formats(10, older) : List.of("universal2"), tags);
      }
    }
    return List.copyOf(tags);
  }

  private static void add(int major, int minor, List<String> formats, List<String> tags) {
    formats.forEach(format -> tags.add("macosx_" + major + "_" + minor + "_" + format));
  }

  /** Best first; none if the architecture is not one of that release. */
  private List<String> formats(int major, int minor) {
    boolean before10_4 = major == 10 && minor < 4;
    boolean after10_5 = major > 10 || minor > 5;
    boolean after10_6 = major > 10 || minor > 6;
    String fat32 = rules.fat32BitFormat();
    return switch (arch) {
      case "x86_64" ->
          before10_4
              ? List.of()
              : List.of(arch, "intel", "fat64", fat32, "universal2", "universal");
      case "i386" -> before10_4 ? List.of() : List.of(arch, "intel", fat32, "fat", "universal");
      case "ppc64" -> before10_4 || after10_5 ? List.of() : List.of(arch, "fat64", "universal");
      case "ppc" -> after10_6 ? List.of() : List.of(arch, fat32, "fat", "universal");
      case "arm64" -> List.of(arch, "universal2");
      case "intel" -> List.of(arch, "universal");
      default -> List.of(arch);
    };
  }
}
