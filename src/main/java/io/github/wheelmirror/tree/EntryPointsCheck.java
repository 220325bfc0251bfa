package io.github.wheelmirror.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code entry_points.txt} (entry points specification): sections of {@code name =
 * module:object} lines.
 *
 * <p>A script without an object is an error, as pip then refuses to install, and so is one whose
 * name is a path, as it would be written there; other mistakes only make one entry point unusable
 * and are untidy.
 */
final class EntryPointsCheck {

  private static final Set<String> SCRIPTS = Set.of("console_scripts", "gui_scripts");

  /** Gives back nothing that it took, or a long line would take ages. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "[\\w.]++\\s*+(?::\\s*+[\\w.]++)?\\s*+(?:\\[.*\\])?", Pattern.UNICODE_CHARACTER_CLASS);

  private EntryPointsCheck() {}

  static List<WheelProblem> check(String text) {
    List<WheelProblem> problems = new ArrayList<>();
    Map<String, Set<String>> seen = new HashMap<>();
    String section = "";
    for (String raw : text.lines().toList()) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).strip();
        seen.putIfAbsent(section, new java.util.HashSet<>());
        continue;
      }
      int equals = line.indexOf('=');
      Set<String> names = seen.get(section);
      if (names == null || equals <= 0) {
        problems.add(bad(line, "is in no section or no entry point"));
        continue;
      }
      String reference = line.substring(equals + 1).strip();
      if (SCRIPTS.contains(section) && isPath(line.substring(0, equals).strip())) {
        problems.add(
            WheelProblem.error(
                "script-name",
                "the script "
                    + WheelProblem.quote(line)
                    + " would be written outside of the folder for scripts"));
      } else if (SCRIPTS.contains(section) && !reference.contains(":")) {
        problems.add(
            WheelProblem.error(
                "entry-points",
                "the script " + WheelProblem.quote(line) + " names no function to call"));
      } else if (!REFERENCE.matcher(reference).matches()) {
        problems.add(bad(line, "names no object"));
      } else if (!names.add(line.substring(0, equals).strip())) {
        problems.add(bad(line, "is there twice"));
      }
    }
    return problems;
  }

  private static boolean isPath(String name) {
    return name.indexOf('/') >= 0
        || name.indexOf('\\') >= 0
        || name.equals("..")
        || name.equals(".")
        || name.chars().anyMatch(Character::isISOControl);
  }

  private static WheelProblem bad(String line, String words) {
    return WheelProblem.untidy(
        "entry-points", "in entry_points.txt " + WheelProblem.quote(line) + " " + words);
  }
}
