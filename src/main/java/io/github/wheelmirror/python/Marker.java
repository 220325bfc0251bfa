package io.github.wheelmirror.python;

import org.jspecify.annotations.Nullable;

/**
 * An environment marker such as {@code python_version < "3.12"} (PEP 508, as amended until January
 * 2026), evaluated as pip's {@code packaging} 26.3 does.
 *
 * <p>Only {@code python_version}, {@code python_full_version}, {@code implementation_version} and
 * {@code platform_release} are compared as versions, all others as texts. Markers are equal if they
 * print alike.
 */
public final class Marker {

  private final MarkerNode root;
  private final String text;

  Marker(MarkerNode root) {
    this.root = root;
    this.text = root.printTop();
  }

  /**
   * Reads a marker.
   *
   * @throws InvalidMarkerException if it is none
   */
  public static Marker parse(String text) {
    var cursor = new Cursor(text);
    MarkerNode root = new MarkerParser(cursor).parse();
    if (!cursor.atEnd()) {
      throw new InvalidMarkerException(text, cursor.expected("'and', 'or' or the end"));
    }
    return new Marker(root);
  }

  /**
   * Whether it holds in core metadata when no extra is asked for.
   *
   * @throws UndefinedComparisonException if two values cannot be compared in the way it asks for
   * @throws UndefinedEnvironmentNameException if it asks for a name that is not defined there
   */
  public boolean evaluate(MarkerEnvironment environment) {
    return evaluate(MarkerContext.metadata(environment));
  }

  /** Whether it holds in core metadata when one extra is asked for, in any spelling. */
  public boolean evaluate(MarkerEnvironment environment, String extra) {
    return evaluate(MarkerContext.metadata(environment).withExtra(extra));
  }

  /**
   * Whether it holds in a context.
   *
   * @throws UndefinedComparisonException if two values cannot be compared in the way it asks for
   * @throws UndefinedEnvironmentNameException if it asks for a name that is not defined there
   */
  public boolean evaluate(MarkerContext context) {
    return root.evaluate(context);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Marker that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** With double quotes where possible, single spaces and no needless outer parentheses. */
  @Override
  public String toString() {
    return text;
  }
}
