package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pythons as a person writes them: {@code 3.12} and {@code cp312} are the same. */
final class Pythons {

  private static final Pattern VERSION = Pattern.compile("(?:cp)?(\\d)\\.?(\\d{1,2})(t?)");
  private static final Pattern TAG = Pattern.compile("[a-z]+\\d+[a-z]*");
  private static final Pattern GLOB = Pattern.compile("[a-z0-9*?]+");

  private Pythons() {}

  /** Tags like {@code cp312}. */
  static List<String> tags(List<String> texts, String element) {
    return texts.stream().map(text -> tag(text, element)).toList();
  }

  /** Tags, or patterns over them. */
  static List<String> globs(List<String> texts, String element) {
    return texts.stream().map(text -> checked(text, GLOB, element)).toList();
  }

  /**
   * A tag like {@code cp312}.
   *
   * @param element where it stands, for the message
   * @throws MirrorException (input) if it is none
   */
  static String tag(String text, String element) {
    return checked(text, TAG, element);
  }

  private static String checked(String text, Pattern form, String element) {
    Matcher version = VERSION.matcher(text);
    String tag =
        version.matches() ? "cp" + version.group(1) + version.group(2) + version.group(3) : text;
    if (!form.matcher(tag).matches()) {
      throw MirrorException.input(
          "<" + element + "> names the Python '" + text + "'",
          "that is no Python's version or tag",
          "write it as 3.12 or cp312");
    }
    return tag;
  }
}
