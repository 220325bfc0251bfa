package io.github.wheelmirror.builder;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scripts that {@code entry_points.txt} asks for (entry points specification). */
final class EntryPointScripts {

  private static final Set<String> SECTIONS = Set.of("console_scripts", "gui_scripts");

  /** The extras in brackets are deprecated, and nothing that an installer looks at. */
  private static final Pattern LINE =
      Pattern.compile(
          "([^=]+?)\\s*=\\s*([\\w.]+)\\s*:\\s*([\\w.]+)\\s*(?:\\[[^]]*\\])?",
          Pattern.UNICODE_CHARACTER_CLASS);

  private EntryPointScripts() {}

  /**
   * Names of scripts, and the {@code module:object} that each calls.
   *
   * @throws UnsafeArchiveException for a script that names no function or cannot be a file
   */
  static Map<String, String> of(byte[] file) throws UnsafeArchiveException {
    Map<String, String> scripts = new TreeMap<>();
    String section = "";
    for (String raw : new String(file, StandardCharsets.UTF_8).lines().toList()) {
      String line = raw.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).strip();
      } else if (SECTIONS.contains(section)
          && !line.isEmpty()
          && !line.startsWith("#")
          && !line.startsWith(";")) {
        Matcher script = LINE.matcher(line);
        if (!script.matches() || !isFilename(script.group(1))) {
          throw UnsafeArchiveException.of(line, "a script that cannot be written");
        }
        scripts.put(script.group(1), script.group(2) + ":" + script.group(3));
      }
    }
    return scripts;
  }

  private static boolean isFilename(String name) {
    return !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.chars().noneMatch(Character::isISOControl);
  }
}
