package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.ComparedBranch;
import io.github.wheelmirror.selection.ComparedProject;
import io.github.wheelmirror.selection.ConstraintLines;
import io.github.wheelmirror.selection.ExplainedTarget;
import io.github.wheelmirror.selection.Place;
import io.github.wheelmirror.selection.PlaceSource;
import io.github.wheelmirror.selection.SelectionOptions;
import io.github.wheelmirror.selection.SelectionRequest;
import io.github.wheelmirror.selection.SelectionTarget;
import io.github.wheelmirror.selection.Selector;
import io.github.wheelmirror.selection.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which file an installer takes and why, or whether it is the same inside and outside the gate. */
final class ExplainChoice {

  private static final List<NamedPlace> OUTSIDE = List.of(NamedPlace.UPSTREAM);

  /** What is asked of one project. */
  private record Question(SelectionRequest inside, SelectionRequest outside) {}

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;
  private final AskedPlaces places;
  private final ExplainRequest wanted;

  ExplainChoice(
      MirrorRequest request,
      Outside outside,
      Workspace workspace,
      Function<NamedPlace, PlaceSource> open,
      ExplainRequest wanted) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
    this.places = new AskedPlaces(request, outside, workspace, open);
    this.wanted = wanted;
  }

  /** Explains one requirement without constraints. */
  void requirement(Requirement requirement) {
    explain(requirement, ConstraintLines.NONE, ConstraintLines.NONE);
  }

  /** The same with a branch's constraints, or all that a branch or all branches have. */
  void branches(Resolution resolution) {
    List<ResolvedBranch> branches = chosen(resolution);
    for (ResolvedBranch branch : branches) {
      outside
          .log()
          .note(
              "constraints of %s at %s, as resolved from %s"
                  .formatted(branch.name(), branch.commit(), resolution.source()));
    }
    if (wanted.requirement().isPresent()) {
      ResolvedBranch branch = branches.get(0);
      explain(
          wanted.requirement().get(),
          ConstraintLines.of(branch.constraints()),
          ConstraintLines.of(branch.constraintsWithHashes()));
    } else {
      compare(resolution, branches);
    }
  }

  private List<ResolvedBranch> chosen(Resolution resolution) {
    if (wanted.branch().isEmpty()) {
      List<ResolvedBranch> usable = new ArrayList<>();
      for (ResolvedBranch branch : resolution.branches()) {
        if (branch.state() == BranchState.RESOLVED) {
          usable.add(branch);
        } else {
          outside.log().note(branch.name() + " is left out: its state is " + branch.state());
        }
      }
      return usable;
    }
    ResolvedBranch branch =
        resolution.branches().stream()
            .filter(each -> each.name().equals(wanted.branch()))
            .findFirst()
            .orElseThrow(
                () ->
                    MirrorException.input(
                        "there is no branch " + wanted.branch() + " to explain",
                        "resolution.json has "
                            + resolution.branches().stream()
                                .map(ResolvedBranch::name)
                                .collect(Collectors.joining(", ")),
                        "name one of these, or select it with <branches> and run "
                            + request.command().goal("resolve")));
    if (branch.state() != BranchState.RESOLVED) {
      throw MirrorException.input(
          "the constraints of " + branch.name() + " cannot be explained",
          String.join("\n", branch.reasons()),
          "correct them, or name another branch");
    }
    return List.of(branch);
  }

  /**
   * For each target and tool.
   *
   * @param published what the mirror's clients are given, without hashes
   * @param written what others take from Git
   */
  private void explain(
      Requirement requirement, ConstraintLines published, ConstraintLines written) {
    ProjectName project = requirement.projectName();
    List<ExplainedTarget> all = new ArrayList<>();
    for (Target target : outside.targets().get()) {
      List<NamedPlace> named = inside(target.id().slug(), true);
      places.ask(named, List.of(project));
      List<Place> asked = places.of(named, target.id().slug(), project);
      ConstraintLines constraints =
          named.stream().anyMatch(NamedPlace::isOwn) ? published : written;
      for (Tool tool : wanted.tools()) {
        SelectionRequest question =
            new SelectionRequest(requirement, asked, constraints, wanted.options());
        ExplainedTarget explained =
            new ExplainedTarget(
                target.id().toString(),
                asked.stream().map(ExplainedTarget.AskedPlace::of).toList(),
                selector(tool, target).explain(question));
        outside.log().explained(explained, wanted.everyFile());
        all.add(explained);
      }
    }
    write(workspace.explanation(), new Explained(Workspace.SCHEMA_VERSION, wanted.branch(), all));
  }

  private void compare(Resolution resolution, List<ResolvedBranch> branches) {
    List<ComparedBranch> all = new ArrayList<>();
    List<Target> targets = outside.targets().get();
    Map<String, SortedSet<ProjectName>> projects = new HashMap<>();
    branches.forEach(branch -> projects.put(branch.name(), projects(resolution, branch)));
    List<ProjectName> everything =
        projects.values().stream().flatMap(SortedSet::stream).distinct().sorted().toList();
    List<NamedPlace> inside = List.of();
    for (Target target : targets) {
      inside = inside(target.id().slug(), false);
      places.ask(inside, everything);
    }
    places.ask(OUTSIDE, everything);
    for (ResolvedBranch branch : branches) {
      ConstraintLines constraints = ConstraintLines.of(branch.constraints());
      ConstraintLines free =
          wanted.outsideConstrained()
              ? ConstraintLines.of(branch.constraintsWithHashes())
              : ConstraintLines.NONE;
      SortedSet<ProjectName> own = projects.getOrDefault(branch.name(), new TreeSet<>());
      for (Target target : targets) {
        for (Tool tool : wanted.tools()) {
          all.add(compared(branch, target, tool, own, constraints, free));
        }
      }
    }
    outside.log().compared(all);
    write(
        workspace.gateAndOutside(),
        new GateAndOutside(
            Workspace.SCHEMA_VERSION, inside, OUTSIDE, wanted.outsideConstrained(), all));
  }

  private ComparedBranch compared(
      ResolvedBranch branch,
      Target target,
      Tool tool,
      SortedSet<ProjectName> projects,
      ConstraintLines constraints,
      ConstraintLines free) {
    String slug = target.id().slug();
    List<NamedPlace> inside = inside(slug, false);
    Selector selector = selector(tool, target);
    SelectionOptions options = wanted.options();
    return ComparedBranch.of(
        branch.name(),
        target.id().toString(),
        tool,
        projects.stream()
            .map(
                project -> {
                  Requirement plain = Requirement.parse(project.value());
                  return new Question(
                      new SelectionRequest(
                          plain, places.of(inside, slug, project), constraints, options),
                      new SelectionRequest(
                          plain, places.of(OUTSIDE, slug, project), free, options));
                })
            // no two have a place in common, and a place is all that remembers something
            .toList()
            .parallelStream()
            .map(both -> ComparedProject.of(selector, both.inside(), both.outside()))
            .toList());
  }

  /** All that the branch names, whether it applies on a target or not. */
  private static SortedSet<ProjectName> projects(Resolution resolution, ResolvedBranch branch) {
    return resolution.pins().stream()
        .filter(
            pin ->
                pin.wants().stream()
                    .anyMatch(want -> want.branch().equals(branch.name()) && !want.extra()))
        .map(pin -> pin.pin().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the mirror's clients have, unless a person says otherwise. */
  private List<NamedPlace> inside(String slug, boolean orUpstream) {
    if (!wanted.places().isEmpty()) {
      return wanted.places();
    }
    NamedPlace mirror =
        places.has(NamedPlace.MIRROR, slug) || !places.has(NamedPlace.STAGED, slug)
            ? NamedPlace.MIRROR
            : NamedPlace.STAGED;
    if (orUpstream && !places.has(mirror, slug)) {
      return OUTSIDE;
    }
    // the first one is the index-url, which uv asks last
    return request.plan().upstreamWheels() == UpstreamWheels.SKIP
        ? List.of(NamedPlace.UPSTREAM, mirror)
        : List.of(mirror);
  }

  private static Selector selector(Tool tool, Target target) {
    return tool.on(new SelectionTarget(target.environment(), target.tags()));
  }

  private void write(Path usual, Object value) {
    Path file = wanted.file() == null ? usual : wanted.file();
    workspace.write(file, value);
    outside.log().note("all of it is in " + file);
  }
}
