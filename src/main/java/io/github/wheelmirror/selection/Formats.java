package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.FormatOption.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which formats the options allow for one project.
 *
 * @param wheels whether wheels are
 * @param sdists whether sdists are
 */
record Formats(boolean wheels, boolean sdists) {

  private static final String ALL = ":all:";
  private static final String NONE = ":none:";

  boolean allow(FileName.Accepted name) {
    return name instanceof FileName.Wheel ? wheels : sdists;
  }

  /**
   * As pip reads them, one after the other: naming a project for one option takes it from the
   * other, {@code :all:} empties the other. A project's own name beats {@code :all:}.
   */
  static Formats ofPip(List<FormatOption> options, ProjectName project) {
    Names names = new Names();
    for (FormatOption option : options) {
      Set<String> mine = names.of(option.kind());
      Set<String> other =
          names.of(option.kind() == Kind.NO_BINARY ? Kind.ONLY_BINARY : Kind.NO_BINARY);
      List<String> values = List.of(option.value().split(",", -1));
      for (int all = values.indexOf(ALL); all >= 0; all = values.indexOf(ALL)) {
        other.clear();
        mine.clear();
        mine.add(ALL);
        values = values.subList(all + 1, values.size());
        if (!values.contains(NONE)) {
          values = List.of();
        }
      }
      for (String value : values) {
        if (value.equals(NONE)) {
          mine.clear();
        } else {
          other.remove(ProjectName.normalize(value));
          mine.add(ProjectName.normalize(value));
        }
      }
    }
    Set<String> noBinary = names.noBinary;
    Set<String> onlyBinary = names.onlyBinary;
    if (onlyBinary.contains(project.value())) {
      return new Formats(true, false);
    }
    if (noBinary.contains(project.value())) {
      return new Formats(false, true);
    }
    return onlyBinary.contains(ALL)
        ? new Formats(true, false)
        : new Formats(!noBinary.contains(ALL), true);
  }

  /**
   * As uv reads them: each option by itself, whatever the order of the two. {@code :all:} of one
   * gives way to projects that the other names; a project may be forbidden in both formats.
   */
  static Formats ofUv(List<FormatOption> options, ProjectName project) {
    Names names = new Names();
    for (FormatOption option : options) {
      Set<String> mine = names.of(option.kind());
      for (String value : option.value().split(",", -1)) {
        if (value.equals(NONE)) {
          mine.clear();
        } else {
          mine.add(value.equals(ALL) ? ALL : ProjectName.normalize(value));
        }
      }
    }
    return new Formats(
        !forbids(names.noBinary, names.onlyBinary, project),
        !forbids(names.onlyBinary, names.noBinary, project));
  }

  private static boolean forbids(Set<String> names, Set<String> other, ProjectName project) {
    if (names.contains(ALL)) {
      return other.contains(ALL) || !other.contains(project.value());
    }
    return names.contains(project.value());
  }

  /** The names in force for each option. */
  private static final class Names {
    private final Set<String> noBinary = new HashSet<>();
    private final Set<String> onlyBinary = new HashSet<>();

    Set<String> of(Kind kind) {
      return kind == Kind.NO_BINARY ? noBinary : onlyBinary;
    }
  }
}
