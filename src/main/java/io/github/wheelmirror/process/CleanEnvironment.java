package io.github.wheelmirror.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the whole environment of a child from nothing: a home, UTF-8, UTC and the programs' path,
 * and only what else is named. Nothing of the user's environment gets in, so no credentials do.
 */
public final class CleanEnvironment {

  private final Map<String, String> variables = new TreeMap<>();

  private CleanEnvironment(Path home, SearchPath path) {
    variables.put("HOME", home.toString());
    variables.put("PATH", path.toString());
    variables.put("LANG", "C.UTF-8");
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("TZ", "UTC");
  }

  /** With that home folder and the system's own programs. */
  public static CleanEnvironment at(Path home) {
    return new CleanEnvironment(home, SearchPath.SYSTEM);
  }

  /** With those programs instead of the system's own. */
  public CleanEnvironment path(SearchPath path) {
    return with("PATH", path.toString());
  }

  /** With that folder for temporary files. */
  public CleanEnvironment temporary(Path directory) {
    return with("TMPDIR", directory.toString());
  }

  /** With one more variable, which replaces an earlier one of the same name. */
  public CleanEnvironment with(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** With several more variables. */
  public CleanEnvironment with(Map<String, String> more) {
    variables.putAll(more);
    return this;
  }

  /** The variables, a copy. */
  public Map<String, String> variables() {
    return Map.copyOf(variables);
  }
}
