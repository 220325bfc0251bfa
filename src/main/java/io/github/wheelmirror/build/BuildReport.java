package io.github.wheelmirror.build;

import java.util.List;
import java.util.Objects;

/**
 * How everything in a plan ended: {@code build-report.json}.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param plan sha256 of the {@code plan.json}
 * @param pins sorted; each (branch, pin, target) of the plan has exactly one outcome
 * @param files every file that an outcome names, in {@link WheelFile#ORDER}
 * @param requirements the locks that own wheels among the files were built with, as far as they are
 *     known
 */
public record BuildReport(
    int schemaVersion,
    String plan,
    List<ReportedPin> pins,
    List<WheelFile> files,
    LockedRequirements requirements) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 2;

  public BuildReport {
    Check.schema(schemaVersion, SCHEMA_VERSION, "a build report");
    Check.digest(plan, "the digest of the plan");
    pins = List.copyOf(pins);
    files = List.copyOf(files);
    Objects.requireNonNull(requirements);
  }

  /** Without locks. */
  public BuildReport(
      int schemaVersion, String plan, List<ReportedPin> pins, List<WheelFile> files) {
    this(schemaVersion, plan, pins, files, LockedRequirements.NONE);
  }

  /** The same, with these locks. */
  public BuildReport with(LockedRequirements locks) {
    return new BuildReport(schemaVersion, plan, pins, files, locks);
  }
}
