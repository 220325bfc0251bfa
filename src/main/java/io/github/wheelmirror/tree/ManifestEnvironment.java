package io.github.wheelmirror.tree;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.Target;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an environment marker (PEP 508) can ask about a Python of the channel, as far as it tells it
 * from other Pythons and platforms; versions of kernels and patch levels are left out.
 *
 * @param python such as {@code cp312}
 * @param implementationName {@code cpython}, {@code pypy}
 * @param pythonVersion {@code 3.12}
 * @param sysPlatform {@code linux}
 * @param platformMachine {@code x86_64}; {@code ""} where Python does not know it
 */
public record ManifestEnvironment(
    String python,
    String implementationName,
    String pythonVersion,
    String sysPlatform,
    String platformMachine)
    implements Comparable<ManifestEnvironment> {

  // what stands between quotation marks in a marker
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._+-]*");
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}\\.[0-9]{1,4}");

  public ManifestEnvironment {
    Require.notBlank(python, "the Python of an environment");
    invalid(implementationName, pythonVersion, sysPlatform, platformMachine)
        .ifPresent(
            words -> {
              throw new IllegalArgumentException(words);
            });
  }

  /**
   * Of a target.
   *
   * @throws MirrorException (input) if its environment has what cannot stand in a marker
   */
  static ManifestEnvironment of(Target target) {
    var environment = target.environment();
    Optional<String> invalid =
        invalid(
            environment.implementationName(),
            environment.pythonVersion(),
            environment.sysPlatform(),
            environment.platformMachine());
    if (invalid.isPresent()) {
      throw MirrorException.input(
          "no lock file can be made for " + target.id(),
          invalid.get(),
          "correct the environment in its target file");
    }
    return new ManifestEnvironment(
        target.id().python(),
        environment.implementationName(),
        environment.pythonVersion(),
        environment.sysPlatform(),
        environment.platformMachine());
  }

  /** Of the targets of a channel, in the order of its Pythons. */
  static List<ManifestEnvironment> of(Resolution resolution, String slug) {
    return resolution.targets().stream()
        .filter(target -> target.id().slug().equals(slug))
        .map(ManifestEnvironment::of)
        .sorted()
        .toList();
  }

  private static Optional<String> invalid(
      String implementation, String version, String platform, String machine) {
    if (!VERSION.matcher(version).matches()) {
      return Optional.of("not a Python version like 3.12: '" + version + "'");
    }
    return List.of(implementation, platform, machine).stream()
        .filter(value -> !VALUE.matcher(value).matches())
        .findFirst()
        .map(value -> "not a value of a marker: '" + value + "'");
  }

  /** A marker that is true for this Python on this platform. */
  String marker() {
    return Stream.of(
            equal("implementation_name", implementationName),
            equal("python_version", pythonVersion),
            equal("sys_platform", sysPlatform),
            equal("platform_machine", platformMachine))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" and "));
  }

  /** A marker that is true for this Python and for no other of the channel that it can tell. */
  String shortMarker(boolean withImplementation) {
    String version = equal("python_version", pythonVersion);
    return withImplementation
        ? "(" + equal("implementation_name", implementationName) + " and " + version + ")"
        : version;
  }

  private static String equal(String name, String value) {
    return value.isEmpty() ? "" : name + " == '" + value + "'";
  }

  /** By Python: {@code cp39} before {@code cp310}. */
  @Override
  public int compareTo(ManifestEnvironment other) {
    return Manifest.PYTHON_ORDER.compare(python, other.python);
  }
}
