package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.SpecifierSet;
import io.github.wheelmirror.python.UndefinedComparisonException;
import io.github.wheelmirror.python.UndefinedEnvironmentNameException;
import java.util.ArrayList;
import java.util.List;

/**
 * A requirement and the constraints that apply to it on a target.
 *
 * @param constraints the lines for its project whose markers match
 * @param otherConstraints the lines for its project whose markers do not
 * @param failure why no tool chooses a file from this; empty if it may
 */
record Wanted(
    Requirement requirement,
    List<ConstraintLines.Line> constraints,
    List<ConstraintLines.Line> otherConstraints,
    String failure) {

  static Wanted of(SelectionRequest request, MarkerEnvironment environment) {
    Requirement requirement = request.requirement();
    List<ConstraintLines.Line> matching = new ArrayList<>();
    List<ConstraintLines.Line> others = new ArrayList<>();
    String failure = "";
    if (requirement.url().isPresent()) {
      failure = "the requirement names a URL, so there is nothing to choose";
    }
    try {
      if (!matches(requirement, environment)) {
        failure = "the requirement's marker does not match, so nothing is installed";
      }
      for (ConstraintLines.Line line : request.constraints().of(requirement.projectName())) {
        (matches(line.requirement(), environment) ? matching : others).add(line);
      }
    } catch (UndefinedComparisonException | UndefinedEnvironmentNameException e) {
      failure = "a marker cannot be evaluated: " + e.getMessage();
    }
    for (ConstraintLines.Line line : matching) {
      if (line.requirement().url().isPresent()) {
        failure = "a constraint names a URL, so there is nothing to choose: " + line.text();
      }
    }
    return new Wanted(requirement, List.copyOf(matching), List.copyOf(others), failure);
  }

  static boolean matches(Requirement requirement, MarkerEnvironment environment) {
    return requirement.marker().map(marker -> marker.evaluate(environment)).orElse(true);
  }

  ProjectName project() {
    return requirement.projectName();
  }

  /** What the constraints allow. */
  SpecifierSet constrained() {
    List<Specifier> specifiers = new ArrayList<>();
    constraints.forEach(line -> specifiers.addAll(line.requirement().specifiers().specifiers()));
    return new SpecifierSet(specifiers);
  }

  /** What requirement and constraints allow. */
  SpecifierSet combined() {
    List<Specifier> specifiers = new ArrayList<>(requirement.specifiers().specifiers());
    specifiers.addAll(constrained().specifiers());
    return new SpecifierSet(specifiers);
  }

  /** Whether constraints for the project exist, but none applies. */
  boolean isUnconstrained() {
    return constraints.isEmpty() && !otherConstraints.isEmpty();
  }
}
