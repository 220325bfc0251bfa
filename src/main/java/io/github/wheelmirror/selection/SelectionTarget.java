package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.Version;
import java.util.List;
import java.util.Objects;

/**
 * The interpreter that a tool installs for.
 *
 * @param environment what markers ask about; {@code python_full_version} is a version
 * @param tags the wheel tags that it accepts, best first; where {@code linux_*} stands among the
 *     platforms does not matter, for that is each tool's own rule
 */
public record SelectionTarget(MarkerEnvironment environment, List<Tag> tags) {

  /** Checks. */
  public SelectionTarget {
    Objects.requireNonNull(environment);
    tags = List.copyOf(tags);
    Version.parse(withoutPlus(environment.pythonFullVersion()));
  }

  /** A development build's version ends in a plus sign, which is no PEP 440 version. */
  private static String withoutPlus(String version) {
    return version.endsWith("+") ? version.substring(0, version.length() - 1) : version;
  }

  /**
   * What Requires-Python is compared with: {@code 3.13.0rc1} counts as {@code 3.13.0}, in pip
   * ({@code sys.version_info[:3]}) and uv alike.
   */
  Version python() {
    return Version.parse(withoutPlus(environment.pythonFullVersion())).baseVersion();
  }
}
