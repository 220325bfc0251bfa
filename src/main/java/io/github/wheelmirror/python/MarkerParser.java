package io.github.wheelmirror.python;

import io.github.wheelmirror.python.MarkerNode.Comparison;
import io.github.wheelmirror.python.MarkerNode.Connective;
import io.github.wheelmirror.python.MarkerNode.Group;
import io.github.wheelmirror.python.MarkerNode.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a marker from a place in a text by recursive descent (PEP 508, "Grammar"). */
final class MarkerParser {

  /** CPython's own recursion limit stops {@code packaging} before this depth. */
  private static final int MAX_DEPTH = 500;

  private static final List<String> VARIABLES =
      List.of(
          "python_version",
          "python_full_version",
          "os_name",
          "sys_platform",
          "platform_release",
          "platform_system",
          "platform_version",
          "platform_machine",
          "platform_python_implementation",
          "implementation_name",
          "implementation_version",
          "extra",
          "extras",
          "dependency_groups");

  /** Spellings of PEP 345 and of old setuptools. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "os.name", "os_name",
          "sys.platform", "sys_platform",
          "platform.version", "platform_version",
          "platform.machine", "platform_machine",
          "platform.python_implementation", "platform_python_implementation",
          "python_implementation", "platform_python_implementation");

  /** Longer ones before their beginnings. */
  private static final List<String> OPERATORS =
      List.of("===", "==", "~=", "!=", "<=", ">=", "<", ">");

  private final Cursor cursor;
  private int depth;

  MarkerParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /**
   * Reads as far as the marker goes.
   *
   * @throws InvalidMarkerException if there is none
   */
  MarkerNode parse() {
    var parts = new ArrayList<MarkerNode>();
    var connectives = new ArrayList<Connective>();
    parts.add(atom());
    while (true) {
      if (cursor.acceptWord("and")) {
        connectives.add(Connective.AND);
      } else if (cursor.acceptWord("or")) {
        connectives.add(Connective.OR);
      } else {
        return new Group(parts, connectives);
      }
      parts.add(atom());
    }
  }

  private MarkerNode atom() {
    cursor.skipBlanks();
    MarkerNode node;
    if (cursor.accept('(')) {
      if (++depth > MAX_DEPTH) {
        throw failure("more than " + MAX_DEPTH + " nested parentheses");
      }
      node = parse();
      if (!cursor.accept(')')) {
        throw failure(cursor.expected("'and', 'or' or a closing parenthesis"));
      }
      depth--;
    } else {
      node = comparison();
    }
    cursor.skipBlanks();
    return node;
  }

  private Comparison comparison() {
    Operand left = operand();
    cursor.skipBlanks();
    String operator = operator();
    cursor.skipBlanks();
    return Comparison.of(left, operator, operand());
  }

  private Operand operand() {
    for (String name : VARIABLES) {
      if (cursor.acceptWord(name)) {
        return new Operand(true, name);
      }
    }
    for (Map.Entry<String, String> alias : ALIASES.entrySet()) {
      if (cursor.acceptWord(alias.getKey())) {
        return new Operand(true, alias.getValue());
      }
    }
    if (cursor.at('"') || cursor.at('\'')) {
      return literal();
    }
    throw failure(cursor.expected("a marker variable or a quoted text"));
  }

  private Operand literal() {
    String text = cursor.text();
    int start = cursor.position();
    int close = text.indexOf(text.charAt(start), start + 1);
    if (close < 0) {
      throw failure("the quote at position " + start + " is not closed");
    }
    cursor.moveTo(close + 1);
    return PythonLiteral.decode(text.substring(start, close + 1))
        .map(value -> new Operand(false, value))
        .orElseThrow(() -> failure("not a Python string literal at position " + start));
  }

  private String operator() {
    if (cursor.acceptWord("in")) {
      return "in";
    }
    if (cursor.acceptWord("not")) {
      if (!cursor.skipBlanks() || !cursor.acceptWord("in")) {
        throw failure(cursor.expected("'in' after 'not'"));
      }
      return "not in";
    }
    for (String operator : OPERATORS) {
      if (cursor.accept(operator)) {
        return operator;
      }
    }
    throw failure(cursor.expected("one of <=, <, !=, ==, >=, >, ~=, ===, in, not in"));
  }

  private InvalidMarkerException failure(String reason) {
    return new InvalidMarkerException(cursor.text(), reason);
  }
}
