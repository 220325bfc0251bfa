package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.InvalidRequirementException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.UndefinedComparisonException;
import io.github.wheelmirror.python.UndefinedEnvironmentNameException;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the wheels that build requirements come to: the newest that all who ask accept, going back
 * a version where they do not agree. What would have to be built first is left to an installer.
 */
public final class LockResolver {

  private static final ProjectName SETUPTOOLS = ProjectName.parse("setuptools");
  private static final ProjectName WHEEL = ProjectName.parse("wheel");

  /** The first setuptools that makes wheels by itself. */
  private static final Version BDIST_WHEEL = Version.parse("70.1");

  private final Function<ProjectName, ProjectPage> pages;
  private final WheelDescriptions descriptions;

  /**
   * A resolver.
   *
   * @param pages the index; one that has not the project gives a page that does not exist
   */
  public LockResolver(Function<ProjectName, ProjectPage> pages, WheelDescriptions descriptions) {
    this.pages = pages;
    this.descriptions = descriptions;
  }

  /**
   * Locks.
   *
   * @throws io.github.wheelmirror.MirrorException if the index cannot be read
   */
  public LockResult resolve(LockRequest request) {
    try {
      Map<ProjectName, Demand> constraints = constraints(request);
      Map<ProjectName, LockSearch.Chosen> found =
          search(request, requirements(request), constraints);
      LockSearch.Chosen setuptools = found.get(SETUPTOOLS);
      if (request.bySetuptools()
          && setuptools != null
          && setuptools.candidate().version().compareTo(BDIST_WHEEL) < 0
          && !found.containsKey(WHEEL)) {
        List<Demand.Asked> more = new ArrayList<>(requirements(request));
        more.add(
            new Demand.Asked(
                Requirement.parse("wheel"), "setuptools " + setuptools.candidate().version()));
        found = search(request, more, constraints);
      }
      return new LockResult.Locked(lock(request, found));
    } catch (NotLockedException e) {
      return e.result();
    } catch (UndefinedComparisonException | UndefinedEnvironmentNameException e) {
      return new LockResult.NotLocked(
          LockResult.Reason.NOT_UNDERSTOOD, "a marker of a requirement: " + e.getMessage());
    }
  }

  private Map<ProjectName, LockSearch.Chosen> search(
      LockRequest request, List<Demand.Asked> requirements, Map<ProjectName, Demand> constraints)
      throws NotLockedException {
    PlanTarget target = new PlanTarget(request.target(), 0);
    Map<RemoteFile, CoreMetadata> known = new HashMap<>();
    LockSearch.Metadata metadata = file -> known.computeIfAbsent(file, descriptions::of);
    if (!request.asOf().isEmpty()) {
      try {
        LockCandidates strict = new LockCandidates(pages, target, request.asOf(), true);
        return new LockSearch(strict, metadata, target, constraints).search(requirements);
      } catch (NotLockedException impossible) {
        // a project that had nothing by the day may offer what came later
        return relaxed(request, requirements, constraints, metadata, target);
      }
    }
    return relaxed(request, requirements, constraints, metadata, target);
  }

  private Map<ProjectName, LockSearch.Chosen> relaxed(
      LockRequest request,
      List<Demand.Asked> requirements,
      Map<ProjectName, Demand> constraints,
      LockSearch.Metadata metadata,
      PlanTarget target)
      throws NotLockedException {
    LockCandidates all = new LockCandidates(pages, target, request.asOf(), false);
    return new LockSearch(all, metadata, target, constraints).search(requirements);
  }

  private static List<Demand.Asked> requirements(LockRequest request) throws NotLockedException {
    List<Demand.Asked> asked = new ArrayList<>();
    for (String text : request.requirements()) {
      asked.add(new Demand.Asked(parsed(text.strip()), "the build"));
    }
    return asked;
  }

  /** As pip reads them: they apply to whatever comes in, and never bring anything in. */
  private static Map<ProjectName, Demand> constraints(LockRequest request)
      throws NotLockedException {
    Map<ProjectName, Demand> constraints = new HashMap<>();
    for (String line : request.constraints()) {
      String text = line.replaceFirst("(^|\\s+)#.*$", "").strip();
      if (!text.isEmpty()) {
        Requirement constraint = parsed(text);
        if (constraint.url().isPresent()) {
          throw new NotLockedException(
              LockResult.Reason.URL_REQUIREMENT, "the constraint " + text + " names a URL");
        }
        if (!constraint.extras().isEmpty()) {
          throw new NotLockedException(
              LockResult.Reason.NOT_UNDERSTOOD, "the constraint " + text + " has extras");
        }
        boolean holds =
            constraint
                .marker()
                .map(marker -> marker.evaluate(request.target().environment()))
                .orElse(true);
        if (holds) {
          constraints.merge(
              constraint.projectName(),
              Demand.NOTHING.and(
                  new Demand.Asked(constraint, "a build constraint"), new TreeSet<>()),
              (a, b) -> a.and(b.asked().get(0), new TreeSet<>()));
        }
      }
    }
    return constraints;
  }

  private static Requirement parsed(String text) throws NotLockedException {
    try {
      return Requirement.parse(text);
    } catch (InvalidRequirementException e) {
      throw new NotLockedException(
          LockResult.Reason.NOT_UNDERSTOOD, String.valueOf(e.getMessage()));
    }
  }

  private static BuildLock lock(LockRequest request, Map<ProjectName, LockSearch.Chosen> found) {
    List<LockedWheel> wheels = new ArrayList<>();
    List<ProjectName> past = new ArrayList<>();
    found.forEach(
        (project, chosen) -> {
          wheels.add(
              new LockedWheel(project, chosen.candidate().version(), chosen.candidate().file()));
          if (chosen.pastAsOf()) {
            past.add(project);
          }
        });
    TargetId target = request.target().id();
    return new BuildLock(
        request.key(),
        target,
        request.requirements(),
        request.constraints(),
        request.asOf(),
        request.generation(),
        past,
        wheels);
  }
}
