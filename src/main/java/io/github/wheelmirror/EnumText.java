package io.github.wheelmirror;

import java.util.Locale;

/** Constants of enums as they are in JSON and for people: {@code NOT_CHECKED} is not-checked. */
public final class EnumText {

  private EnumText() {}

  /** In lower case, with dashes. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static <E extends Enum<E>> E parse(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
