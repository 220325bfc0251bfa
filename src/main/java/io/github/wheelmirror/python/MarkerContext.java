package io.github.wheelmirror.python;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a marker may ask for and what the answers are: one of the three contexts of the dependency
 * specifiers specification ({@code extra}, {@code extras} and {@code dependency_groups} are not
 * defined in all of them).
 */
public final class MarkerContext {

  private final Map<String, String> values;
  private final Map<String, Set<String>> sets;

  private MarkerContext(Map<String, String> values, Map<String, Set<String>> sets) {
    this.values = values;
    this.sets = sets;
  }

  /** Core metadata ({@code Requires-Dist}): {@code extra} is empty until one is asked for. */
  public static MarkerContext metadata(MarkerEnvironment environment) {
    return requirement(environment).withExtra("");
  }

  /** Requirements elsewhere, such as in constraint files: {@code extra} is not defined. */
  public static MarkerContext requirement(MarkerEnvironment environment) {
    return new MarkerContext(values(environment), Map.of());
  }

  /** Lock files (PEP 751): {@code extras} and {@code dependency_groups} are sets of names. */
  public static MarkerContext lockFile(
      MarkerEnvironment environment, Set<String> extras, Set<String> dependencyGroups) {
    return new MarkerContext(
        values(environment),
        Map.of("extras", normalized(extras), "dependency_groups", normalized(dependencyGroups)));
  }

  /** This context with {@code extra} defined; any spelling of the name. */
  public MarkerContext withExtra(String extra) {
    var extended = new TreeMap<>(values);
    extended.put("extra", ProjectName.normalize(extra));
    return new MarkerContext(extended, sets);
  }

  /** A development build's version ends in a plus sign, which is no PEP 440 version. */
  private static Map<String, String> values(MarkerEnvironment environment) {
    var values = new TreeMap<>(environment.asMap());
    values.computeIfPresent(
        "python_full_version",
        (name, version) -> version.endsWith("+") ? version + "local" : version);
    return values;
  }

  private static Set<String> normalized(Set<String> names) {
    return names.stream().map(ProjectName::normalize).collect(Collectors.toUnmodifiableSet());
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Optional<Set<String>> set(String name) {
    return Optional.ofNullable(sets.get(name));
  }
}
