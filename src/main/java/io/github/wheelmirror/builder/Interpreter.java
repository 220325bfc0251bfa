package io.github.wheelmirror.builder;

import java.nio.file.Path;
import java.util.List;

/** A Python of this host that answered. */
public record Interpreter(InterpreterFacts facts) {

  /** The program to start; never a shim or a virtual environment's. */
  public Path executable() {
    return facts.executable();
  }

  /** Such as {@code cp311}, or {@code cp313t} for a free-threaded one (PEP 425, PEP 703). */
  public String pythonTag() {
    return "cp"
        + facts.version().get(0)
        + facts.version().get(1)
        + (facts.abi().freeThreaded() ? "t" : "");
  }

  /** Whether its major and minor version are these or later ones. */
  boolean isAtLeast(List<Integer> majorMinor) {
    int major = facts.version().get(0) - majorMinor.get(0);
    return major > 0 || (major == 0 && facts.version().get(1) >= majorMinor.get(1));
  }

  /** Such as {@code CPython 3.11.7 (/usr/bin/python3.11)}. */
  /** Such as {@code CPython 3.11.2}. */
  public String name() {
    return facts.markers().get("platform_python_implementation")
        + " "
        + facts.fullVersion()
        + (facts.abi().freeThreaded() ? " free-threaded" : "");
  }

  @Override
  public String toString() {
    return name() + " (" + executable() + ")";
  }
}
