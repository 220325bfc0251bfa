package io.github.wheelmirror.index;

import java.util.regex.Pattern;

/** The version of a page (PEP 629): any 1.x is understood, nothing else. */
final class ApiVersion {

  /** What was known when this was written (PEP 792). */
  private static final int NEWEST_MINOR = 4;

  private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}\\.[0-9]{1,9}");

  private ApiVersion() {}

  /**
   * Passes 1.x, and a page without a version, which is 1.0.
   *
   * @return whether it is newer than all that are known
   * @throws MalformedPageException for others
   */
  static boolean isNewer(String version) throws MalformedPageException {
    if (version.isEmpty()) {
      return false;
    }
    if (!VERSION.matcher(version).matches()) {
      throw new MalformedPageException(
          "its version is '" + Printable.of(version) + "', not <major>.<minor>", null);
    }
    if (!version.startsWith("1.")) {
      throw new MalformedPageException(
          "it has version " + version + " of the Simple API; this plugin reads 1.x", null);
    }
    return Integer.parseInt(version.substring(2)) > NEWEST_MINOR;
  }
}
