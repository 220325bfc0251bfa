package io.github.wheelmirror.python;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The headers and the body of a metadata file, split as Python's {@code email} does under its
 * {@code compat32} policy, but strictly UTF-8.
 *
 * <p>Continuation lines stay in a value, line end and indentation included. A line that is neither
 * header nor continuation begins the body, even without a blank line before it. A mail's envelope
 * line ({@code From …}) is dropped.
 *
 * @param body with the line ends of the file
 * @param padded names in lower case of fields with white space around a value that Python leaves
 *     there: at its end, or because it begins on a continuation line
 */
record HeaderBlock(List<MetadataHeader> headers, String body, Set<String> padded) {

  HeaderBlock {
    headers = List.copyOf(headers);
    padded = Set.copyOf(padded);
  }

  /**
   * Reads the bytes of a file.
   *
   * @return empty if they are not UTF-8
   */
  static Optional<HeaderBlock> parse(byte[] bytes) {
    try {
      // a new decoder, unlike String, reports what is malformed
      return Optional.of(
          split(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static HeaderBlock split(String text) {
    List<MetadataHeader> headers = new ArrayList<>();
    Set<String> padded = new HashSet<>();
    StringBuilder header = new StringBuilder();
    int start = 0;
    while (start < text.length()) {
      int end = endOfLine(text, start);
      int next = startOfNextLine(text, end);
      if (start == end) {
        start = next;
        break;
      }
      boolean continuation = isBlank(text.charAt(start));
      boolean envelope = text.startsWith("From ", start);
      if (!continuation && !envelope && endOfName(text, start) < 0) {
        break;
      }
      if (!continuation) {
        add(header, headers, padded);
        header.setLength(0);
        // an envelope line becomes a header without a name, which is dropped
        header.append(envelope ? ":" : "");
      } else if (header.length() > 0) {
        header.append('\n');
      }
      // a continuation of nothing is dropped
      if (!continuation || header.length() > 0) {
        header.append(text, start, end);
      }
      start = next;
    }
    add(header, headers, padded);
    return new HeaderBlock(headers, text.substring(start), padded);
  }

  private static void add(StringBuilder header, List<MetadataHeader> headers, Set<String> padded) {
    int colon = header.indexOf(":");
    if (colon > 0) {
      String name = header.substring(0, colon);
      String value = header.substring(colon + 1).strip();
      headers.add(new MetadataHeader(name, value));
      int start = colon + 1;
      while (start < header.length() && isBlank(header.charAt(start))) {
        start++;
      }
      if (header.length() - start != value.length()) {
        padded.add(name.toLowerCase(Locale.ROOT));
      }
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static int endOfLine(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static int startOfNextLine(String text, int end) {
    return text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length());
  }

  /** The colon after a name of printable ASCII characters; or -1. */
  private static int endOfName(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) > ' ' && text.charAt(i) < 0x7F) {
      if (text.charAt(i) == ':') {
        return i;
      }
      i++;
    }
    return -1;
  }

  /** The values of a field, in order; its name in any case. */
  List<String> values(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(MetadataHeader::value)
        .toList();
  }
}
