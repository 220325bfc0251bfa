package io.github.wheelmirror.python;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code manylinux_2_N} platforms (PEP 600, and the libraries and symbol versions of PEP 513,
 * 571 and 599): what may be expected of every mainstream Linux with glibc 2.N.
 */
public final class Manylinux {

  /** PEP 599; PEP 600 leaves the list as it is. */
  private static final Set<String> LIBRARIES =
      Set.of(
          "libc.so.6",
          "libm.so.6",
          "libdl.so.2",
          "librt.so.1",
          "libpthread.so.0",
          "libutil.so.1",
          "libnsl.so.1",
          "libresolv.so.2",
          "libgcc_s.so.1",
          "libstdc++.so.6",
          "libX11.so.6",
          "libXext.so.6",
          "libXrender.so.1",
          "libICE.so.6",
          "libSM.so.6",
          "libGL.so.1",
          "libglib-2.0.so.0",
          "libgobject-2.0.so.0",
          "libgthread-2.0.so.0");

  /** The dynamic loader is a part of glibc. */
  private static final String LOADER = "ld(?:-linux(?:-[a-z0-9-]+)?|64)\\.so\\.[12]";

  private static final Pattern PLATFORM =
      Pattern.compile("manylinux(1|2010|2014|_2_(\\d{1,4}))_[a-z].*");

  private static final Set<String> EARLY = Set.of("x86_64", "i686");
  private static final Set<String> LATER =
      Set.of("aarch64", "armv7l", "ppc64le", "ppc64", "s390x", "riscv64", "loongarch64");

  /**
   * What the systems with one glibc have at least.
   *
   * @param glibc N of 2.N
   */
  private record Generation(int glibc, Map<String, Version> most) {
    Generation(int glibc, String glibcxx, String cxxabi, String gcc) {
      this(
          glibc,
          Map.of(
              "GLIBCXX", Version.parse(glibcxx),
              "CXXABI", Version.parse(cxxabi),
              "GCC", Version.parse(gcc)));
    }

    boolean has(String kind, Version version) {
      Version last = most.get(kind);
      return last != null && version.compareTo(last) <= 0;
    }
  }

  /** By the oldest GCC that such systems have, and the versions that its libraries ended with. */
  private static final List<Generation> GENERATIONS =
      List.of(
          new Generation(5, "3.4.8", "1.3.1", "4.2.0"),
          new Generation(12, "3.4.13", "1.3.3", "4.3.0"),
          new Generation(17, "3.4.19", "1.3.7", "4.8.0"),
          new Generation(24, "3.4.22", "1.3.10", "4.8.0"),
          new Generation(27, "3.4.24", "1.3.11", "7.0.0"),
          new Generation(31, "3.4.28", "1.3.12", "7.0.0"),
          new Generation(34, "3.4.29", "1.3.13", "7.0.0"),
          new Generation(35, "3.4.30", "1.3.13", "12.0.0"),
          new Generation(39, "3.4.32", "1.3.14", "13.0.0"),
          new Generation(41, "3.4.33", "1.3.15", "14.0.0"));

  private Manylinux() {}

  /** Whether every such system has the library of that name. */
  public static boolean has(String library) {
    return LIBRARIES.contains(library) || library.matches(LOADER);
  }

  /**
   * The N of the first platform whose libraries have all these symbol versions.
   *
   * @param architecture as platform tags end
   * @param symbols such as {@code GLIBC_2.17} and {@code GLIBCXX_3.4.21}
   * @return empty if there is none, or a version is not of the kinds that are known
   */
  public static OptionalInt generation(String architecture, Collection<String> symbols) {
    if (!EARLY.contains(architecture) && !LATER.contains(architecture)) {
      return OptionalInt.empty();
    }
    List<Integer> least = new ArrayList<>(List.of(EARLY.contains(architecture) ? 5 : 17));
    for (String symbol : symbols) {
      OptionalInt needed = generation(symbol);
      if (needed.isEmpty()) {
        return needed;
      }
      least.add(needed.getAsInt());
    }
    return least.stream().mapToInt(Integer::intValue).max();
  }

  /**
   * The glibc that platform tags of manylinux promise to be enough.
   *
   * @param platform such as {@code manylinux_2_17_x86_64} or {@code manylinux2014_x86_64}
   * @return the N of 2.N; empty for other platforms
   */
  public static OptionalInt glibc(String platform) {
    Matcher matcher = PLATFORM.matcher(platform);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    return switch (matcher.group(1)) {
      case "1" -> OptionalInt.of(5);
      case "2010" -> OptionalInt.of(12);
      case "2014" -> OptionalInt.of(17);
      default -> OptionalInt.of(Integer.parseInt(matcher.group(2)));
    };
  }

  /**
   * The glibc that has all these symbol versions, as far as they are glibc's.
   *
   * @return the N of 2.N; 0 if none of them is
   */
  public static int glibc(Collection<String> symbols) {
    return symbols.stream()
        .filter(symbol -> symbol.startsWith("GLIBC_"))
        .mapToInt(symbol -> generation(symbol).orElse(0))
        .max()
        .orElse(0);
  }

  private static OptionalInt generation(String symbol) {
    if (symbol.equals("GLIBC_ABI_DT_RELR")) {
      return OptionalInt.of(36);
    }
    int underscore = symbol.lastIndexOf('_');
    String kind = symbol.substring(0, Math.max(0, underscore));
    String number = symbol.substring(underscore + 1);
    if (!number.matches("\\d{1,4}(\\.\\d{1,4}){1,3}")) {
      return OptionalInt.empty();
    }
    if (kind.equals("GLIBC")) {
      String[] parts = number.split("\\.");
      return parts[0].equals("2")
          ? OptionalInt.of(Integer.parseInt(parts[1]))
          : OptionalInt.empty();
    }
    Version version = Version.parse(number);
    return GENERATIONS.stream()
        .filter(one -> one.has(kind, version))
        .mapToInt(Generation::glibc)
        .findFirst();
  }
}
