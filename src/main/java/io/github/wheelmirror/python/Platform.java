package io.github.wheelmirror.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a machine offers to compiled wheels; yields the platform tags that it supports. */
public sealed interface Platform {

  /** The platform tags, best first, in the order of the given rules. */
  List<String> tags(TagRules rules);

  /**
   * Linux with the GNU C library (PEP 513, 571, 599, 600).
   *
   * @param major of glibc
   * @param minor of glibc
   * @param arch of the interpreter, as the kernel names it; {@code armv8l} is a 32-bit interpreter
   *     on {@code aarch64}
   */
  record Glibc(int major, int minor, String arch) implements Platform {

    private static final List<String> ARCHS =
        List.of(
            "x86_64",
            "i686",
            "aarch64",
            "armv7l",
            "ppc64",
            "ppc64le",
            "s390x",
            "loongarch64",
            "riscv64");

    /** PEP 600 assumes that no 2.x is later than this once there is a 3.0. */
    private static final int LAST_MINOR_OF_OLD_MAJOR = 50;

    private static final Map<Integer, String> LEGACY_OF_2_X =
        Map.of(5, "manylinux1", 12, "manylinux2010", 17, "manylinux2014");

    /** Checks. */
    public Glibc {
      Ranges.check("glibc", major, minor);
      Ranges.check(arch);
    }

    /** The same system seen by a 32-bit interpreter. */
    public Glibc for32BitPython() {
      return new Glibc(major, minor, Linux.archOf32BitPython(arch));
    }

    @Override
    public List<String> tags(TagRules rules) {
      List<String> archs = Linux.archs(arch);
      List<String> libc = new ArrayList<>();
      if (archs.stream().anyMatch(ARCHS::contains)) {
        archs.forEach(each -> addManylinux(each, libc));
      }
      return Linux.withNative(archs, libc, rules);
    }

    private void addManylinux(String each, List<String> libc) {
      int oldestOf2 = each.equals("x86_64") || each.equals("i686") ? 5 : 17;
      addManylinux(each, major, minor, oldestOf2, libc);
      for (int older = major - 1; older > 1; older--) {
        addManylinux(each, older, LAST_MINOR_OF_OLD_MAJOR, oldestOf2, libc);
      }
    }

    private static void addManylinux(
        String each, int major, int newestMinor, int oldestOf2, List<String> libc) {
      for (int minor = newestMinor; minor >= (major == 2 ? oldestOf2 : 0); minor--) {
        libc.add("manylinux_" + major + "_" + minor + "_" + each);
        if (major == 2 && LEGACY_OF_2_X.containsKey(minor)) {
          libc.add(LEGACY_OF_2_X.get(minor) + "_" + each);
        }
      }
    }
  }

  /**
   * Linux with musl (PEP 656).
   *
   * @param major of musl
   * @param minor of musl
   * @param arch of the interpreter, as the kernel names it
   */
  record Musl(int major, int minor, String arch) implements Platform {

    /** Checks. */
    public Musl {
      Ranges.check("musl", major, minor);
      Ranges.check(arch);
    }

    /** The same system seen by a 32-bit interpreter. */
    public Musl for32BitPython() {
      return new Musl(major, minor, Linux.archOf32BitPython(arch));
    }

    @Override
    public List<String> tags(TagRules rules) {
      List<String> archs = Linux.archs(arch);
      List<String> libc = new ArrayList<>();
      for (String each : archs) {
        for (int older = minor; older >= 0; older--) {
          libc.add("musllinux_" + major + "_" + older + "_" + each);
        }
      }
      return Linux.withNative(archs, libc, rules);
    }
  }

  /**
   * macOS.
   *
   * @param major of macOS, for example 10 or 14
   * @param minor of macOS; from 11 on it does not matter
   * @param arch of the interpreter: {@code arm64}, {@code x86_64}, {@code i386}, {@code ppc64},
   *     {@code ppc}
   */
  record MacOs(int major, int minor, String arch) implements Platform {

    /** Checks. */
    public MacOs {
      Ranges.check("macOS", major, minor);
      Ranges.check(arch);
    }

    @Override
    public List<String> tags(TagRules rules) {
      return new MacOsTags(arch, rules).of(major, minor);
    }
  }

  /**
   * iOS (PEP 730).
   *
   * @param major of iOS
   * @param minor of iOS
   * @param multiarch architecture and SDK, for example {@code arm64_iphoneos}
   */
  record Ios(int major, int minor, String multiarch) implements Platform {

    private static final int OLDEST = 12;
    private static final int LAST_MINOR_OF_OLD_MAJOR = 9;

    /** Replaces dashes, checks. */
    public Ios {
      multiarch = multiarch.replace('-', '_');
      Ranges.check("iOS", major, minor);
      Ranges.check(multiarch);
    }

    @Override
    public List<String> tags(TagRules rules) {
      List<String> tags = new ArrayList<>();
      for (int m = major; m >= OLDEST; m--) {
        for (int n = m == major ? minor : LAST_MINOR_OF_OLD_MAJOR; n >= 0; n--) {
          tags.add("ios_" + m + "_" + n + "_" + multiarch);
        }
      }
      return tags;
    }
  }

  /**
   * Android (PEP 738).
   *
   * @param apiLevel the newest that the device offers
   * @param abi for example {@code arm64_v8a}
   */
  record Android(int apiLevel, String abi) implements Platform {

    private static final int OLDEST = 16;

    /** Replaces dashes and dots, checks. */
    public Android {
      abi = Ranges.normalize(abi);
      Ranges.check("Android", apiLevel, 0);
      Ranges.check(abi);
    }

    @Override
    public List<String> tags(TagRules rules) {
      List<String> tags = new ArrayList<>();
      for (int level = apiLevel; level >= OLDEST; level--) {
        tags.add("android_" + level + "_" + abi);
      }
      return tags;
    }
  }

  /**
   * Any platform with few tags and no versions between them: Windows, Emscripten (PEP 783), BSD.
   *
   * @param names the tags, best first, at least one; dots, dashes and spaces become underscores
   */
  record Fixed(List<String> names) implements Platform {

    /** Normalises, checks. */
    public Fixed {
      names = names.stream().map(Ranges::normalize).toList();
      if (names.isEmpty()) {
        throw new IllegalArgumentException("a platform has at least one tag");
      }
      names.forEach(Ranges::check);
    }

    /** One tag, {@code sysconfig.get_platform()}: for example {@code win-amd64}. */
    public static Fixed of(String platform) {
      return new Fixed(List.of(platform));
    }

    @Override
    public List<String> tags(TagRules rules) {
      return names;
    }
  }
}
