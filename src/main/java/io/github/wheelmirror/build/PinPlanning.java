package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Decides what serves a pin on its targets and notes the downloads and builds for it. */
final class PinPlanning {

  /** By series; branches in development or without a series come last. */
  private static final Comparator<ResolvedBranch> OLDEST_FIRST =
      Comparator.comparing((ResolvedBranch branch) -> branch.series().isEmpty())
          .thenComparing(Comparator.reverseOrder());

  private record Source(String slug, RemoteFile sdist) {}

  private final Map<ProjectName, ProjectPage> pages;
  private final Map<ProjectName, ProjectFiles> files = new HashMap<>();
  private final PlanSettings settings;
  private final CandidateSelection selection;
  private final WheelCoverage coverage;
  private final Map<String, KnownWheels> known;
  private final BuildPlanning builds;
  private final Downloads downloads;
  private final Overrides overrides;
  private final Set<String> warnings = new TreeSet<>();

  /**
   * @param known by slug
   */
  PinPlanning(
      Map<ProjectName, ProjectPage> pages,
      PlanSettings settings,
      WheelCoverage coverage,
      Map<String, KnownWheels> known) {
    this.pages = pages;
    this.settings = settings;
    this.selection = new CandidateSelection(settings);
    this.coverage = coverage;
    this.known = Map.copyOf(known);
    this.builds = new BuildPlanning(coverage, known);
    this.downloads = new Downloads(coverage.order());
    this.overrides = new Overrides(settings.overrides());
  }

  List<DownloadWork> downloads() {
    return downloads.works();
  }

  List<BuildWork> builds() {
    return builds.works();
  }

  List<PlannedOverride> overrides() {
    return overrides.planned();
  }

  Set<String> warnings() {
    Set<String> all = new TreeSet<>(warnings);
    all.addAll(builds.warnings());
    all.addAll(overrides.warnings());
    return all;
  }

  /**
   * The state of the pin on each of the targets.
   *
   * @param branches those that want it there
   */
  Map<TargetId, PlanState> plan(
      Pin pin, SortedSet<TargetId> targets, Collection<ResolvedBranch> branches) {
    overrides.wants(pin);
    ProjectFiles projectFiles = files.computeIfAbsent(pin.name(), this::filesOf);
    ProjectFiles.Release release = projectFiles.release(pin.version());
    Map<TargetId, PlanState> states = new HashMap<>();
    Map<Source, List<TargetId>> toBuild = new HashMap<>();
    for (TargetId target : targets) {
      CandidateSelection.Choice choice =
          selection.choose(pin, projectFiles, release, coverage.known(target));
      if (choice instanceof CandidateSelection.WheelChoice wheel) {
        states.put(target, wheel(pin, wheel.file(), target));
      } else if (choice instanceof CandidateSelection.SdistChoice sdist) {
        noteYanked(pin, sdist.file());
        toBuild
            .computeIfAbsent(new Source(target.slug(), sdist.file()), key -> new ArrayList<>())
            .add(target);
      } else if (choice instanceof CandidateSelection.NoChoice none) {
        states.put(target, new PlanState.Unsatisfiable(none.reason(), none.words()));
      }
    }
    if (toBuild.isEmpty()) {
      return states;
    }
    BuildPlanning.Terms terms = terms(branches, overrides.of(pin));
    Map<TargetId, PlanState> built = new HashMap<>();
    sorted(toBuild)
        .forEach(
            (source, wanted) ->
                built.putAll(
                    builds.plan(
                        pin,
                        source.sdist(),
                        upstream(release, wanted.get(wanted.size() - 1), states),
                        source.slug(),
                        wanted,
                        terms)));
    states.putAll(built);
    return states;
  }

  /**
   * What is built is compared with a wheel of upstream's that is mirrored beside it when both are
   * here; only without such a one is upstream asked for the files of another.
   */
  private static BuildPlanning.Upstream upstream(
      ProjectFiles.Release release, TargetId target, Map<TargetId, PlanState> others) {
    boolean beside =
        others.entrySet().stream()
            .anyMatch(
                other ->
                    other.getKey().slug().equals(target.slug())
                        && other.getValue() instanceof PlanState.Mirror);
    return new BuildPlanning.Upstream(
        release.compiled(), beside ? List.of() : release.reference(target).stream().toList());
  }

  private static Map<Source, List<TargetId>> sorted(Map<Source, List<TargetId>> toBuild) {
    Map<Source, List<TargetId>> sorted =
        new TreeMap<>(
            Comparator.comparing(Source::slug)
                .thenComparing(source -> source.sdist().filename())
                .thenComparing(source -> source.sdist().url()));
    sorted.putAll(toBuild);
    return sorted;
  }

  private ProjectFiles filesOf(ProjectName name) {
    ProjectPage page = pages.get(name);
    if (page == null) {
      throw new IllegalArgumentException("the page of " + name + " was not read");
    }
    return new ProjectFiles(page);
  }

  private PlanState wheel(Pin pin, RemoteFile file, TargetId target) {
    noteYanked(pin, file);
    if (settings.upstreamWheels() == UpstreamWheels.SKIP) {
      return new PlanState.Upstream(file.filename(), file.hashes().getOrDefault("sha256", ""));
    }
    if (settings.upstreamWheels() == UpstreamWheels.REBUILD) {
      warnings.add(pin + " has no sdist to rebuild: " + file.filename() + " is mirrored");
    }
    KnownWheels channel = known.get(target.slug());
    if (channel != null) {
      Optional<WheelFile> published = channel.publishedWithOtherBytes(file);
      if (published.isPresent()) {
        warnings.add(
            "the index has other bytes for "
                + file.filename()
                + " than the last release of "
                + target.slug()
                + "; the released file is kept");
        return new PlanState.Reuse(published.orElseThrow(), PlanState.Reuse.RELEASE);
      }
    }
    downloads.add(file, pin, target);
    return new PlanState.Mirror(file.filename(), StrongHash.of(file));
  }

  private void noteYanked(Pin pin, RemoteFile file) {
    if (file.yanked()) {
      String reason = file.yankedReason().isEmpty() ? "no reason given" : file.yankedReason();
      warnings.add(pin + " is yanked upstream: " + reason);
    }
  }

  /** Those of the oldest branch: an sdist that it wants is as old as it is. */
  private BuildPlanning.Terms terms(Collection<ResolvedBranch> branches, BuildOverride override) {
    List<BuildConstraints> covering =
        branches.stream()
            .min(OLDEST_FIRST)
            .map(
                oldest ->
                    settings.buildConstraints().stream()
                        .filter(each -> each.covers(oldest.name()))
                        .toList())
            .orElse(List.of());
    return new BuildPlanning.Terms(
        covering.stream().flatMap(each -> each.lines().stream()).distinct().toList(),
        covering.stream()
            .flatMap(each -> each.ownAsOf().stream())
            .findFirst()
            .orElse(settings.asOf()),
        settings.lockGeneration(),
        override);
  }
}
