package io.github.wheelmirror.constraints;

/**
 * A pattern in which {@code *} stands for any run of characters, slashes included, and everything
 * else for itself.
 *
 * @param pattern the pattern as written
 */
record Glob(String pattern) {

  /** Whether it is a plain name. */
  boolean isLiteral() {
    return pattern.indexOf('*') < 0;
  }

  boolean matches(String text) {
    int at = 0;
    int star = -1;
    int afterStar = 0;
    int i = 0;
    while (i < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        afterStar = i;
      } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(i)) {
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

  @Override
  public String toString() {
    return pattern;
  }
}
