package io.github.wheelmirror.build;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The distribution of a platform slug, for telling what to install there. */
enum Distribution {
  DEBIAN("Debian", Function.identity()),
  UBUNTU("Ubuntu", Function.identity()),
  RED_HAT("RHEL family", debian -> RpmPackages.like(debian).orElse(debian)),
  OTHER("", Function.identity());

  private static final Set<String> LIKE_DEBIAN =
      Set.of("debian", "raspbian", "devuan", "linuxmint", "pop", "kali");
  private static final Set<String> LIKE_RED_HAT =
      Set.of("rhel", "centos", "fedora", "rocky", "almalinux", "ol", "amzn", "openeuler");

  private final String words;
  private final Function<String, String> packageName;

  Distribution(String words, Function<String, String> packageName) {
    this.words = words;
    this.packageName = packageName;
  }

  /** Of {@code debian-12-x86_64} and the like. */
  static Distribution of(String slug) {
    String id = slug.split("-", 2)[0];
    if (id.equals("ubuntu")) {
      return UBUNTU;
    }
    if (LIKE_RED_HAT.contains(id)) {
      return RED_HAT;
    }
    return LIKE_DEBIAN.contains(id) ? DEBIAN : OTHER;
  }

  /** Like {@code install gcc and g++ (Debian)}, from Debian's names. */
  String install(String... debian) {
    return this == OTHER
        ? DEBIAN.install(debian) + " or " + RED_HAT.names(debian)
        : "install " + names(debian);
  }

  /** The package of the header files of a Python {@code 3.12}. */
  String pythonHeaders(String minor) {
    return switch (this) {
      case DEBIAN, UBUNTU -> "python" + minor + "-dev (" + words + "'s own Python)";
      case RED_HAT -> "python" + minor + "-devel (the distribution's own Python)";
      case OTHER -> "python" + minor + "-dev or python" + minor + "-devel (the distribution's own)";
    };
  }

  private String names(String... debian) {
    return Arrays.stream(debian).map(packageName).distinct().collect(Collectors.joining(" and "))
        + " ("
        + words
        + ")";
  }
}
