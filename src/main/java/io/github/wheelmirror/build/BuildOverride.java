package io.github.wheelmirror.build;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the builds of a pin have that other builds have not.
 *
 * @param environment variables by name; never those that keep builds apart from the host and alike
 * @param buildRequirements PEP 508 strings that the sdist does not declare, in order
 * @param buildConstraints lines that come to those of the branch, in order
 * @param configSettings the {@code config_settings} of PEP 517; what has one value is a string to
 *     the back-end, what has more a list
 * @param patches in the order in which they are applied
 * @param systemPackages names of the distribution's packages that a person has to install
 */
public record BuildOverride(
    Map<String, String> environment,
    List<String> buildRequirements,
    List<String> buildConstraints,
    Map<String, List<String>> configSettings,
    List<SourcePatch> patches,
    List<String> systemPackages) {

  /** Nothing. */
  public static final BuildOverride NONE =
      new BuildOverride(Map.of(), List.of(), List.of(), Map.of(), List.of(), List.of());

  /** All kinds of what one can have, in order. */
  public static final List<String> KINDS =
      List.of(
          "environment",
          "build requirement",
          "build constraint",
          "config setting",
          "patch",
          "system package");

  /** What makes the wheel another one, apart from constraints, which all builds have. */
  private record Parts(
      String key,
      Map<String, String> environment,
      List<String> buildRequirements,
      Map<String, List<String>> configSettings,
      List<String> patches) {}

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException saying which cannot be
   */
  public BuildOverride {
    environment.forEach(OverrideRules::checkVariable);
    buildRequirements.forEach(OverrideRules::checkRequirement);
    buildConstraints.forEach(OverrideRules::checkConstraint);
    configSettings.forEach(OverrideRules::checkSetting);
    systemPackages.forEach(OverrideRules::checkPackage);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    buildRequirements = List.copyOf(buildRequirements);
    buildConstraints = List.copyOf(buildConstraints);
    Map<String, List<String>> settings = new TreeMap<>();
    configSettings.forEach((name, values) -> settings.put(name, List.copyOf(values)));
    configSettings = Collections.unmodifiableMap(settings);
    patches = List.copyOf(patches);
    systemPackages = List.copyOf(systemPackages);
    OverrideRules.checkPatches(patches);
  }

  /** Whether it says nothing. */
  boolean isNone() {
    return equals(NONE);
  }

  /** Both: lists follow each other, a variable or setting of the later one counts. */
  BuildOverride and(BuildOverride later) {
    Map<String, String> variables = new TreeMap<>(environment);
    variables.putAll(later.environment);
    Map<String, List<String>> settings = new TreeMap<>(configSettings);
    settings.putAll(later.configSettings);
    return new BuildOverride(
        variables,
        joined(buildRequirements, later.buildRequirements),
        joined(buildConstraints, later.buildConstraints),
        settings,
        joined(patches, later.patches),
        joined(systemPackages, later.systemPackages));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }

  /**
   * The build key with it.
   *
   * @param key the one without, in which the constraints are already
   */
  String key(String key) {
    if (environment.isEmpty()
        && buildRequirements.isEmpty()
        && configSettings.isEmpty()
        && patches.isEmpty()) {
      return key;
    }
    var parts =
        new Parts(
            key,
            environment,
            buildRequirements.stream().distinct().sorted().toList(),
            configSettings,
            patches.stream().map(SourcePatch::digest).toList());
    return Sha256.of(Json.line(parts).getBytes(StandardCharsets.UTF_8));
  }

  /** What it has, each part in a few words. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    environment.keySet().forEach(name -> words.add("environment " + name));
    buildRequirements.forEach(text -> words.add("build requirement " + text));
    buildConstraints.forEach(text -> words.add("build constraint " + text));
    configSettings.keySet().forEach(name -> words.add("config setting " + name));
    patches.forEach(patch -> words.add("patch " + patch.name()));
    systemPackages.forEach(name -> words.add("system package " + name));
    return List.copyOf(words);
  }

  /** Those of {@link #KINDS} that it has. */
  public Set<String> kinds() {
    return KINDS.stream()
        .filter(kind -> words().stream().anyMatch(word -> word.startsWith(kind + " ")))
        .collect(toUnmodifiableSet());
  }

  /** The diagnosis of a failed build, whose fix names the system packages too. */
  public Diagnosis completed(Diagnosis diagnosis) {
    if (systemPackages.isEmpty()
        || !diagnosis.failureClass().isLasting()
        || diagnosis.failureClass() == FailureClass.PATCH_MISFIT) {
      return diagnosis;
    }
    String packages =
        "its override says what it needs of the system: " + String.join(" ", systemPackages);
    return new Diagnosis(
        diagnosis.failureClass(),
        diagnosis.symptom(),
        diagnosis.why(),
        diagnosis.fix().isEmpty() ? packages : diagnosis.fix() + "; " + packages);
  }
}
