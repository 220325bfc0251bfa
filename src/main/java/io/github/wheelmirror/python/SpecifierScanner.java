package io.github.wheelmirror.python;

import io.github.wheelmirror.python.Specifier.Operator;
import java.util.Optional;

/** Reads one version specifier from a place in a text; a longer text goes on behind it. */
final class SpecifierScanner {

  private final String text;
  private final int from;
  private int position;
  private String reason = "";

  SpecifierScanner(String text, int from) {
    this.text = text;
    this.from = from;
    this.position = from;
  }

  /** The specifier that begins here, or nothing and a {@link #reason}. */
  Optional<Specifier> scan() {
    Optional<Operator> operator = Operator.at(text, from);
    if (operator.isEmpty()) {
      reason = "expected one of ~=, ==, !=, <=, >=, <, >, === at position " + from;
      return Optional.empty();
    }
    position = from + operator.get().toString().length();
    while (position < text.length() && PythonText.isSpace(text.charAt(position))) {
      position++;
    }
    return operator.get() == Operator.ARBITRARY ? arbitrary() : versioned(operator.get());
  }

  /** Where reading stopped. */
  int position() {
    return position;
  }

  /** Why there is no specifier. */
  String reason() {
    return reason;
  }

  private Optional<Specifier> arbitrary() {
    int start = position;
    while (position < text.length() && isArbitrary(text.charAt(position))) {
      position++;
    }
    return Optional.of(Specifier.arbitrary(text.substring(start, position)));
  }

  private static boolean isArbitrary(char c) {
    return c != ';' && c != ')' && !PythonText.isSpace(c);
  }

  private Optional<Specifier> versioned(Operator operator) {
    int start = position;
    var version = new VersionScanner(text, start);
    if (!version.scanRelease()) {
      reason = version.reason();
      return Optional.empty();
    }
    if (operator.allowsWildcard() && text.startsWith(".*", version.position())) {
      position = version.position() + 2;
      return finish(operator, start, version, true);
    }
    version.scanSuffixes();
    if (operator.allowsWildcard()) {
      version.scanLocal();
    }
    position = version.position();
    if (operator == Operator.COMPATIBLE && version.releaseLength() < 2) {
      reason = "~= needs a version of at least two numbers at position " + start;
      return Optional.empty();
    }
    return finish(operator, start, version, false);
  }

  private Optional<Specifier> finish(
      Operator operator, int start, VersionScanner version, boolean wildcard) {
    if (version.isTooLong()) {
      reason = version.reason();
      return Optional.empty();
    }
    String written = text.substring(start, position);
    return Optional.of(Specifier.of(operator, written, version.version(), wildcard));
  }
}
