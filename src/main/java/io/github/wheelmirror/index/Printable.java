package io.github.wheelmirror.index;

import io.github.wheelmirror.HiddenCharacter;

/** Text from outside on one line for a person: control characters replaced, long text cut. */
final class Printable {

  private static final int SHOWN = 200;

  private Printable() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    int[] characters = text.codePoints().limit(SHOWN).toArray();
    for (int character : characters) {
      shown.appendCodePoint(HiddenCharacter.is(character) ? '\uFFFD' : character);
    }
    if (text.codePointCount(0, text.length()) > SHOWN) {
      shown.append('…');
    }
    return shown.toString();
  }
}
