package io.github.wheelmirror.tree;

import java.util.Objects;

/**
 * What is wrong with a wheel.
 *
 * @param code such as {@code record-hash}, for filters and tests
 * @param words with the member's name where it has one
 */
public record WheelProblem(Severity severity, String code, String words) {

  /** Names of members are printed up to this many characters. */
  private static final int MAX_NAME = 200;

  public WheelProblem {
    Objects.requireNonNull(severity);
    Require.notBlank(code, "the code of a problem");
    Require.notBlank(words, "the words of a problem");
  }

  static WheelProblem error(String code, String words) {
    return new WheelProblem(Severity.ERROR, code, words);
  }

  static WheelProblem warning(String code, String words) {
    return new WheelProblem(Severity.WARNING, code, words);
  }

  /**
   * What all clients cope with, and a publisher may have done; a build of our own should not have,
   * so {@link WheelInspector} makes it a warning there.
   */
  static WheelProblem untidy(String code, String words) {
    return new WheelProblem(Severity.INFO, code, words);
  }

  /** An error, or what is {@linkplain #untidy untidy} only. */
  static WheelProblem of(boolean error, String code, String words) {
    return error ? error(code, words) : untidy(code, words);
  }

  /** What harms nobody, whoever made the wheel; only for those who know that. */
  static WheelProblem info(String code, String words) {
    return new WheelProblem(Severity.INFO, code, words);
  }

  /** The name of its check among all that are made of a snapshot, see {@link Checks}. */
  String check() {
    return code.startsWith("wheel-") ? code : "wheel-" + code;
  }

  /** The same, a warning if it is untidy. */
  WheelProblem strict() {
    return severity == Severity.INFO ? warning(code, words) : this;
  }

  /** A name from an archive as it may be shown: a hostile one must not steer a terminal. */
  static String quote(String name) {
    boolean cut = name.codePointCount(0, name.length()) > MAX_NAME;
    String shown = cut ? name.substring(0, name.offsetByCodePoints(0, MAX_NAME)) + "…" : name;
    return "'" + printable(shown) + "'";
  }

  /** A stranger's text without what commands a terminal or turns the direction of writing. */
  static String printable(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format(java.util.Locale.ROOT, "\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  @Override
  public String toString() {
    return severity + " " + code + ": " + words;
  }
}
