package io.github.wheelmirror.python;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads lines as Python's {@code csv} module with its default dialect writes them, but refuses what
 * that module reads in two ways: text after a closing quote, a quote that is never closed.
 */
final class CsvReader {

  private final String text;
  private int position;

  CsvReader(String text) {
    this.text = text;
  }

  /** A field in quotes if it needs them. */
  static String quote(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  boolean hasNext() {
    return position < text.length();
  }

  /** The fields of the next line; none for an empty line. */
  List<String> next() {
    List<String> fields = new ArrayList<>();
    if (!atLineEnd()) {
      fields.add(field());
      while (hasNext() && text.charAt(position) == ',') {
        position++;
        fields.add(field());
      }
    }
    if (hasNext() && !atLineEnd()) {
      throw new InvalidRecordException("invalid RECORD: text follows a closing quote");
    }
    position += text.startsWith("\r\n", position) ? 2 : 1;
    return fields;
  }

  private boolean atLineEnd() {
    return hasNext() && (text.charAt(position) == '\n' || text.charAt(position) == '\r');
  }

  private String field() {
    if (hasNext() && text.charAt(position) == '"') {
      return quotedField();
    }
    int start = position;
    while (hasNext() && text.charAt(position) != ',' && !atLineEnd()) {
      position++;
    }
    return text.substring(start, position);
  }

  private String quotedField() {
    StringBuilder field = new StringBuilder();
    int start = position + 1;
    while (true) {
      int quote = text.indexOf('"', start);
      if (quote < 0) {
        throw new InvalidRecordException("invalid RECORD: a quote is not closed");
      }
      field.append(text, start, quote);
      start = quote + 1;
      if (!text.startsWith("\"", start)) {
        position = start;
        return field.toString();
      }
      field.append('"');
      start++;
    }
  }
}
