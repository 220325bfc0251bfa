package io.github.wheelmirror.python;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a requirement (PEP 508, "Grammar", with the parentheses of PEP 345 around versions). */
final class RequirementParser {

  private final Cursor cursor;
  private String specifiers = "";
  private @Nullable String url;
  private @Nullable Marker marker;

  RequirementParser(String text) {
    this.cursor = new Cursor(text);
  }

  /**
   * Reads the whole text.
   *
   * @throws InvalidRequirementException if it is not a requirement
   */
  Requirement parse() {
    cursor.skipBlanks();
    String name = identifier().orElseThrow(() -> failure(cursor.expected("a project name")));
    cursor.skipBlanks();
    SortedSet<String> extras = extras();
    cursor.skipBlanks();
    if (cursor.accept('@')) {
      url();
    } else {
      versions();
    }
    if (!cursor.atEnd()) {
      throw failure(cursor.expected("the end"));
    }
    return new Requirement(name, extras, specifierSet(), url, marker);
  }

  /** A name begins with a letter or digit and ends before trailing dots and hyphens. */
  private Optional<String> identifier() {
    String text = cursor.text();
    int start = cursor.position();
    if (cursor.atEnd() || !PythonText.isLetterOrDigit(text.charAt(start))) {
      return Optional.empty();
    }
    int end = start;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    while (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-') {
      end--;
    }
    cursor.moveTo(end);
    return Optional.of(text.substring(start, end));
  }

  private static boolean isNamePart(char c) {
    return PythonText.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
  }

  private SortedSet<String> extras() {
    var extras = new TreeSet<String>();
    if (!cursor.accept('[')) {
      return extras;
    }
    cursor.skipBlanks();
    Optional<String> extra = identifier();
    while (extra.isPresent()) {
      extras.add(extra.get());
      cursor.skipBlanks();
      if (!cursor.accept(',')) {
        break;
      }
      cursor.skipBlanks();
      extra = identifier();
      if (extra.isEmpty()) {
        throw failure(cursor.expected("the name of an extra"));
      }
    }
    cursor.skipBlanks();
    if (!cursor.accept(']')) {
      throw failure(cursor.expected("a comma or a closing bracket"));
    }
    return extras;
  }

  private void url() {
    cursor.skipBlanks();
    int start = cursor.position();
    while (!cursor.atEnd() && !cursor.at(' ') && !cursor.at('\t')) {
      cursor.moveTo(cursor.position() + 1);
    }
    if (cursor.position() == start) {
      throw failure(cursor.expected("a URL"));
    }
    url = cursor.text().substring(start, cursor.position());
    // without white space a semicolon is a part of the URL
    cursor.skipBlanks();
    if (!cursor.atEnd()) {
      marker("a semicolon");
    }
  }

  private void versions() {
    boolean parenthesis = cursor.accept('(');
    cursor.skipBlanks();
    specifiers = specifiers();
    cursor.skipBlanks();
    if (parenthesis && !cursor.accept(')')) {
      throw failure(cursor.expected("a comma or a closing parenthesis"));
    }
    cursor.skipBlanks();
    if (!cursor.atEnd()) {
      marker(
          specifiers.isEmpty() ? "a version specifier or a semicolon" : "a comma or a semicolon");
    }
  }

  private String specifiers() {
    var out = new StringBuilder();
    while (true) {
      var scanner = new SpecifierScanner(cursor.text(), cursor.position());
      if (scanner.scan().isEmpty()) {
        return out.toString();
      }
      out.append(cursor.text(), cursor.position(), scanner.position());
      cursor.moveTo(scanner.position());
      cursor.skipBlanks();
      if (!cursor.accept(',')) {
        return out.toString();
      }
      out.append(',');
      cursor.skipBlanks();
    }
  }

  private void marker(String expected) {
    if (!cursor.accept(';')) {
      throw failure(cursor.expected(expected));
    }
    try {
      marker = new Marker(new MarkerParser(cursor).parse());
    } catch (InvalidMarkerException e) {
      throw new InvalidRequirementException(cursor.text(), e);
    }
    cursor.skipBlanks();
  }

  /** The operand of {@code ===} may hold a comma, which only here becomes a separator. */
  private SpecifierSet specifierSet() {
    try {
      return SpecifierSet.parse(specifiers);
    } catch (InvalidSpecifierException e) {
      throw new InvalidRequirementException(cursor.text(), e);
    }
  }

  private InvalidRequirementException failure(String reason) {
    return new InvalidRequirementException(cursor.text(), reason);
  }
}
