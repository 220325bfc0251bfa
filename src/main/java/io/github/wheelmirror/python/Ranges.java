package io.github.wheelmirror.python;

/** Limits on what describes a platform, so that no description makes an endless list of tags. */
final class Ranges {

  private static final int MAX_MAJOR = 99;
  private static final int MAX_MINOR = 999;

  private Ranges() {}

  static void check(String what, int major, int minor) {
    if (major < 0 || major > MAX_MAJOR || minor < 0 || minor > MAX_MINOR) {
      throw new IllegalArgumentException("no " + what + " " + major + "." + minor);
    }
  }

  static void check(String tagPart) {
    if (tagPart.isEmpty() || !tagPart.codePoints().allMatch(PythonUnicode::isWord)) {
      throw new IllegalArgumentException("'" + tagPart + "' cannot be in a tag");
    }
  }

  /** As packaging writes {@code sysconfig.get_platform()} in a tag. */
  static String normalize(String platform) {
    return platform.replace('.', '_').replace('-', '_').replace(' ', '_');
  }
}
