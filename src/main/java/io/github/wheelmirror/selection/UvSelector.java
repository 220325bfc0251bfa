package io.github.wheelmirror.selection;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Tag;
import java.util.List;

/**
 * uv's choice: the files of each index are grouped by version, find-links files before them; the
 * highest version is tried first, stable ones before pre-releases, and given up as a whole if its
 * best file cannot be used.
 */
final class UvSelector implements Selector {

  private final Tool.Uv tool;
  private final UvRules rules;
  private final SelectionTarget target;
  private final CompatibleTags tags;
  private final UvRequiresPython requiresPython;
  private final FileNames namesOnPages;
  private final FileNames namesInFindLinks;

  UvSelector(Tool.Uv tool, UvRules rules, SelectionTarget target) {
    this.tool = tool;
    this.rules = rules;
    this.target = target;
    List<Tag> known =
        target.tags().stream()
            .filter(tag -> !tag.isPure() || !tag.interpreter().equals(rules.omittedPureTag()))
            .toList();
    this.tags = CompatibleTags.of(known).reordered(rules.tags());
    this.requiresPython = new UvRequiresPython(target.python());
    this.namesOnPages = new UvFileNames(rules.archives(), false, rules.variants());
    this.namesInFindLinks = new UvFileNames(rules.archives(), true, rules.variants());
  }

  /**
   * {@inheritDoc}
   *
   * @throws MirrorException (input) for {@code --prefer-binary}
   */
  @Override
  public Explanation explain(SelectionRequest request) {
    if (request.options().preferBinary()) {
      throw MirrorException.input(
          "Option --prefer-binary cannot be used with " + tool,
          "uv does not have it",
          "leave it out, or use --only-binary");
    }
    return new UvRun(this, request).explain();
  }

  Tool.Uv tool() {
    return tool;
  }

  UvRules rules() {
    return rules;
  }

  SelectionTarget target() {
    return target;
  }

  CompatibleTags tags() {
    return tags;
  }

  UvRequiresPython requiresPython() {
    return requiresPython;
  }

  List<NamedFile> named(Place place, ProjectName project) {
    return place.named(place.role().isIndex() ? namesOnPages : namesInFindLinks, project);
  }
}
