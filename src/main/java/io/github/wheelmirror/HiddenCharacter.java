package io.github.wheelmirror;

/** Characters that nobody sees in a text, though they change how the rest of it looks. */
public final class HiddenCharacter {

  private HiddenCharacter() {}

  /**
   * Whether it commands a terminal, ends a line, is a bidirectional mark, has no width, or is half
   * a character.
   *
   * @param character a code point
   */
  public static boolean is(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
