package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.InvalidRequirementException;
import io.github.wheelmirror.python.PreReleases;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether the pins of a branch satisfy each other: each {@code Requires-Dist} of each wheel, with
 * the extras that are asked for (core metadata specification; dependency specifiers). An installer
 * tells the first thing that is missing; this tells all. Safe for threads.
 */
public final class DependencyCheck {

  private final Function<ManifestFile, Optional<byte[]>> metadata;
  private final Map<String, List<Requirement>> known = new ConcurrentHashMap<>();

  /**
   * @param metadata the {@code METADATA} of a wheel; what cannot be had is taken to require nothing
   */
  public DependencyCheck(Function<ManifestFile, Optional<byte[]>> metadata) {
    this.metadata = metadata;
  }

  /** What is wrong with a requirement. */
  public enum Kind {
    /** Nothing of the branch provides it. */
    MISSING,
    /** The branch pins a version that it excludes. */
    CONFLICT,
    /** It names a URL, which no index serves. */
    URL
  }

  /**
   * A requirement that the branch does not satisfy.
   *
   * @param requirement as the wheel's metadata has it
   * @param by the project whose wheel has it
   */
  public record Open(Kind kind, ProjectName project, String requirement, ProjectName by) {}

  /**
   * What was found.
   *
   * @param closed the projects that can be installed with everything that they require
   * @param open why the others cannot
   */
  public record Result(Set<ProjectName> closed, List<Open> open) {
    public Result {
      closed = Set.copyOf(closed);
      open = List.copyOf(open);
    }
  }

  /** A project, alone or with one extra. */
  private record Node(ProjectName project, String extra) {}

  /**
   * Checks one branch on one target.
   *
   * @param versions all that is pinned and can be had, of the channel or elsewhere
   * @param files those of the channel, of the same projects
   * @param upstreamToo whether what nobody pins comes from elsewhere
   */
  public Result check(
      Target target,
      Map<ProjectName, Version> versions,
      Map<ProjectName, ManifestFile> files,
      boolean upstreamToo) {
    Map<Node, Set<Node>> neededBy = new HashMap<>();
    Map<Node, List<Open>> open = new LinkedHashMap<>();
    Deque<Node> todo = new ArrayDeque<>();
    Set<Node> seen = new HashSet<>();
    for (ProjectName project : new TreeSet<>(versions.keySet())) {
      visit(new Node(project, ""), seen, todo);
    }
    for (Node node = todo.poll(); node != null; node = todo.poll()) {
      for (Requirement requirement : requirements(files.get(node.project()))) {
        if (applies(requirement, target, node)) {
          Optional<Open> wrong = wrong(requirement, node.project(), versions);
          if (upstreamToo && wrong.filter(each -> each.kind() == Kind.MISSING).isPresent()) {
            continue;
          }
          if (wrong.isPresent()) {
            open.computeIfAbsent(node, n -> new ArrayList<>()).add(wrong.get());
          } else {
            for (Node needed : needed(requirement)) {
              neededBy.computeIfAbsent(needed, n -> new HashSet<>()).add(node);
              visit(needed, seen, todo);
            }
          }
        }
      }
    }
    Set<Node> unusable = reach(open.keySet(), neededBy);
    Set<ProjectName> closed = new HashSet<>();
    for (ProjectName project : versions.keySet()) {
      if (!unusable.contains(new Node(project, ""))) {
        closed.add(project);
      }
    }
    return new Result(closed, open.values().stream().flatMap(List::stream).distinct().toList());
  }

  private static void visit(Node node, Set<Node> seen, Deque<Node> todo) {
    if (seen.add(node)) {
      todo.add(node);
    }
  }

  /** An extra's requirements are those that do not apply without it; the rest has its own node. */
  private static boolean applies(Requirement requirement, Target target, Node node) {
    return requirement
        .marker()
        .map(
            marker ->
                marker.evaluate(target.environment(), node.extra())
                    && (node.extra().isEmpty() || !marker.evaluate(target.environment(), "")))
        .orElse(node.extra().isEmpty());
  }

  private static List<Node> needed(Requirement requirement) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(requirement.projectName(), ""));
    requirement.extras().forEach(extra -> nodes.add(new Node(requirement.projectName(), extra)));
    return nodes;
  }

  private static Optional<Open> wrong(
      Requirement requirement, ProjectName by, Map<ProjectName, Version> versions) {
    ProjectName project = requirement.projectName();
    Version version = versions.get(project);
    Kind kind;
    if (requirement.url().isPresent()) {
      kind = Kind.URL;
    } else if (version == null) {
      kind = Kind.MISSING;
    } else if (!requirement.specifiers().contains(version, PreReleases.ALLOW)) {
      kind = Kind.CONFLICT;
    } else {
      return Optional.empty();
    }
    return Optional.of(new Open(kind, project, requirement.toString(), by));
  }

  private static Set<Node> reach(Set<Node> from, Map<Node, Set<Node>> edges) {
    Set<Node> reached = new HashSet<>(from);
    Deque<Node> todo = new ArrayDeque<>(from);
    for (Node node = todo.poll(); node != null; node = todo.poll()) {
      for (Node next : edges.getOrDefault(node, Set.of())) {
        visit(next, reached, todo);
      }
    }
    return reached;
  }

  private List<Requirement> requirements(@Nullable ManifestFile file) {
    return file == null
        ? List.of()
        : known.computeIfAbsent(
            file.sha256(),
            sha256 -> metadata.apply(file).map(DependencyCheck::parsed).orElse(List.of()));
  }

  private static List<Requirement> parsed(byte[] bytes) {
    List<Requirement> requirements = new ArrayList<>();
    for (String text : CoreMetadata.parse(bytes).requiresDist()) {
      try {
        requirements.add(Requirement.parse(text));
      } catch (InvalidRequirementException unreadable) {
        // clients cannot read it either; the inspection of the wheel tells it
        continue;
      }
    }
    return requirements;
  }

  /** The same things of all branches and Pythons of a channel together, for people. */
  public static final class Findings {

    private final Map<String, Group> groups = new TreeMap<>();

    private static final class Group {
      private final Open first;
      private final Set<String> by = new TreeSet<>();
      private final Map<String, Set<String>> where = new TreeMap<>();

      Group(Open first) {
        this.first = first;
      }
    }

    /**
     * Adds what was found.
     *
     * @param pins the pins by project, for their versions
     */
    public void add(String branch, String python, Result result, Map<ProjectName, Version> pins) {
      for (Open open : result.open()) {
        String key = open.kind() + " " + open.project() + (sharesCause(open) ? "" : open);
        Group group = groups.computeIfAbsent(key, k -> new Group(open));
        group.by.add(open.by() + "===" + pins.get(open.by()));
        group.where.computeIfAbsent(branch, b -> new TreeSet<>(Manifest.PYTHON_ORDER)).add(python);
      }
    }

    /** However many wheels require it, it is missing once. */
    private static boolean sharesCause(Open open) {
      return open.kind() == Kind.MISSING;
    }

    /** One warning a cause. */
    public List<Problem> problems() {
      List<Problem> problems = new ArrayList<>();
      groups.values().forEach(group -> problems.add(problem(group)));
      return problems;
    }

    private static Problem problem(Group group) {
      Open open = group.first;
      String by = group.by.iterator().next();
      int more = group.by.size() - 1;
      String who = by + (more == 0 ? "" : " and " + more + " more");
      List<String> places = new ArrayList<>();
      group.where.forEach(
          (branch, pythons) -> places.add(branch + " (" + String.join(", ", pythons) + ")"));
      String where = String.join(", ", places);
      return switch (open.kind()) {
        case MISSING ->
            Problem.warning(
                "dependency-missing",
                open.project().value(),
                who
                    + (more == 0 ? " requires " : " require ")
                    + (more == 0 ? open.requirement() : "it")
                    + ", which the mirror has not for "
                    + where,
                "add it: <extraPins><extraPin>"
                    + open.project()
                    + "===VERSION</extraPin></extraPins>, or make its pin succeed");
        case CONFLICT ->
            Problem.warning(
                "dependency-conflict",
                open.by().value(),
                who + " requires " + open.requirement() + ", the pins say otherwise for " + where,
                "correct the constraints of the branch");
        case URL ->
            Problem.warning(
                "dependency-url",
                open.by().value(),
                who + " requires " + open.requirement() + ", which no index serves, for " + where,
                "exclude the pin with a reason if it is not needed");
      };
    }
  }
}
