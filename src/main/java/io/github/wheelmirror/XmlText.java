package io.github.wheelmirror;

import java.util.Locale;

/**
 * Text as XML 1.0 may hold it. A character that no XML document may have, whether as such or as a
 * reference (§2.2), is shown as an escape like {@code \x1b}: what strangers print is read by
 * parsers that refuse a whole file for it.
 */
public final class XmlText {

  private XmlText() {}

  /** The content of an element. */
  public static String content(String text) {
    return escaped(text, false);
  }

  /** The value of an attribute in double quotes; its line ends and tabs stay what they are. */
  public static String attribute(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean attribute) {
    StringBuilder xml = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(character -> append(xml, character, attribute));
    return xml.toString();
  }

  private static void append(StringBuilder xml, int character, boolean attribute) {
    switch (character) {
      case '&' -> xml.append("&amp;");
      case '<' -> xml.append("&lt;");
      // "]]>" may not stand in content
      case '>' -> xml.append("&gt;");
      case '"' -> xml.append(attribute ? "&quot;" : "\"");
      case '\n', '\t' -> {
        if (attribute) {
          xml.append("&#").append(character).append(';');
        } else {
          xml.append((char) character);
        }
      }
      default -> {
        if (isShown(character)) {
          xml.appendCodePoint(character);
        } else {
          xml.append(
              String.format(Locale.ROOT, character < 0x100 ? "\\x%02x" : "\\u%04x", character));
        }
      }
    }
  }

  private static boolean isShown(int character) {
    boolean surrogate =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    return !Character.isISOControl(character) && !surrogate && (character & 0xFFFE) != 0xFFFE;
  }
}
