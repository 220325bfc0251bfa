package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.InvalidSpecifierException;
import io.github.wheelmirror.python.SpecifierSet;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.python.WheelFilename;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** A target with its tags and Requires-Python answers at hand; safe for threads. */
final class PlanTarget {

  private final Target target;
  private final int position;
  private final CompatibleTags tags;
  private final Version python;
  private final String minorVersion;
  private final Map<String, Boolean> admitted = new ConcurrentHashMap<>();

  /**
   * @param position among all targets in their natural order
   */
  PlanTarget(Target target, int position) {
    this.target = target;
    this.position = position;
    this.tags = CompatibleTags.of(target.tags());
    // pip compares sys.version_info[:3], so 3.13.0rc1 counts as 3.13.0
    this.python = Version.parse(target.fullVersion()).baseVersion();
    this.minorVersion =
        python.release().get(0)
            + "."
            + (python.release().size() > 1 ? python.release().get(1).toString() : "0");
  }

  Target target() {
    return target;
  }

  int position() {
    return position;
  }

  /** Full version without a pre-release part, {@code 3.12.1}. */
  Version python() {
    return python;
  }

  /** Whether an old sdist name with this {@code -pyX.Y} suffix is for this Python. */
  boolean isPython(String minor) {
    return minorVersion.equals(minor);
  }

  /** Smaller is better; empty if the wheel cannot be installed. */
  OptionalInt priority(WheelFilename wheel) {
    return tags.priority(wheel.tags());
  }

  /** What pip makes of a Requires-Python: one that it cannot read admits everything. */
  boolean admits(String requiresPython) {
    return requiresPython.isEmpty() || admitted.computeIfAbsent(requiresPython, this::evaluate);
  }

  private boolean evaluate(String requiresPython) {
    try {
      return SpecifierSet.parse(requiresPython).contains(python);
    } catch (InvalidSpecifierException e) {
      return true;
    }
  }
}
