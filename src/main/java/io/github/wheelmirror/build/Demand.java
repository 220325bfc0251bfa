package io.github.wheelmirror.build;

import static java.util.stream.Collectors.joining;

import io.github.wheelmirror.python.PreReleases;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.SpecifierSet;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All that is asked of one project.
 *
 * @param asked in the order in which it came up
 * @param extras in their normal form
 */
record Demand(List<Asked> asked, SortedSet<String> extras) {

  static final Demand NOTHING = new Demand(List.of(), new TreeSet<>());

  /**
   * One requirement or constraint.
   *
   * @param by who asks, for a person
   * @param askers the chosen project that asks; nobody for the build and for constraints
   */
  record Asked(Requirement requirement, String by, Set<ProjectName> askers) {
    Asked {
      askers = Set.copyOf(askers);
    }

    Asked(Requirement requirement, String by) {
      this(requirement, by, Set.of());
    }

    @Override
    public String toString() {
      return requirement + " (" + by + ")";
    }
  }

  Demand and(Asked more, Set<String> moreExtras) {
    List<Asked> all = new ArrayList<>(asked);
    all.add(more);
    SortedSet<String> allExtras = new TreeSet<>(extras);
    allExtras.addAll(moreExtras);
    return new Demand(all, allExtras);
  }

  Set<ProjectName> askers() {
    Set<ProjectName> all = new TreeSet<>();
    asked.forEach(each -> all.addAll(each.askers()));
    return all;
  }

  SpecifierSet specifiers() {
    List<Specifier> all = new ArrayList<>();
    asked.forEach(each -> all.addAll(each.requirement().specifiers().specifiers()));
    return new SpecifierSet(all);
  }

  boolean accepts(Version version) {
    return specifiers().contains(version, PreReleases.ALLOW);
  }

  /** Whether it names exact versions, so that a yanked file may serve (PEP 592). */
  boolean pins() {
    return specifiers().specifiers().stream()
        .anyMatch(
            each ->
                each.operator() == Specifier.Operator.ARBITRARY
                    || (each.operator() == Specifier.Operator.EQUAL
                        && !each.versionText().endsWith(".*")));
  }

  String words() {
    return asked.stream().map(Asked::toString).distinct().collect(joining(" and "));
  }
}
