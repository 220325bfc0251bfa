package io.github.wheelmirror.report;

import io.github.wheelmirror.XmlText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes a page element by element. Whatever is not the name of an element or attribute is escaped,
 * and a link is only made from a {@link Href}: no text of a stranger becomes markup, a script or an
 * address. Every element is closed, so a page is also well-formed XML.
 *
 * <p>What a reader would not see as it is (control characters, marks that turn the direction of
 * text) is shown as an escape such as {@code \x1b}.
 */
final class Html {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
  private static final Pattern UNSEEN =
      Pattern.compile("[\\u061C\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u2069\\uFEFF]");

  private final StringBuilder out;
  private final Deque<String> open = new ArrayDeque<>();

  /** A page that begins with its document type. */
  Html() {
    out = new StringBuilder(1 << 14).append("<!DOCTYPE html>\n");
  }

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  Html open(String element, String... attributes) {
    begin(element, attributes);
    out.append('>');
    open.push(element);
    return this;
  }

  /** Ends the element that was begun last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** As {@link #close}, and a line end. */
  Html closeLine() {
    close();
    out.append('\n');
    return this;
  }

  /** An element without content. */
  Html empty(String element, String... attributes) {
    begin(element, attributes);
    out.append("/>");
    return this;
  }

  /** Text as a reader shall see it. */
  Html text(String text) {
    out.append(XmlText.content(seen(text)));
    return this;
  }

  /** An element with text. */
  Html leaf(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** A link. */
  Html link(Href to, String text, String... attributes) {
    begin("a", attributes);
    out.append(" href=\"").append(XmlText.attribute(to.value())).append("\">");
    return text(text).end("a");
  }

  /** A link, or the text alone if there is nothing to lead to. */
  Html link(Optional<Href> to, String text) {
    return to.isPresent() ? link(to.get(), text) : text(text);
  }

  /** The style sheet, in the head. */
  Html style(Href file) {
    out.append("<link rel=\"stylesheet\" href=\"").append(file.value()).append("\"/>\n");
    return this;
  }

  /** The script, in the head; it runs when the page is there. */
  Html script(Href file) {
    out.append("<script defer=\"defer\" src=\"").append(file.value()).append("\"></script>\n");
    return this;
  }

  /**
   * The whole page.
   *
   * @throws IllegalStateException if an element is not closed
   */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return out.toString();
  }

  private Html end(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  private void begin(String element, String... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("an attribute of " + element + " has no value");
    }
    out.append('<').append(name(element));
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ')
          .append(attribute(attributes[i]))
          .append("=\"")
          .append(XmlText.attribute(seen(attributes[i + 1])))
          .append('"');
    }
  }

  private static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name: " + name);
    }
    return name;
  }

  /** What a browser would follow or run is not written here. */
  private static String attribute(String name) {
    String lower = name(name).toLowerCase(Locale.ROOT);
    if (lower.startsWith("on")
        || lower.equals("href")
        || lower.equals("src")
        || lower.equals("style")) {
      throw new IllegalArgumentException("not an attribute for text: " + name);
    }
    return name;
  }

  private static String seen(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(
            found -> String.format(Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
  }
}
