package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.PythonText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One {@code pip.conf} in the dialect of Python's {@code RawConfigParser}: sections, {@code key =
 * value} or {@code key: value}, indented lines that go on with the value, whole-line comments.
 */
final class PipConfigFile {

  private static final String DEFAULTS = "DEFAULT";

  private final String where;
  private final Map<String, Map<String, StringBuilder>> sections = new LinkedHashMap<>();
  private Map<String, StringBuilder> section = new LinkedHashMap<>();
  private StringBuilder value = new StringBuilder();
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
    // not \R: Python's text files have no other line ends
    for (String line : text.split("\r\n|\r|\n", -1)) {
      number++;
      file.line(line, number);
    }
    return file.merged();
  }

  /** The form in which pip compares option names. */
  static String normalizedKey(String key) {
    String plain = PythonText.lower(key).replace('_', '-');
    return plain.startsWith("--") ? plain.substring(2) : plain;
  }

  private void line(String line, int number) {
    String plain = PythonText.strip(line);
    if (plain.startsWith("#") || plain.startsWith(";")) {
      return;
    }
    int indent = line.indexOf(plain);
    if (!key.isEmpty() && (plain.isEmpty() || indent > keyIndent)) {
      value.append('\n').append(plain);
    } else if (!plain.isEmpty()) {
      // to the last bracket, as in Python: [a]b] is the section a]b
      int end = plain.lastIndexOf(']');
      if (plain.startsWith("[") && end > 1) {
        section(plain.substring(1, end), number);
      } else {
        option(plain, indent, number);
      }
    }
  }

  private void section(String name, int number) {
    if (sections.containsKey(name) && !name.equals(DEFAULTS)) {
      throw invalid(
          number,
          "this begins the section [" + Printable.of(name) + "] a second time",
          "move its values to the first one");
    }
    section = sections.computeIfAbsent(name, unused -> new LinkedHashMap<>());
    key = "";
  }

  private void option(String plain, int indent, int number) {
    int delimiter = delimiter(plain);
    if (sections.isEmpty()) {
      throw invalid(number, "a value stands before the first [section]", "correct the line");
    }
    if (delimiter <= 0) {
      throw invalid(number, "this is neither a [section] nor key = value", "correct the line");
    }
    key = normalizedKey(PythonText.strip(plain.substring(0, delimiter)));
    keyIndent = indent;
    value = new StringBuilder(PythonText.strip(plain.substring(delimiter + 1)));
    if (section.putIfAbsent(key, value) != null) {
      throw invalid(
          number,
          "this gives the option " + Printable.of(key) + " of its section a second time",
          "leave one of the two; several values stand indented below the option's name");
    }
  }

  private static int delimiter(String plain) {
    int equals = plain.indexOf('=');
    int colon = plain.indexOf(':');
    return equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
  }

  private Map<String, Map<String, String>> merged() {
    Map<String, StringBuilder> defaults = sections.getOrDefault(DEFAULTS, Map.of());
    Map<String, Map<String, String>> merged = new LinkedHashMap<>();
    sections.forEach(
        (name, values) -> {
          if (!name.equals(DEFAULTS)) {
            Map<String, StringBuilder> all = new LinkedHashMap<>(defaults);
            all.putAll(values);
            merged.put(name, texts(all));
          }
        });
    return merged;
  }

  /** The values without white space at the end, and keys in the form that pip gives them last. */
  private static Map<String, String> texts(Map<String, StringBuilder> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach(
        (key, value) ->
            // a second time, as pip does it: ----index-url is an index-url too
            texts.put(normalizedKey(key), PythonText.stripEnd(value.toString())));
    return texts;
  }

  private MirrorException invalid(int number, String why, String fix) {
    return MirrorException.input(
        "pip's configuration file " + where + " cannot be read",
        "line " + number + ": " + why,
        fix + "; `pip config list` of the target's Python shows the same complaint");
  }
}
