package io.github.wheelmirror.python;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What environment markers ask about one Python interpreter (PEP 508, "Environment Markers").
 *
 * @param implementationName {@code cpython}, {@code pypy}
 * @param implementationVersion of the implementation, not of the language: {@code 7.3.13} for PyPy
 * @param osName {@code posix}, {@code nt}
 * @param platformMachine {@code x86_64}; empty where Python does not know it
 * @param platformPythonImplementation {@code CPython}, {@code PyPy}
 * @param platformRelease the kernel's release: {@code 6.1.0-18-amd64}
 * @param platformSystem {@code Linux}
 * @param platformVersion the kernel's build, free text
 * @param pythonFullVersion {@code 3.11.7}; {@code 3.15.0a1+} for a development build
 * @param pythonVersion major and minor only: {@code 3.11}
 * @param sysPlatform {@code linux}
 */
public record MarkerEnvironment(
    String implementationName,
    String implementationVersion,
    String osName,
    String platformMachine,
    String platformPythonImplementation,
    String platformRelease,
    String platformSystem,
    String platformVersion,
    String pythonFullVersion,
    String pythonVersion,
    String sysPlatform) {

  private static final MarkerEnvironment EMPTY =
      new MarkerEnvironment("", "", "", "", "", "", "", "", "", "", "");

  /**
   * From the names that markers use; other names are ignored.
   *
   * @throws IllegalArgumentException naming every marker name that is missing
   */
  @JsonCreator
  public static MarkerEnvironment of(Map<String, String> values) {
    var missing = new TreeSet<>(EMPTY.asMap().keySet());
    missing.removeAll(values.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("the marker environment lacks " + missing);
    }
    return new MarkerEnvironment(
        value(values, "implementation_name"),
        value(values, "implementation_version"),
        value(values, "os_name"),
        value(values, "platform_machine"),
        value(values, "platform_python_implementation"),
        value(values, "platform_release"),
        value(values, "platform_system"),
        value(values, "platform_version"),
        value(values, "python_full_version"),
        value(values, "python_version"),
        value(values, "sys_platform"));
  }

  /** By the names that markers use, sorted; not modifiable. */
  @JsonValue
  public SortedMap<String, String> asMap() {
    var map = new TreeMap<String, String>();
    map.put("implementation_name", implementationName);
    map.put("implementation_version", implementationVersion);
    map.put("os_name", osName);
    map.put("platform_machine", platformMachine);
    map.put("platform_python_implementation", platformPythonImplementation);
    map.put("platform_release", platformRelease);
    map.put("platform_system", platformSystem);
    map.put("platform_version", platformVersion);
    map.put("python_full_version", pythonFullVersion);
    map.put("python_version", pythonVersion);
    map.put("sys_platform", sysPlatform);
    return Collections.unmodifiableSortedMap(map);
  }

  private static String value(Map<String, String> values, String name) {
    return values.getOrDefault(name, "");
  }
}
