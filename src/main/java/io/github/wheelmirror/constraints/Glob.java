package io.github.wheelmirror.constraints;

import java.util.List;

/**
 * A pattern in which {@code *} stands for any run of characters, slashes included, {@code ?} for
 * any one character, and everything else for itself.
 *
 * @param pattern the pattern as written
 */
public record Glob(String pattern) {

  /** Whether one of the patterns matches; without any pattern everything does. */
  public static boolean anyMatches(List<String> patterns, String text) {
    return patterns.isEmpty()
        || patterns.stream().anyMatch(pattern -> new Glob(pattern).matches(text));
  }

  /** Whether it is a plain name. */
  public boolean isLiteral() {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  /** Whether it stands for the whole text. Goes back to the last star only: no pattern is slow. */
  public boolean matches(String text) {
    int at = 0;
    int star = -1;
    int afterStar = 0;
    int i = 0;
    while (i < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        afterStar = i;
      } else if (at < pattern.length() && stands(pattern.charAt(at), text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++afterStar;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  private static boolean stands(char pattern, char character) {
    return pattern == '?' || pattern == character;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
