package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One {@code pip.conf} in the dialect of Python's {@code RawConfigParser}: sections, {@code key =
 * value} or {@code key: value}, indented lines that go on with the value, whole-line comments.
 */
final class PipConfigFile {

  private static final String DEFAULTS = "DEFAULT";

  private final String where;
  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();
  private String section = "";
  private String key = "";
  private int keyIndent;

  private PipConfigFile(String where) {
    this.where = where;
  }

  /**
   * The file's values as {@code section → key → value}, keys as pip compares them: lower case with
   * hyphens. Those of {@code [DEFAULT]} are part of every section.
   *
   * @param where the file's name for messages
   * @throws MirrorException (input) if pip itself would refuse the file
   */
  static Map<String, Map<String, String>> parse(String text, String where) {
    PipConfigFile file = new PipConfigFile(where);
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      file.line(line, number);
    }
    return file.merged();
  }

  /** The form in which pip compares option names. */
  static String normalizedKey(String key) {
    String plain = key.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return plain.startsWith("--") ? plain.substring(2) : plain;
  }

  private void line(String line, int number) {
    String plain = line.strip();
    if (plain.isEmpty() || plain.startsWith("#") || plain.startsWith(";")) {
      return;
    }
    int indent = line.length() - line.stripLeading().length();
    if (!key.isEmpty() && indent > keyIndent) {
      current().merge(key, plain, (before, more) -> before + "\n" + more);
      return;
    }
    if (plain.startsWith("[") && plain.indexOf(']') > 1) {
      section = plain.substring(1, plain.indexOf(']'));
      key = "";
      sections.computeIfAbsent(section, name -> new LinkedHashMap<>());
      return;
    }
    option(plain, indent, number);
  }

  private void option(String plain, int indent, int number) {
    int delimiter = delimiter(plain);
    if (section.isEmpty()) {
      throw invalid(number, "a value stands before the first [section]");
    }
    if (delimiter <= 0) {
      throw invalid(number, "this is neither a [section] nor key = value");
    }
    key = normalizedKey(plain.substring(0, delimiter));
    keyIndent = indent;
    current().put(key, plain.substring(delimiter + 1).strip());
  }

  private static int delimiter(String plain) {
    int equals = plain.indexOf('=');
    int colon = plain.indexOf(':');
    return equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
  }

  private Map<String, String> current() {
    return sections.computeIfAbsent(section, name -> new LinkedHashMap<>());
  }

  private Map<String, Map<String, String>> merged() {
    Map<String, String> defaults = sections.getOrDefault(DEFAULTS, Map.of());
    Map<String, Map<String, String>> merged = new LinkedHashMap<>();
    sections.forEach(
        (name, values) -> {
          if (!name.equals(DEFAULTS)) {
            Map<String, String> all = new LinkedHashMap<>(defaults);
            all.putAll(values);
            merged.put(name, all);
          }
        });
    return merged;
  }

  private MirrorException invalid(int number, String why) {
    return MirrorException.input(
        "pip's configuration file " + where + " cannot be read",
        "line " + number + ": " + why,
        "correct the line; `pip config list` of the target's Python shows the same complaint");
  }
}
