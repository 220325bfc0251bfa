package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Pin;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What has to be done so that every pin is served: {@code plan.json}. Self-contained, without a
 * clock or a local path, so that shards and other machines can work on it.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param resolution sha256 of the {@code resolution.json} that it was made from
 * @param indexes the locations asked, without credentials, in order
 * @param lockGeneration when locks of build requirements were last asked to move, {@code ""} for
 *     never
 * @param bases one per platform slug, sorted
 * @param branches in the order of the resolution
 * @param pins sorted; each wanted (branch, pin, target) has exactly one state
 * @param downloads each distinct wheel once, sorted by file name and hash
 * @param builds each distinct build once, sorted by id
 * @param overrides sorted by pin, for builds and for own wheels that are reused
 * @param warnings what a person should know, sorted
 * @param durations of builds that were done before, sorted by build: what shards are balanced by
 */
public record BuildPlan(
    int schemaVersion,
    String resolution,
    UpstreamWheels upstreamWheels,
    List<String> indexes,
    String lockGeneration,
    List<PlannedBase> bases,
    List<PlannedBranch> branches,
    List<PlannedPin> pins,
    List<DownloadWork> downloads,
    List<BuildWork> builds,
    List<PlannedOverride> overrides,
    List<String> warnings,
    @JacksonInject(value = Json.NO_LIST, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<PlannedDuration> durations) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 2;

  public BuildPlan {
    Check.schema(schemaVersion, SCHEMA_VERSION, "a plan");
    Check.digest(resolution, "the digest of the resolution");
    Objects.requireNonNull(upstreamWheels);
    indexes = List.copyOf(indexes);
    Objects.requireNonNull(lockGeneration);
    bases = List.copyOf(bases);
    branches = List.copyOf(branches);
    pins = List.copyOf(pins);
    downloads = List.copyOf(downloads);
    builds = List.copyOf(builds);
    overrides = List.copyOf(overrides);
    warnings = List.copyOf(warnings);
    durations = Check.sorted(durations, Comparator.comparing(PlannedDuration::build));
  }

  /** The same with these durations. */
  public BuildPlan with(List<PlannedDuration> expected) {
    return new BuildPlan(
        schemaVersion,
        resolution,
        upstreamWheels,
        indexes,
        lockGeneration,
        bases,
        branches,
        pins,
        downloads,
        builds,
        overrides,
        warnings,
        expected);
  }

  /** Whether other targets of its platform keep own wheels of the pin. */
  public boolean keepsOthers(BuildWork work) {
    return pins.stream()
        .filter(each -> each.pin().equals(work.pin()))
        .flatMap(each -> each.states().stream())
        .anyMatch(
            each ->
                each.target().slug().equals(work.slug())
                    && each.state() instanceof PlanState.Reuse);
  }

  /** What the builds of a pin have that others have not. */
  public BuildOverride override(Pin pin) {
    return overrides.stream()
        .filter(each -> each.pin().equals(pin))
        .map(PlannedOverride::override)
        .findFirst()
        .orElse(BuildOverride.NONE);
  }
}
