package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.constraints.Want;
import io.github.wheelmirror.constraints.WantedPin;
import io.github.wheelmirror.python.ProjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Turns a resolution and the pages of the index into a plan: one state for each wanted (branch,
 * pin, target), each distinct download and build once. A pure function; the order of pins, wants
 * and targets does not matter.
 */
public final class Planner {

  private final Resolution resolution;
  private final Map<String, ResolvedBranch> branches = new HashMap<>();
  private final Excludes excludes;
  private final WheelCoverage coverage;
  private final PinPlanning pins;
  private final HeldBranches held;
  private final WantedStates states;

  private Planner(
      Resolution resolution,
      Map<ProjectName, ProjectPage> pages,
      PlanSettings settings,
      Map<String, BaseRelease> bases,
      BuiltWheels wheelhouse) {
    this.resolution = resolution;
    this.excludes = new Excludes(settings);
    Map<String, KnownWheels> known = new HashMap<>();
    for (String slug : slugs(resolution)) {
      known.put(slug, new KnownWheels(wheelhouse, bases.get(slug), settings));
    }
    this.coverage = new WheelCoverage(resolution.targets());
    this.pins = new PinPlanning(pages, settings, coverage, known);
    this.held = new HeldBranches(bases, resolution.targets().stream().map(Target::id).toList());
    this.states =
        new WantedStates(
            resolution.branches().stream().map(ResolvedBranch::name).toList(), coverage.order());
    resolution.branches().forEach(branch -> branches.put(branch.name(), branch));
  }

  /**
   * Plans.
   *
   * @param resolutionDigest sha256 of the resolution's file
   * @param pages one for each of {@link #projects}; a project that the index does not know has a
   *     page that does not exist
   * @param bases the channels' last releases, by slug; a channel without one is not there
   * @param indexes the locations asked, without credentials
   * @throws IllegalArgumentException if a page or a target is missing
   */
  public static BuildPlan plan(
      Resolution resolution,
      String resolutionDigest,
      Map<ProjectName, ProjectPage> pages,
      PlanSettings settings,
      Map<String, BaseRelease> bases,
      BuiltWheels wheelhouse,
      List<String> indexes) {
    var planner = new Planner(resolution, pages, settings, bases, wheelhouse);
    wantedPins(resolution).forEach(planner::planPin);
    planner.carryHeldBranches();
    Set<String> warnings = new TreeSet<>(planner.pins.warnings());
    warnings.addAll(planner.excludes.warnings());
    return new BuildPlan(
        BuildPlan.SCHEMA_VERSION,
        resolutionDigest,
        settings.upstreamWheels(),
        indexes,
        settings.lockGeneration(),
        plannedBases(resolution, bases),
        resolution.branches().stream().map(planner.held::planned).toList(),
        planner.states.pins(),
        planner.pins.downloads(),
        planner.pins.builds(),
        planner.pins.overrides(),
        List.copyOf(warnings),
        List.of());
  }

  /**
   * The projects whose pages {@link #plan} looks at, sorted: those that an active constraint names
   * which is neither excluded nor of a held branch.
   */
  public static List<ProjectName> projects(Resolution resolution, PlanSettings settings) {
    var excludes = new Excludes(settings);
    Set<String> heldBranches = heldBranches(resolution);
    Set<ProjectName> projects = new TreeSet<>();
    for (WantedPin wanted : resolution.pins()) {
      List<Exclude> naming = excludes.naming(wanted.pin());
      boolean needed =
          wanted.wants().stream()
              .filter(want -> want.active() && !heldBranches.contains(want.branch()))
              .anyMatch(want -> excludes.state(naming, want.branch(), want.target()).isEmpty());
      if (needed) {
        projects.add(wanted.pin().name());
      }
    }
    return List.copyOf(projects);
  }

  private static Set<String> heldBranches(Resolution resolution) {
    Set<String> names = new TreeSet<>();
    for (ResolvedBranch branch : resolution.branches()) {
      if (HeldBranches.isHeld(branch)) {
        names.add(branch.name());
      }
    }
    return names;
  }

  /** Without what held branches want: their pins come from the base. */
  private static Map<Pin, List<Want>> wantedPins(Resolution resolution) {
    Set<String> heldBranches = heldBranches(resolution);
    Map<Pin, List<Want>> wants = new TreeMap<>();
    for (WantedPin wanted : resolution.pins()) {
      for (Want want : wanted.wants()) {
        if (!heldBranches.contains(want.branch())) {
          wants.computeIfAbsent(wanted.pin(), pin -> new ArrayList<>()).add(want);
        }
      }
    }
    return wants;
  }

  private static Set<String> slugs(Resolution resolution) {
    Set<String> slugs = new TreeSet<>();
    resolution.targets().forEach(target -> slugs.add(target.id().slug()));
    return slugs;
  }

  private static List<PlannedBase> plannedBases(
      Resolution resolution, Map<String, BaseRelease> bases) {
    List<PlannedBase> planned = new ArrayList<>();
    for (String slug : slugs(resolution)) {
      BaseRelease base = bases.get(slug);
      planned.add(
          base == null
              ? new PlannedBase(slug, "", -1)
              : new PlannedBase(slug, base.snapshot(), base.serial()));
    }
    return planned;
  }

  private void planPin(Pin pin, Collection<Want> wants) {
    List<Exclude> naming = excludes.naming(pin);
    List<Want> served = new ArrayList<>();
    for (Want want : Wants.merged(wants)) {
      if (want.active()) {
        Optional<PlanState> excluded = excludes.state(naming, want.branch(), want.target());
        excluded.ifPresentOrElse(state -> add(pin, want, state), () -> served.add(want));
      } else {
        add(pin, want, new PlanState.NotApplicable(want.marker()));
      }
    }
    if (!served.isEmpty()) {
      planServed(pin, served);
    }
  }

  private void planServed(Pin pin, List<Want> wants) {
    SortedSet<TargetId> targets = new TreeSet<>(coverage.order());
    Map<String, ResolvedBranch> wanting = new TreeMap<>();
    for (Want want : wants) {
      targets.add(want.target());
      wanting.put(want.branch(), branch(want.branch()));
    }
    Map<TargetId, PlanState> planned = pins.plan(pin, targets, wanting.values());
    for (Want want : wants) {
      PlanState state = planned.get(want.target());
      if (state == null) {
        throw new IllegalStateException(pin + " has no state on " + want.target());
      }
      add(pin, want, state);
    }
  }

  private void add(Pin pin, Want want, PlanState state) {
    states.add(pin, want.target(), want.branch(), state);
  }

  private ResolvedBranch branch(String name) {
    ResolvedBranch branch = branches.get(name);
    if (branch == null) {
      throw new IllegalArgumentException(name + " is not among " + branches.keySet());
    }
    return branch;
  }

  private void carryHeldBranches() {
    for (ResolvedBranch branch : resolution.branches()) {
      if (HeldBranches.isHeld(branch)) {
        for (HeldBranches.Carried each : held.carried(branch)) {
          states.add(each.pin(), each.target(), each.branch(), each.state());
        }
      }
    }
  }
}
