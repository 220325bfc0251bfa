package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.PythonText;
import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.Specifier.Operator;
import io.github.wheelmirror.python.Version;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What uv makes of Requires-Python: it corrects common mistakes, drops files whose set it still
 * cannot read, and asks only that the set's lower bound is not above the running Python.
 */
record UvRequiresPython(Version python, Map<String, Answer> known) {

  /** What it says. */
  enum Answer {
    ADMITS,
    EXCLUDES,
    UNREADABLE
  }

  /** A mistake and what is read instead, tried one after the other until the set can be read. */
  private record Correction(Pattern mistake, String instead) {
    Correction(String mistake, String instead) {
      this(Pattern.compile(mistake), instead);
    }
  }

  private static final List<Correction> CORRECTIONS =
      List.of(
          // a missing comma: >=3.6<4
          new Correction("(\\d)([<>=~^!])", "$1,$2"),
          // !=~3.0
          new Correction("!=~((?:\\d\\.)*\\d)", "!=$1.*"),
          // a wildcard behind an order: >=3.6.*
          new Correction("(<=|>=|<|>)\\s*(\\d+(\\.\\d+)*)\\.\\*", "$1$2"),
          // a missing dot: !=3.0*
          new Correction("(\\d\\.\\d)+\\*", "$1.*"),
          // a comma at the end
          new Correction(",\\s*$", ""),
          new Correction(">dev", ">0.0.0dev"),
          // a zero too many: >=3.6.0a1.0
          new Correction("(\\d+(\\.\\d)*(a|b|rc|post|dev)\\d+)\\.0", "$1"),
          // quotes
          new Correction("['\"]", ""));

  UvRequiresPython(Version python) {
    this(python, new ConcurrentHashMap<>());
  }

  Answer answer(String requiresPython) {
    return requiresPython.isEmpty()
        ? Answer.ADMITS
        : known.computeIfAbsent(requiresPython, this::evaluate);
  }

  private Answer evaluate(String requiresPython) {
    return read(requiresPython)
        .map(set -> admits(set) ? Answer.ADMITS : Answer.EXCLUDES)
        .orElse(Answer.UNREADABLE);
  }

  private static Optional<List<Specifier>> read(String text) {
    Optional<List<Specifier>> set = readStrictly(text);
    String corrected = text;
    for (Correction correction : CORRECTIONS) {
      if (set.isPresent()) {
        return set;
      }
      String next = correction.mistake().matcher(corrected).replaceAll(correction.instead());
      if (!next.equals(corrected)) {
        corrected = next;
        set = readStrictly(corrected);
      }
    }
    return set;
  }

  private static Optional<List<Specifier>> readStrictly(String text) {
    List<Specifier> set = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(set);
    }
    for (String item : text.split(",", -1)) {
      Optional<Specifier> specifier =
          Specifier.tryParse(PythonText.strip(item))
              .filter(each -> !ConstraintLines.comparesText(each));
      if (specifier.isEmpty()) {
        return Optional.empty();
      }
      set.add(specifier.get());
    }
    return Optional.of(set);
  }

  /**
   * A place between versions: at a version or just above it; with null before all of them.
   *
   * @param above whether just above
   */
  private record Point(@Nullable Version version, boolean above) {
    int compareTo(Version other) {
      if (version == null) {
        return -1;
      }
      int order = version.compareTo(other);
      return order == 0 && above ? 1 : order;
    }
  }

  /** A set of nothing excludes nothing. */
  private boolean admits(List<Specifier> set) {
    List<Range> ranges = set.stream().map(Range::of).toList();
    List<Point> points = new ArrayList<>(List.of(new Point(null, false), new Point(python, false)));
    for (Range range : ranges) {
      for (Version end : range.ends()) {
        points.add(new Point(end, false));
        points.add(new Point(end, true));
      }
    }
    List<Point> inside =
        points.stream()
            .filter(point -> ranges.stream().allMatch(range -> range.contains(point)))
            .toList();
    return inside.isEmpty() || inside.stream().anyMatch(point -> point.compareTo(python) <= 0);
  }

  /**
   * The releases that a specifier accepts; suffixes of its version do not count.
   *
   * @param next for a wildcard, and for {@code ~=}: where it ends
   */
  private record Range(Operator operator, Version version, @Nullable Version next) {

    static Range of(Specifier specifier) {
      String text = specifier.versionText();
      boolean wildcard = text.endsWith(".*");
      Version release =
          Version.parse(wildcard ? text.substring(0, text.length() - 2) : text).baseVersion();
      boolean compatible = specifier.operator() == Operator.COMPATIBLE;
      Version next = wildcard || compatible ? after(release, compatible ? 1 : 0) : null;
      return new Range(specifier.operator(), release, next);
    }

    /** The release without its last numbers, and one higher. */
    private static Version after(Version version, int dropped) {
      var release = new ArrayList<>(version.release());
      var kept = release.subList(0, release.size() - dropped);
      int last = kept.size() - 1;
      kept.set(last, kept.get(last).add(BigInteger.ONE));
      String text = String.join(".", kept.stream().map(Object::toString).toList());
      return Version.parse(version.epoch() + "!" + text);
    }

    List<Version> ends() {
      return next == null ? List.of(version) : List.of(version, next);
    }

    boolean contains(Point point) {
      int order = point.compareTo(version);
      if (next != null) {
        boolean between = order >= 0 && point.compareTo(next) < 0;
        return (operator == Operator.NOT_EQUAL) != between;
      }
      return switch (operator) {
        case EQUAL, ARBITRARY -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
        case COMPATIBLE -> throw new AssertionError("has an end");
      };
    }
  }
}
