package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds an earlier wheel for each pin that has only an sdist, or plans its build. */
final class BuildPlanning {

  /** 1980-01-01, before which a zip member cannot be. */
  static final long EARLIEST_EPOCH = 315532800L;

  private final WheelCoverage coverage;
  private final Map<String, KnownWheels> known;
  private final Map<String, BuildWork> works = new TreeMap<>();

  /**
   * @param known by slug
   */
  BuildPlanning(WheelCoverage coverage, Map<String, KnownWheels> known) {
    this.coverage = coverage;
    this.known = Map.copyOf(known);
  }

  /** All builds planned so far, sorted by id. */
  List<BuildWork> works() {
    return List.copyOf(works.values());
  }

  /**
   * Plans one sdist on one platform.
   *
   * @param compiledUpstream see {@link BuildWork}
   * @param targets of the slug, ascending Python
   * @return the state of each target
   */
  Map<TargetId, PlanState> plan(
      Pin pin,
      RemoteFile sdist,
      boolean compiledUpstream,
      String slug,
      List<TargetId> targets,
      List<String> constraints) {
    KnownWheels wheels = known(slug);
    Map<String, String> keys = new HashMap<>();
    Map<WheelFile, PlanState.Reuse> found = new HashMap<>();
    for (TargetId target : targets) {
      String key = BuildKey.of(sdist, coverage.known(target).target(), constraints);
      keys.put(target.toString(), key);
      wheels.byKey(key).ifPresent(reuse -> found.put(reuse.file(), reuse));
    }
    Map<TargetId, PlanState> states = new HashMap<>();
    List<TargetId> left = new ArrayList<>();
    for (TargetId target : targets) {
      Optional<PlanState.Reuse> reuse =
          coverage
              .best(found.keySet(), target)
              .flatMap(file -> Optional.ofNullable(found.get(file)));
      reuse.ifPresentOrElse(state -> states.put(target, state), () -> left.add(target));
    }
    if (!left.isEmpty()) {
      keys.keySet().retainAll(left.stream().map(TargetId::toString).toList());
      String id = freeId(pin, slug, sdist);
      String tag = wheels.nextBuildTag(pin, left.stream().map(coverage::known).toList());
      works.put(
          id,
          new BuildWork(
              id,
              pin,
              sdist,
              slug,
              left,
              keys,
              constraints,
              tag,
              sourceDateEpoch(sdist),
              compiledUpstream));
      left.forEach(target -> states.put(target, new PlanState.Build(id)));
    }
    return states;
  }

  private KnownWheels known(String slug) {
    KnownWheels wheels = known.get(slug);
    if (wheels == null) {
      throw new IllegalArgumentException(slug + " is not among " + known.keySet());
    }
    return wheels;
  }

  /** Two sdists of one pin are rare: each shut out by its Requires-Python for some targets. */
  private String freeId(Pin pin, String slug, RemoteFile sdist) {
    String id = pin.name() + "-" + pin.version() + "-" + slug;
    return works.containsKey(id) ? id + "-" + sdist.filename() : id;
  }

  /** Seconds of the upload; what no clock of that time can be is {@link #EARLIEST_EPOCH}. */
  static long sourceDateEpoch(RemoteFile sdist) {
    try {
      return Math.max(EARLIEST_EPOCH, Instant.parse(sdist.uploadTime()).getEpochSecond());
    } catch (DateTimeParseException e) {
      return EARLIEST_EPOCH;
    }
  }
}
