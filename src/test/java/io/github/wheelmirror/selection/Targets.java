package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.Interpreter;
import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Platform;
import io.github.wheelmirror.python.TagRules;
import java.util.Map;

/** Targets to choose for. */
public final class Targets {

  private Targets() {}

  /** CPython 3.11.7 on Linux with glibc 2.36, where the vectors were made. */
  public static SelectionTarget cpython311() {
    return cpython(3, 11, 7);
  }

  static SelectionTarget cpython(int major, int minor, int micro) {
    String full = major + "." + minor + "." + micro;
    MarkerEnvironment environment =
        MarkerEnvironment.of(
            Map.ofEntries(
                Map.entry("implementation_name", "cpython"),
                Map.entry("implementation_version", full),
                Map.entry("os_name", "posix"),
                Map.entry("platform_machine", "x86_64"),
                Map.entry("platform_python_implementation", "CPython"),
                Map.entry("platform_release", "6.1.0"),
                Map.entry("platform_system", "Linux"),
                Map.entry("platform_version", "#1 SMP"),
                Map.entry("python_full_version", full),
                Map.entry("python_version", major + "." + minor),
                Map.entry("sys_platform", "linux")));
    return new SelectionTarget(
        environment,
        CompatibleTags.of(
                Interpreter.cpython(major, minor),
                new Platform.Glibc(2, 36, "x86_64"),
                TagRules.PACKAGING_26_2)
            .tags());
  }
}
