package io.github.wheelmirror.index;

/** Text from outside on one line for a person: control characters replaced, long text cut. */
final class Printable {

  private static final int SHOWN = 200;

  private Printable() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    int[] characters = text.codePoints().limit(SHOWN).toArray();
    for (int character : characters) {
      boolean hidden =
          Character.isISOControl(character)
              || Character.getType(character) == Character.FORMAT
              || Character.getType(character) == Character.SURROGATE
              || Character.getType(character) == Character.LINE_SEPARATOR
              || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
      shown.appendCodePoint(hidden ? '\uFFFD' : character);
    }
    if (text.codePointCount(0, text.length()) > SHOWN) {
      shown.append('…');
    }
    return shown.toString();
  }
}
