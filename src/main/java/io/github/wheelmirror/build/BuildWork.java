package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One sdist to build on one platform, for the targets that no earlier wheel serves.
 *
 * <p>The builder goes through {@code targets} in order; a wheel that {@linkplain WheelCoverage
 * covers} later ones serves them too.
 *
 * @param id {@code name-version-slug}
 * @param targets ascending Python; never empty
 * @param keys build key (see {@link BuildKey}) of each target, by the target's text
 * @param buildConstraints lines for the build requirements, sorted by the configuration
 * @param asOf by the target's text the last day (ISO date) on which a build requirement may have
 *     been uploaded, {@code ""} for any day
 * @param lockGeneration when the locks of build requirements were last asked to move, {@code ""}
 *     for never
 * @param buildTag for the wheel's file name
 * @param sourceDateEpoch seconds since 1970 for {@code SOURCE_DATE_EPOCH}; at least 1980-01-01
 * @param compiledUpstream how many of the wheels that upstream has of this version are compiled
 * @param reference the wheel of upstream's that what is built is compared with, at most one: of the
 *     same version for another Python or platform
 */
public record BuildWork(
    String id,
    Pin pin,
    RemoteFile sdist,
    String slug,
    List<TargetId> targets,
    Map<String, String> keys,
    List<String> buildConstraints,
    Map<String, String> asOf,
    String lockGeneration,
    String buildTag,
    long sourceDateEpoch,
    CompiledUpstream compiledUpstream,
    @JacksonInject(value = Json.NO_LIST, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<RemoteFile> reference) {
  public BuildWork {
    Check.notBlank(id, "the id of a build");
    Objects.requireNonNull(pin);
    Objects.requireNonNull(sdist);
    Objects.requireNonNull(compiledUpstream);
    Check.notBlank(slug, "the slug of a build");
    targets = List.copyOf(targets);
    keys = Collections.unmodifiableMap(new TreeMap<>(keys));
    buildConstraints = List.copyOf(buildConstraints);
    reference = List.copyOf(reference);
    asOf = Collections.unmodifiableMap(new TreeMap<>(asOf));
    Objects.requireNonNull(lockGeneration);
    Check.notBlank(buildTag, "the build tag");
    if (reference.size() > 1) {
      throw new IllegalArgumentException(id + " is to be compared with more than one wheel");
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(id + " has no target");
    }
    for (TargetId target : targets) {
      if (!target.slug().equals(slug) || !keys.containsKey(target.toString())) {
        throw new IllegalArgumentException(id + " does not know " + target);
      }
    }
    if (!asOf.keySet().equals(keys.keySet())) {
      throw new IllegalArgumentException(id + " has days of other targets: " + asOf.keySet());
    }
    if (keys.size() != targets.size()) {
      throw new IllegalArgumentException(id + " has keys of other targets: " + keys.keySet());
    }
  }

  /**
   * The build key of one of the targets.
   *
   * @throws IllegalArgumentException for another target
   */
  public String key(TargetId target) {
    String key = keys.get(target.toString());
    if (key == null) {
      throw new IllegalArgumentException(id + " does not build for " + target);
    }
    return key;
  }

  /**
   * The day as of which build requirements for one of the targets are resolved.
   *
   * @throws IllegalArgumentException for another target
   */
  public String asOf(TargetId target) {
    String day = asOf.get(target.toString());
    if (day == null) {
      throw new IllegalArgumentException(id + " does not build for " + target);
    }
    return day;
  }
}
