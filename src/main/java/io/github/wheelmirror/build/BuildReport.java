package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How everything in a plan ended: {@code build-report.json}.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param plan sha256 of the {@code plan.json}
 * @param pins sorted; each (branch, pin, target) of the plan has exactly one outcome
 * @param files every file that an outcome names, in {@link WheelFile#ORDER}
 * @param overrides what own wheels among them were built with, or would have been, sorted by pin
 * @param rebuilt the sample that was built twice, in {@link Rebuilt#ORDER}
 * @param requirements the locks that own wheels among the files were built with, as far as they are
 *     known
 */
public record BuildReport(
    int schemaVersion,
    String plan,
    List<ReportedPin> pins,
    List<WheelFile> files,
    List<AppliedOverride> overrides,
    List<Rebuilt> rebuilt,
    LockedRequirements requirements) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 2;

  public BuildReport {
    Check.schema(schemaVersion, SCHEMA_VERSION, "a build report");
    Check.digest(plan, "the digest of the plan");
    pins = List.copyOf(pins);
    files = List.copyOf(files);
    overrides = List.copyOf(overrides);
    rebuilt = Check.sorted(rebuilt, Rebuilt.ORDER);
    Objects.requireNonNull(requirements);
  }

  /** Without overrides and locks, and nothing built twice. */
  public BuildReport(
      int schemaVersion, String plan, List<ReportedPin> pins, List<WheelFile> files) {
    this(schemaVersion, plan, pins, files, List.of(), List.of(), LockedRequirements.NONE);
  }

  /** The same with this sample. */
  public BuildReport withRebuilt(List<Rebuilt> sample) {
    return new BuildReport(schemaVersion, plan, pins, files, overrides, sample, requirements);
  }

  /** The same, with these locks. */
  public BuildReport with(LockedRequirements locks) {
    return new BuildReport(schemaVersion, plan, pins, files, overrides, rebuilt, locks);
  }

  /** A pin on a target. */
  public record PinTarget(Pin pin, TargetId target) {}

  /** What failed. */
  public Set<PinTarget> failed() {
    Set<PinTarget> failed = new HashSet<>();
    for (ReportedPin pin : pins) {
      for (ReportedState state : pin.states()) {
        if (state.outcome() instanceof Outcome.Failed) {
          failed.add(new PinTarget(pin.pin(), state.target()));
        }
      }
    }
    return failed;
  }
}
