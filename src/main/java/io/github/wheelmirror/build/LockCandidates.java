package io.github.wheelmirror.build;

import io.github.wheelmirror.python.PreReleases;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.SpecifierSet;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The wheels of projects that a target could install, in pip's order of choice: newest version
 * first, one wheel for each.
 */
final class LockCandidates {

  /** One version's best wheel. */
  record Candidate(ProjectName project, Version version, RemoteFile file) {}

  /**
   * What there is for a demand.
   *
   * @param pastAsOf whether nothing was there by the day, so that later uploads are listed
   * @param reason why there is nothing, if there is nothing
   */
  record Offer(List<Candidate> candidates, boolean pastAsOf, LockResult.Reason reason) {}

  private final Function<ProjectName, ProjectPage> pages;
  private final PlanTarget target;
  private final String asOf;
  private final boolean strict;
  private final Map<ProjectName, ProjectFiles> files = new HashMap<>();

  /**
   * Candidates.
   *
   * @param strict whether a project that had nothing by the day has nothing to offer
   */
  LockCandidates(
      Function<ProjectName, ProjectPage> pages, PlanTarget target, String asOf, boolean strict) {
    this.pages = pages;
    this.target = target;
    this.asOf = asOf;
    this.strict = strict;
  }

  Offer offer(ProjectName project, Demand demand) {
    ProjectFiles page = files.computeIfAbsent(project, name -> new ProjectFiles(pages.apply(name)));
    List<Candidate> candidates = choose(project, page, demand, file -> CutOff.admits(asOf, file));
    if (!candidates.isEmpty()) {
      return new Offer(candidates, false, LockResult.Reason.CONFLICT);
    }
    candidates =
        asOf.isEmpty() || strict ? candidates : choose(project, page, demand, file -> true);
    return new Offer(candidates, !candidates.isEmpty(), shortage(page, demand));
  }

  private List<Candidate> choose(
      ProjectName project, ProjectFiles page, Demand demand, Predicate<RemoteFile> when) {
    SpecifierSet specifiers = demand.specifiers();
    List<Candidate> all = new ArrayList<>();
    List<Candidate> yanked = new ArrayList<>();
    for (Version version : page.newestFirst()) {
      if (specifiers.contains(version, PreReleases.ALLOW)) {
        ProjectFiles.Release release = page.release(version);
        best(release, when.and(file -> !file.yanked()))
            .ifPresent(file -> all.add(new Candidate(project, version, file)));
        best(release, when.and(RemoteFile::yanked))
            .ifPresent(file -> yanked.add(new Candidate(project, version, file)));
      }
    }
    List<Candidate> usable = all.isEmpty() && demand.pins() ? yanked : all;
    return specifiers.filter(usable, Candidate::version, PreReleases.DEFAULT);
  }

  private Optional<RemoteFile> best(ProjectFiles.Release release, Predicate<RemoteFile> when) {
    return release.wheels().stream()
        .filter(wheel -> !wheel.file().hashes().isEmpty() && when.test(wheel.file()))
        .filter(wheel -> target.admits(wheel.file().requiresPython()))
        .filter(wheel -> target.priority(wheel.name()).isPresent())
        .min(
            Comparator.comparing(
                    (ProjectFiles.Wheel wheel) -> target.priority(wheel.name()).orElseThrow())
                .thenComparing((a, b) -> b.name().compareBuildTag(a.name()))
                .thenComparing(ProjectFiles.Wheel::position, Comparator.reverseOrder()))
        .map(ProjectFiles.Wheel::file);
  }

  private LockResult.Reason shortage(ProjectFiles page, Demand demand) {
    if (page.newestFirst().isEmpty()) {
      return LockResult.Reason.UNKNOWN_PROJECT;
    }
    List<ProjectFiles.Release> accepted =
        page.newestFirst().stream().filter(demand::accepts).map(page::release).toList();
    boolean unhashed =
        accepted.stream()
            .flatMap(release -> release.wheels().stream())
            .filter(wheel -> wheel.file().hashes().isEmpty())
            .anyMatch(wheel -> target.priority(wheel.name()).isPresent());
    if (unhashed) {
      return LockResult.Reason.NO_STRONG_HASH;
    }
    return accepted.stream()
            .flatMap(release -> release.sdists().stream())
            .anyMatch(sdist -> target.admits(sdist.file().requiresPython()))
        ? LockResult.Reason.NEEDS_SDIST
        : LockResult.Reason.CONFLICT;
  }
}
