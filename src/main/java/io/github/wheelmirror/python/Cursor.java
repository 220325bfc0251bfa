package io.github.wheelmirror.python;

/** A place in a PEP 508 text, moved forward by what is found there. */
final class Cursor {

  private final String text;
  private int position;

  Cursor(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  int position() {
    return position;
  }

  void moveTo(int newPosition) {
    position = newPosition;
  }

  boolean atEnd() {
    return position == text.length();
  }

  boolean at(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  boolean accept(char c) {
    boolean found = at(c);
    position += found ? 1 : 0;
    return found;
  }

  boolean accept(String expected) {
    boolean found = text.startsWith(expected, position);
    position += found ? expected.length() : 0;
    return found;
  }

  /** A word that no letter, digit or underscore follows. */
  boolean acceptWord(String word) {
    int end = position + word.length();
    boolean found =
        text.startsWith(word, position) && (end == text.length() || !isWord(text.charAt(end)));
    position += found ? word.length() : 0;
    return found;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** Moves over spaces and tabs, the only white space of PEP 508; whether there was any. */
  boolean skipBlanks() {
    int start = position;
    while (at(' ') || at('\t')) {
      position++;
    }
    return position > start;
  }

  /** What is here, for a message. */
  String expected(String what) {
    return "expected "
        + what
        + " at position "
        + position
        + (atEnd() ? ", found the end" : ", found " + rest());
  }

  private String rest() {
    return InvalidTextException.quote(
        text.substring(position, Math.min(position + 20, text.length())));
  }
}
