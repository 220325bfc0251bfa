package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.InvalidRequirementException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.PythonText;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The lines of a constraints file ({@code -c}), read once for all projects: a name, specifiers and
 * a marker each. Comments and empty lines do not count; hashes and options are not modelled.
 */
public final class ConstraintLines {

  /** No constraints. */
  public static final ConstraintLines NONE = new ConstraintLines(List.of());

  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

  /**
   * A line.
   *
   * @param text without a comment
   */
  record Line(String text, Requirement requirement) {}

  private final Map<ProjectName, List<Line>> byProject = new HashMap<>();
  private final String unreadable;
  private final String withExtras;
  private final String notVersion;

  private ConstraintLines(List<String> texts) {
    List<Line> lines = new ArrayList<>();
    String firstUnreadable = "";
    for (String text : texts) {
      String line = PythonText.strip(COMMENT.matcher(text).replaceFirst(""));
      if (!line.isEmpty()) {
        try {
          lines.add(new Line(line, Requirement.parse(line)));
        } catch (InvalidRequirementException e) {
          firstUnreadable =
              firstUnreadable.isEmpty()
                  ? "the constraint '" + line + "' cannot be read: " + e.reason()
                  : firstUnreadable;
        }
      }
    }
    for (Line line : lines) {
      byProject
          .computeIfAbsent(line.requirement().projectName(), name -> new ArrayList<>())
          .add(line);
    }
    unreadable = firstUnreadable;
    withExtras =
        first(
            lines,
            line -> !line.requirement().extras().isEmpty(),
            "constraints cannot have extras");
    notVersion = first(lines, ConstraintLines::comparesText, "behind === stands no version");
  }

  private static String first(List<Line> lines, Predicate<Line> problem, String words) {
    return lines.stream()
        .filter(problem)
        .map(line -> words + ": " + line.text())
        .findFirst()
        .orElse("");
  }

  private static boolean comparesText(Line line) {
    return line.requirement().specifiers().specifiers().stream()
        .anyMatch(ConstraintLines::comparesText);
  }

  /** Whether {@code ===} is followed by what is no version by PEP 440. */
  static boolean comparesText(Specifier specifier) {
    return specifier.operator() == Specifier.Operator.ARBITRARY
        && Version.tryParse(specifier.versionText()).isEmpty();
  }

  /** Reads the lines; one that cannot be read makes every tool fail, which explanations tell. */
  public static ConstraintLines of(List<String> lines) {
    return new ConstraintLines(lines);
  }

  /** Why every tool refuses the file; empty if it does not. */
  String unreadable() {
    return unreadable;
  }

  /** The first line with extras, which pip refuses; empty if there is none. */
  String withExtras() {
    return withExtras;
  }

  /** The first line that uv refuses because it reads what follows {@code ===}; else empty. */
  String notVersion() {
    return notVersion;
  }

  /** The lines for a project, in their order. */
  List<Line> of(ProjectName project) {
    return byProject.getOrDefault(project, List.of());
  }
}
