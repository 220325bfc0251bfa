package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.InvalidRequirementException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.PythonText;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a constraints file ({@code -c}), read once for all projects: a name, specifiers, a
 * marker and hashes each. Comments and empty lines do not count; other options cannot be read.
 */
public final class ConstraintLines {

  /** No constraints. */
  public static final ConstraintLines NONE = new ConstraintLines(List.of());

  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");
  private static final Pattern LEGACY =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[[^\\]]*\\])?\\s*([^;\\[]*)(?:;.*)?");

  /**
   * A line.
   *
   * @param text without a comment
   * @param hashes the allowed ones, as {@code algorithm:digest} in lower case
   */
  record Line(String text, Requirement requirement, List<String> hashes) {
    Line {
      hashes = List.copyOf(hashes);
    }
  }

  /**
   * A line that is not as PEP 508 says.
   *
   * @param legacyProject the project's normal name if specifiers before PEP 440 make it readable;
   *     else empty
   */
  private record Unreadable(String words, String legacyProject) {}

  private final Map<ProjectName, List<Line>> byProject = new HashMap<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final String withExtras;
  private final String notVersion;
  private final boolean hashes;
  private final String weakHash;
  private final List<Line> oddHashes;

  private ConstraintLines(List<String> texts) {
    List<Line> lines = new ArrayList<>();
    for (String text : texts) {
      String line = PythonText.strip(COMMENT.matcher(text).replaceFirst(""));
      if (!line.isEmpty()) {
        try {
          HashOptions options = HashOptions.of(line);
          lines.add(new Line(line, Requirement.parse(options.rest()), options.hashes()));
        } catch (InvalidRequirementException e) {
          unreadable.add(
              new Unreadable(
                  "the constraint '" + line + "' cannot be read: " + e.reason(),
                  legacyProject(line)));
        }
      }
    }
    for (Line line : lines) {
      byProject
          .computeIfAbsent(line.requirement().projectName(), name -> new ArrayList<>())
          .add(line);
    }
    hashes = lines.stream().anyMatch(line -> !line.hashes().isEmpty());
    weakHash =
        first(
            lines,
            line -> !HashOptions.areStrong(line.hashes()),
            "pip takes only sha256, sha384 and sha512");
    oddHashes = lines.stream().filter(line -> !HashOptions.areWhole(line.hashes())).toList();
    withExtras =
        first(
            lines,
            line -> !line.requirement().extras().isEmpty(),
            "constraints cannot have extras");
    notVersion = first(lines, ConstraintLines::comparesText, "behind === stands no version");
  }

  private static String legacyProject(String line) {
    Matcher matcher = LEGACY.matcher(line);
    boolean legacy =
        matcher.matches()
            && Arrays.stream(matcher.group(2).split(",", -1))
                .map(PythonText::strip)
                .allMatch(
                    specifier ->
                        Specifier.tryParse(specifier).isPresent()
                            || LegacyVersion.specifier(specifier).isPresent());
    return legacy ? ProjectName.normalize(matcher.group(1)) : "";
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

  /** Why a tool that keeps to PEP 508 refuses the file; empty if it does not. */
  String unreadable() {
    return unreadable.isEmpty() ? "" : unreadable.get(0).words();
  }

  /**
   * The same for a tool that reads specifiers before PEP 440 too. What such a specifier accepts of
   * the project itself is not modelled, so that counts as unreadable.
   */
  String unreadableBeforePep440(ProjectName project) {
    return unreadable.stream()
        .filter(
            line -> line.legacyProject().isEmpty() || line.legacyProject().equals(project.value()))
        .map(Unreadable::words)
        .findFirst()
        .orElse("");
  }

  /** The first line with extras, which pip refuses; empty if there is none. */
  String withExtras() {
    return withExtras;
  }

  /** The first line that uv refuses because it reads what follows {@code ===}; else empty. */
  String notVersion() {
    return notVersion;
  }

  /** Whether any line, of whatever project, has a hash. */
  boolean hasHashes() {
    return hashes;
  }

  /** The first line with a hash of an algorithm that pip refuses; empty if there is none. */
  String weakHash() {
    return weakHash;
  }

  /** The lines with a hash that can be none: of an unknown algorithm or of the wrong length. */
  List<Line> oddHashes() {
    return oddHashes;
  }

  /** The lines for a project, in their order. */
  List<Line> of(ProjectName project) {
    return byProject.getOrDefault(project, List.of());
  }
}
