package io.github.wheelmirror.build;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The wheels that some build requirements came to on a target: a build with them again has the same
 * tools.
 *
 * @param key the {@link LockRequest#key} that it answers
 * @param requirements as the source and its backend asked, sorted
 * @param constraints lines, sorted
 * @param asOf the last day of upload that was looked at, {@code ""} for any
 * @param generation as in {@link LockRequest}
 * @param pastAsOf the projects that had nothing to offer by that day and were taken without it
 * @param wheels sorted by project
 */
public record BuildLock(
    String key,
    TargetId target,
    List<String> requirements,
    List<String> constraints,
    String asOf,
    String generation,
    List<ProjectName> pastAsOf,
    List<LockedWheel> wheels) {

  public BuildLock {
    Check.digest(key, "the key of a lock");
    Objects.requireNonNull(target);
    requirements = List.copyOf(requirements);
    constraints = List.copyOf(constraints);
    Objects.requireNonNull(asOf);
    Objects.requireNonNull(generation);
    pastAsOf = pastAsOf.stream().sorted().toList();
    wheels = wheels.stream().sorted(Comparator.comparing(LockedWheel::project)).toList();
  }

  /** The sha256 of its JSON. */
  public String digest() {
    return Sha256.of(Json.line(this).getBytes(StandardCharsets.UTF_8));
  }
}
