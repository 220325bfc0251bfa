package io.github.wheelmirror.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A link within a report: a file beside the page or below its folder, and a place in it. It cannot
 * lead to another host or folder, and has no scheme.
 *
 * @param value as it stands in a page, without anything that would have to be escaped
 */
record Href(String value) {

  private static final Pattern FILE =
      Pattern.compile("(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)?[A-Za-z0-9_~-][A-Za-z0-9._~-]*");
  private static final Pattern PLACE = Pattern.compile("(?:[A-Za-z0-9._~!=-]|%[0-9A-F]{2})*");

  Href {
    int hash = value.indexOf('#');
    String file = hash < 0 ? value : value.substring(0, hash);
    if (!(file.isEmpty() && hash == 0 || FILE.matcher(file).matches())
        || hash >= 0 && !PLACE.matcher(value.substring(hash + 1)).matches()) {
      throw new IllegalArgumentException("not a link within a report: " + value);
    }
  }

  /** The same file at the element with this id. */
  Href at(String id) {
    return new Href(value + "#" + escaped(id));
  }

  /** The same file with a value that its script reads. */
  Href with(String name, String text) {
    return new Href(value + "#" + escaped(name) + "=" + escaped(text));
  }

  /** Characters with a meaning in URLs are escaped, {@code %20} for a space. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~!".indexOf(c) >= 0);
      if (plain) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return out.toString();
  }
}
