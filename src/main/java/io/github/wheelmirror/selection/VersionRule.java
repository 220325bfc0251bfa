package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.SpecifierSet;
import io.github.wheelmirror.python.Version;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A set of specifiers under a tool's rules, made ready once for many versions. */
final class VersionRule {

  private final List<Specifier> specifiers;
  private final List<Predicate<Version>> accepted;
  private final boolean namesPreRelease;

  VersionRule(SpecifierSet specifiers, SpecifierRules rules) {
    this.specifiers = specifiers.specifiers();
    this.accepted = this.specifiers.stream().map(rules::accepted).toList();
    this.namesPreRelease = this.specifiers.stream().anyMatch(rules::namesPreRelease);
  }

  boolean isEmpty() {
    return specifiers.isEmpty();
  }

  boolean namesPreRelease() {
    return namesPreRelease;
  }

  boolean accepts(Version version) {
    for (Predicate<Version> each : accepted) {
      if (!each.test(version)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text that is no version is accepted: only by {@code ===}. */
  boolean acceptsText(String text) {
    return specifiers.stream()
        .allMatch(
            specifier ->
                specifier.operator() == Specifier.Operator.ARBITRARY && specifier.contains(text));
  }

  /** Whether a version is pinned: {@code ==} without a wildcard, or {@code ===} (PEP 592). */
  boolean pins() {
    return specifiers.stream().anyMatch(VersionRule::pins);
  }

  /** The version of a set that is only an equality. */
  static Optional<Version> onlyPin(SpecifierSet set) {
    List<Specifier> specifiers = set.specifiers();
    return specifiers.size() == 1 && pins(specifiers.get(0))
        ? Version.tryParse(specifiers.get(0).versionText())
        : Optional.empty();
  }

  static boolean pins(Specifier specifier) {
    return specifier.operator() == Specifier.Operator.ARBITRARY
        || specifier.operator() == Specifier.Operator.EQUAL
            && !specifier.versionText().endsWith(".*");
  }
}
