package io.github.wheelmirror.build;

import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.InvalidCoreMetadataException;
import io.github.wheelmirror.python.InvalidRequirementException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.UndefinedComparisonException;
import io.github.wheelmirror.python.UndefinedEnvironmentNameException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One search, project by project in the order in which they come up, with a way back from each
 * choice. What metadata can say is hostile: steps, projects and requirements are limited.
 */
final class LockSearch {

  private static final int MOST_STEPS = 1000;
  private static final int MOST_PROJECTS = 200;
  private static final int MOST_REQUIREMENTS = 20_000;

  /**
   * A version that was chosen.
   *
   * @param pastAsOf whether it was uploaded after the day
   */
  record Chosen(LockCandidates.Candidate candidate, boolean pastAsOf) {}

  /** Where a wheel's metadata comes from. */
  interface Metadata {
    CoreMetadata of(RemoteFile file);
  }

  /** What is asked and chosen so far; copied at each choice. */
  private static final class State {
    private final Map<ProjectName, Demand> demands = new LinkedHashMap<>();
    private final Map<ProjectName, Chosen> chosen = new LinkedHashMap<>();

    State copy() {
      State copy = new State();
      copy.demands.putAll(demands);
      copy.chosen.putAll(chosen);
      return copy;
    }

    Optional<ProjectName> open() {
      return demands.keySet().stream().filter(each -> !chosen.containsKey(each)).findFirst();
    }
  }

  /**
   * How a search from some state ended.
   *
   * @param culprits the chosen projects one of which has to be chosen in another way
   */
  private record Result(@Nullable State solved, Set<ProjectName> culprits) {}

  /** Extras of a chosen project whose requirements are not yet looked at. */
  private record Look(ProjectName project, Set<String> extras) {}

  private final LockCandidates candidates;
  private final Metadata metadata;
  private final PlanTarget target;
  private final Map<ProjectName, Demand> constraints;
  private int steps;
  private int requirements;
  private int deepest = -1;
  private @Nullable NotLockedException obstacle;

  LockSearch(
      LockCandidates candidates,
      Metadata metadata,
      PlanTarget target,
      Map<ProjectName, Demand> constraints) {
    this.candidates = candidates;
    this.metadata = metadata;
    this.target = target;
    this.constraints = constraints;
  }

  Map<ProjectName, Chosen> search(List<Demand.Asked> roots) throws NotLockedException {
    State state = new State();
    for (Demand.Asked root : roots) {
      requireNoUrl(root);
      if (holds(root.requirement(), Set.of())) {
        demand(state, root);
      }
    }
    Result result = solve(state);
    if (result.solved() == null) {
      throw obstacle == null
          ? new NotLockedException(LockResult.Reason.CONFLICT, "no versions go together")
          : obstacle;
    }
    return result.solved().chosen;
  }

  /** Tries all versions of the next project, unless what fails later is none of its business. */
  private Result solve(State state) throws NotLockedException {
    Optional<ProjectName> open = state.open();
    if (open.isEmpty()) {
      return new Result(state, Set.of());
    }
    if (state.demands.size() > MOST_PROJECTS) {
      throw tooMany("more than " + MOST_PROJECTS + " projects are required");
    }
    ProjectName project = open.get();
    Demand demand = demanded(state, project);
    LockCandidates.Offer offer = candidates.offer(project, demand);
    if (offer.candidates().isEmpty()) {
      note(state, offer.reason(), shortage(project, demand, offer.reason()));
    }
    Set<ProjectName> culprits = new TreeSet<>(demand.askers());
    for (LockCandidates.Candidate candidate : offer.candidates()) {
      if (++steps > MOST_STEPS) {
        throw tooMany("no versions that go together were found in " + MOST_STEPS + " steps");
      }
      State next = state.copy();
      next.chosen.put(project, new Chosen(candidate, offer.pastAsOf()));
      Set<ProjectName> against = new TreeSet<>();
      if (follow(next, project, demand.extras(), against)) {
        Result result = solve(next);
        if (result.solved() != null || !result.culprits().contains(project)) {
          return result;
        }
        against.addAll(result.culprits());
      }
      culprits.addAll(against);
    }
    culprits.remove(project);
    return new Result(null, culprits);
  }

  private static String shortage(ProjectName project, Demand demand, LockResult.Reason reason) {
    return switch (reason) {
      case UNKNOWN_PROJECT -> "the index has no file of " + project + " for " + demand.words();
      case NEEDS_SDIST -> "there is no wheel of " + project + " here for " + demand.words();
      case NO_STRONG_HASH -> "the index gives no sha256 or better for " + project;
      default -> "no version of " + project + " satisfies " + demand.words();
    };
  }

  /**
   * Adds what a chosen project requires; false if that cannot be.
   *
   * @param against gets the chosen projects that it does not go with
   */
  private boolean follow(
      State state, ProjectName first, SortedSet<String> firstExtras, Set<ProjectName> against)
      throws NotLockedException {
    Deque<Look> looks = new ArrayDeque<>(List.of(new Look(first, firstExtras)));
    for (Look look = looks.poll(); look != null; look = looks.poll()) {
      Chosen chosen = state.chosen.get(look.project());
      if (chosen == null) {
        throw new IllegalStateException(look.project() + " is not chosen");
      }
      LockCandidates.Candidate candidate = chosen.candidate();
      try {
        CoreMetadata said = metadata.of(candidate.file());
        if (!describes(said, candidate)) {
          note(
              state,
              LockResult.Reason.BAD_METADATA,
              candidate.file().filename() + " says that it is " + said);
          return false;
        }
        for (Requirement each : required(said, look.extras())) {
          Demand.Asked asked =
              new Demand.Asked(
                  each,
                  candidate.project() + " " + candidate.version(),
                  Set.of(candidate.project()));
          if (!add(state, asked, looks)) {
            against.add(candidate.project());
            against.add(each.projectName());
            against.addAll(demanded(state, each.projectName()).askers());
            return false;
          }
        }
      } catch (InvalidCoreMetadataException
          | InvalidRequirementException
          | UndefinedComparisonException
          | UndefinedEnvironmentNameException e) {
        note(
            state,
            LockResult.Reason.BAD_METADATA,
            candidate.file().filename() + ": " + e.getMessage());
        return false;
      }
    }
    return true;
  }

  private boolean add(State state, Demand.Asked asked, Deque<Look> looks) {
    ProjectName project = asked.requirement().projectName();
    if (asked.requirement().url().isPresent()) {
      note(state, LockResult.Reason.URL_REQUIREMENT, asked + " names a URL");
      return false;
    }
    Demand before = state.demands.getOrDefault(project, Demand.NOTHING);
    demand(state, asked);
    Chosen chosen = state.chosen.get(project);
    if (chosen == null) {
      return true;
    }
    Demand now = demanded(state, project);
    if (!now.accepts(chosen.candidate().version())) {
      note(state, LockResult.Reason.CONFLICT, shortage(project, now, LockResult.Reason.CONFLICT));
      return false;
    }
    Set<String> more = new TreeSet<>(now.extras());
    more.removeAll(before.extras());
    if (!more.isEmpty()) {
      looks.add(new Look(project, more));
    }
    return true;
  }

  private boolean describes(CoreMetadata said, LockCandidates.Candidate candidate) {
    return said.name().equals(candidate.project())
        && said.version().equals(candidate.version())
        && target.admits(said.requiresPython().orElse(""));
  }

  /** The requirements of a wheel with these extras whose markers hold. */
  private List<Requirement> required(CoreMetadata said, Set<String> extras)
      throws NotLockedException {
    requirements += said.requiresDist().size();
    if (requirements > MOST_REQUIREMENTS) {
      throw tooMany("more than " + MOST_REQUIREMENTS + " requirements had to be looked at");
    }
    return said.requiresDist().stream()
        .map(Requirement::parse)
        .filter(each -> holds(each, extras))
        .toList();
  }

  private boolean holds(Requirement requirement, Set<String> extras) {
    var environment = target.target().environment();
    return requirement
        .marker()
        .map(
            marker ->
                marker.evaluate(environment)
                    || extras.stream().anyMatch(extra -> marker.evaluate(environment, extra)))
        .orElse(true);
  }

  private void demand(State state, Demand.Asked asked) {
    ProjectName project = asked.requirement().projectName();
    Set<String> extras =
        asked.requirement().extras().stream()
            .map(ProjectName::normalize)
            .collect(Collectors.toSet());
    Demand before = state.demands.get(project);
    if (before == null) {
      before = constraints.getOrDefault(project, Demand.NOTHING);
    }
    state.demands.put(project, before.and(asked, extras));
  }

  private static Demand demanded(State state, ProjectName project) {
    return state.demands.getOrDefault(project, Demand.NOTHING);
  }

  private static void requireNoUrl(Demand.Asked asked) throws NotLockedException {
    if (asked.requirement().url().isPresent()) {
      throw new NotLockedException(LockResult.Reason.URL_REQUIREMENT, asked + " names a URL");
    }
  }

  /** The obstacle that was met when most was settled says most. */
  private void note(State state, LockResult.Reason reason, String words) {
    if (state.chosen.size() > deepest) {
      deepest = state.chosen.size();
      obstacle = new NotLockedException(reason, words);
    }
  }

  private static NotLockedException tooMany(String words) {
    return new NotLockedException(LockResult.Reason.TOO_MANY_STEPS, words);
  }
}
