package io.github.wheelmirror.index;

import java.util.regex.Pattern;

/** The version of a page (PEP 629): any 1.x is understood, nothing else. */
final class ApiVersion {

  private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}\\.[0-9]{1,9}");

  private ApiVersion() {}

  /**
   * Passes 1.x, and a page without a version, which is 1.0.
   *
   * @throws MalformedPageException for others
   */
  static void check(String version) throws MalformedPageException {
    if (version.isEmpty()) {
      return;
    }
    if (!VERSION.matcher(version).matches()) {
      throw new MalformedPageException(
          "its version is '" + Printable.of(version) + "', not <major>.<minor>", null);
    }
    if (!version.startsWith("1.")) {
      throw new MalformedPageException(
          "it has version " + version + " of the Simple API; this plugin reads 1.x", null);
    }
  }
}
