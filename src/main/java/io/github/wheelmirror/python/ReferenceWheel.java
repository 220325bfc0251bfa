package io.github.wheelmirror.python;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses among wheels of one version the one whose files should be most like those of a wheel for
 * a given Python on Linux, by their tags (PEP 425): the kind of platform decides first, then the
 * distance of the Python.
 */
public final class ReferenceWheel {

  private static final Pattern INTERPRETER = Pattern.compile("([a-z]+)(\\d)(\\d{0,3})[a-z]*");

  /** As far as no Python is from another. */
  private static final int FAR = 1000;

  private ReferenceWheel() {}

  /** What wheels for these platforms have in common, the most alike first. */
  private enum Kind {
    GLIBC,
    MUSL,
    MACOS,
    WINDOWS,
    /** Often the part of a project that can do without its extensions. */
    ANY,
    OTHER;

    static Kind of(Tag tag) {
      String platform = tag.platform();
      if (platform.startsWith("manylinux") || platform.startsWith("linux")) {
        return GLIBC;
      } else if (platform.startsWith("musllinux")) {
        return MUSL;
      } else if (platform.startsWith("macosx")) {
        return MACOS;
      } else if (platform.startsWith("win")) {
        return WINDOWS;
      }
      return platform.equals("any") ? ANY : OTHER;
    }
  }

  /**
   * An interpreter's tag such as {@code cp311}, {@code cp313t} or {@code py3}; the minor is -1 if
   * it has none.
   */
  private record Python(String implementation, int major, int minor) {

    static Optional<Python> of(String interpreter) {
      Matcher matcher = INTERPRETER.matcher(interpreter);
      return matcher.matches()
          ? Optional.of(
              new Python(
                  matcher.group(1),
                  Integer.parseInt(matcher.group(2)),
                  matcher.group(3).isEmpty() ? -1 : Integer.parseInt(matcher.group(3))))
          : Optional.empty();
    }

    /** Another implementation has other extensions, so it is further than any Python. */
    int distance(Python other) {
      boolean alike = other.implementation.equals("py") || other.implementation.equals("cp");
      int minors =
          minor < 0
              ? FAR - Math.max(0, other.minor)
              : other.minor < 0 ? 0 : Math.abs(minor - other.minor);
      return alike ? minors : 2 * FAR + minors;
    }
  }

  /**
   * The most alike of some wheels; nothing if none is for the same major version of Python, as code
   * for another one may have other modules.
   *
   * @param interpreter a tag such as {@code cp313}, or {@code py3} for no Python more than another,
   *     which prefers the newest
   * @param machine such as {@code x86_64}, which decides between wheels for one Python
   */
  public static Optional<WheelFilename> choose(
      String interpreter, String machine, Collection<WheelFilename> wheels) {
    Optional<Python> wanted = Python.of(interpreter);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Python python = wanted.get();
    return wheels.stream()
        .filter(wheel -> distance(python, wheel).isPresent())
        .min(
            Comparator.comparing(ReferenceWheel::kind)
                .thenComparing(wheel -> distance(python, wheel).orElseThrow())
                .thenComparing(wheel -> !isFor(machine, wheel))
                .thenComparing(WheelFilename::filename));
  }

  private static boolean isFor(String machine, WheelFilename wheel) {
    return wheel.tags().stream().anyMatch(tag -> tag.platform().endsWith("_" + machine));
  }

  private static Optional<Integer> distance(Python python, WheelFilename wheel) {
    return wheel.tags().stream()
        .flatMap(tag -> Python.of(tag.interpreter()).stream())
        .filter(each -> each.major() == python.major())
        .map(python::distance)
        .min(Comparator.naturalOrder());
  }

  private static Kind kind(WheelFilename wheel) {
    return wheel.tags().stream().map(Kind::of).min(Comparator.naturalOrder()).orElse(Kind.OTHER);
  }

  /** The interpreter of a wheel's tags that is the newest, as {@link #choose} takes it. */
  public static String interpreter(WheelFilename wheel) {
    return wheel.tags().stream()
        .map(Tag::interpreter)
        .max(
            Comparator.comparing(
                tag -> Python.of(tag).map(p -> FAR * p.major() + p.minor()).orElse(-1)))
        .orElse("");
  }

  /** Whether a wheel is for another system than Linux, whose extensions may be others. */
  public static boolean isForOtherSystem(WheelFilename wheel) {
    Kind kind = kind(wheel);
    return kind == Kind.MACOS || kind == Kind.WINDOWS || kind == Kind.OTHER;
  }
}
