package io.github.wheelmirror.selection;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.PipRules.Habit;
import java.util.List;

/**
 * pip's choice: all files of all places are candidates, there is no priority of indexes. What
 * decides is, in this order, an allowed hash, not being yanked, {@code --prefer-binary}, the
 * version, the best tag (an sdist has the worst), the build tag, and being looked at last.
 */
final class PipSelector implements Selector {

  private final Tool.Pip tool;
  private final PipRules rules;
  private final SelectionTarget target;
  private final CompatibleTags tags;
  private final String minorPython;
  private final PipRequiresPython requiresPython;
  private final FileNames namesOnPages;
  private final FileNames namesInDirectories;

  PipSelector(Tool.Pip tool, PipRules rules, SelectionTarget target) {
    this.tool = tool;
    this.rules = rules;
    this.target = target;
    this.tags = CompatibleTags.of(target.tags()).reordered(rules.tags());
    boolean legacy = rules.has(Habit.LEGACY_VERSIONS);
    this.minorPython = target.environment().pythonVersion();
    this.requiresPython = new PipRequiresPython(target.python(), rules.specifiers(), legacy);
    this.namesOnPages = new PipFileNames(rules.wheelNames(), legacy, false);
    this.namesInDirectories =
        new PipFileNames(
            rules.wheelNames(), legacy, rules.has(Habit.STANDARD_NAMES_IN_DIRECTORIES));
  }

  /**
   * {@inheritDoc}
   *
   * @throws MirrorException (input) for {@code --uploaded-prior-to} before pip 26.0
   */
  @Override
  public Explanation explain(SelectionRequest request) {
    if (request.options().uploadedPriorTo() != null && !rules.has(Habit.UPLOADED_PRIOR_TO)) {
      throw MirrorException.input(
          "Option --uploaded-prior-to cannot be used with " + tool,
          "pip has it since 26.0",
          "leave it out, or name pip-26.0 or a later one");
    }
    return new PipRun(this, request).explain();
  }

  Tool.Pip tool() {
    return tool;
  }

  PipRules rules() {
    return rules;
  }

  SelectionTarget target() {
    return target;
  }

  CompatibleTags tags() {
    return tags;
  }

  /** Such as {@code 3.11}. */
  String minorPython() {
    return minorPython;
  }

  PipRequiresPython requiresPython() {
    return requiresPython;
  }

  List<NamedFile> named(Place place, ProjectName project) {
    return place.named(
        place.role() == Place.Role.FIND_LINKS_DIRECTORY ? namesInDirectories : namesOnPages,
        project);
  }
}
