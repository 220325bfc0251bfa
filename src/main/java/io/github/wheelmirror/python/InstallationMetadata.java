package io.github.wheelmirror.python;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of {@link CoreMetadata} decides where and with what a project is installed, however it is
 * spelled.
 */
public final class InstallationMetadata {

  private static final int MOST_WORDS = 3;

  private final CoreMetadata metadata;

  /** That of this metadata. */
  public InstallationMetadata(CoreMetadata metadata) {
    this.metadata = metadata;
  }

  /**
   * What the other says otherwise, a field each: {@code Requires-Dist: +foo>=2, -bar}, where what
   * it says more has a plus; empty if both install alike.
   */
  public List<String> differences(InstallationMetadata other) {
    List<String> differences = new ArrayList<>();
    compare(differences, "Name", other, one -> Set.of(one.name()));
    compare(differences, "Version", other, one -> Set.of(one.version()));
    compare(
        differences,
        "Requires-Python",
        other,
        one ->
            one.requiresPython().stream()
                .map(InstallationMetadata::specifiers)
                .collect(Collectors.toSet()));
    compare(
        differences,
        "Requires-Dist",
        other,
        one ->
            one.requiresDist().stream()
                .map(InstallationMetadata::requirement)
                .collect(Collectors.toSet()));
    compare(
        differences,
        "Provides-Extra",
        other,
        one ->
            one.providesExtra().stream().map(ProjectName::normalize).collect(Collectors.toSet()));
    return differences;
  }

  private void compare(
      List<String> differences,
      String field,
      InstallationMetadata other,
      Function<CoreMetadata, Set<?>> value) {
    Set<?> mine = value.apply(metadata);
    Set<?> its = value.apply(other.metadata);
    List<String> words = new ArrayList<>(less(its, mine, "+"));
    words.addAll(less(mine, its, "-"));
    if (!words.isEmpty()) {
      String more = words.size() > MOST_WORDS ? ", …" : "";
      differences.add(
          field
              + ": "
              + String.join(", ", words.subList(0, Math.min(MOST_WORDS, words.size())))
              + more);
    }
  }

  private static List<String> less(Set<?> all, Set<?> those, String sign) {
    Set<Object> left = new HashSet<>(all);
    left.removeAll(those);
    return left.stream().map(one -> sign + one).sorted().toList();
  }

  /** What is no requirement is the same only if it is spelled the same. */
  private static Object requirement(String text) {
    try {
      return Requirement.parse(text);
    } catch (InvalidRequirementException e) {
      return text.strip();
    }
  }

  private static Object specifiers(String text) {
    try {
      return SpecifierSet.parse(text);
    } catch (InvalidSpecifierException e) {
      return text.strip();
    }
  }
}
