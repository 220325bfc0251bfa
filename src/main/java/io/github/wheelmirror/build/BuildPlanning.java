package io.github.wheelmirror.build;

import static java.util.stream.Collectors.joining;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds an earlier wheel for each pin that has only an sdist, or plans its build. */
final class BuildPlanning {

  /** 1980-01-01, before which a zip member cannot be. */
  static final long EARLIEST_EPOCH = 315532800L;

  /**
   * What decides how it is built.
   *
   * @param constraints those of the branch; the override's come to them
   */
  record Terms(
      List<String> constraints,
      BuildRequirementsAsOf asOf,
      String lockGeneration,
      BuildOverride override) {
    Terms {
      constraints =
          Stream.concat(constraints.stream(), override.buildConstraints().stream())
              .distinct()
              .toList();
    }
  }

  /**
   * What upstream has of the version besides the sdist.
   *
   * @param compiled see {@link BuildWork}
   * @param reference see {@link BuildWork}
   */
  record Upstream(CompiledUpstream compiled, List<RemoteFile> reference) {
    Upstream {
      reference = List.copyOf(reference);
    }
  }

  private final WheelCoverage coverage;
  private final Map<String, KnownWheels> known;
  private final Map<String, BuildWork> works = new TreeMap<>();
  private final Set<ProjectName> undated = new TreeSet<>();

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

  /** What a person should know about the planned builds. */
  List<String> warnings() {
    return undated.isEmpty()
        ? List.of()
        : List.of(
            "the index tells no upload time of the sdists of "
                + undated.size()
                + (undated.size() == 1 ? " project" : " projects")
                + " ("
                + undated.stream().limit(3).map(ProjectName::toString).collect(joining(", "))
                + (undated.size() > 3 ? ", …" : "")
                + "): their build requirements are the newest; name a day with"
                + " <buildRequirementsAsOf>");
  }

  /**
   * Plans one sdist on one platform.
   *
   * @param targets of the slug, ascending Python
   * @return the state of each target
   */
  Map<TargetId, PlanState> plan(
      Pin pin,
      RemoteFile sdist,
      Upstream upstream,
      String slug,
      List<TargetId> targets,
      Terms terms) {
    if (CutOff.isUnknown(terms.asOf(), sdist)) {
      undated.add(pin.name());
    }
    KnownWheels wheels = known(slug);
    Map<String, String> keys = new HashMap<>();
    Map<String, String> days = new HashMap<>();
    Map<WheelFile, PlanState.Reuse> found = new HashMap<>();
    for (TargetId target : targets) {
      Target known = coverage.known(target).target();
      String day = CutOff.of(terms.asOf(), sdist, known);
      String key =
          BuildKey.of(
              sdist, known, terms.constraints(), day, terms.lockGeneration(), terms.override());
      days.put(target.toString(), day);
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
      days.keySet().retainAll(keys.keySet());
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
              terms.constraints(),
              days,
              terms.lockGeneration(),
              tag,
              sourceDateEpoch(sdist),
              upstream.compiled(),
              upstream.reference()));
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
