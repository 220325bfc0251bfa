package io.github.wheelmirror.builder;

import io.github.wheelmirror.python.InvalidTextException;
import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.PreReleases;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.UndefinedComparisonException;
import io.github.wheelmirror.python.UndefinedEnvironmentNameException;
import io.github.wheelmirror.python.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a build environment has, for asking whether it needs anything more. */
final class InstalledProjects {

  private final Map<ProjectName, String> versions = new HashMap<>();
  private final MarkerEnvironment markers;

  /**
   * @param freeze {@code name==version} of each
   */
  InstalledProjects(List<String> freeze, MarkerEnvironment markers) {
    this.markers = markers;
    for (String one : freeze) {
      int equals = one.indexOf("==");
      if (equals > 0) {
        versions.put(ProjectName.parse(one.substring(0, equals)), one.substring(equals + 2));
      }
    }
  }

  /**
   * Whether the requirement needs no installation: it is not for this Python, or is met. What has
   * extras or a URL is never known to be met.
   */
  boolean meet(String requirement) {
    try {
      Requirement wanted = Requirement.parse(requirement);
      if (wanted.marker().isPresent() && !wanted.marker().get().evaluate(markers)) {
        return true;
      }
      String version = versions.get(wanted.projectName());
      return version != null
          && wanted.extras().isEmpty()
          && wanted.url().isEmpty()
          && wanted.specifiers().contains(Version.parse(version), PreReleases.ALLOW);
    } catch (InvalidTextException
        | UndefinedComparisonException
        | UndefinedEnvironmentNameException e) {
      // asked of an installer, which tells what is wrong with it
      return false;
    }
  }
}
