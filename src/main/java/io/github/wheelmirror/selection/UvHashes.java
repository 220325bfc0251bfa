package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.UndefinedComparisonException;
import io.github.wheelmirror.python.UndefinedEnvironmentNameException;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hashes that uv checks: those of the versions that a requirement or a constraint pins. Hashes
 * of lines without a pin do not count.
 *
 * @param byVersion what the files of a pinned version must have, local versions of it included
 * @param failure why uv stops; empty if it does not
 */
record UvHashes(Map<Version, AllowedHashes> byVersion, String failure) {

  UvHashes {
    byVersion = Map.copyOf(byVersion);
  }

  static UvHashes of(SelectionRequest request, Wanted wanted, SelectionTarget target) {
    for (ConstraintLines.Line line : request.constraints().oddHashes()) {
      boolean read =
          VersionRule.onlyPin(line.requirement().specifiers()).isPresent() && applies(line, target);
      if (read) {
        return new UvHashes(Map.of(), "the hash of a constraint is none: " + line.text());
      }
    }
    Map<Version, List<String>> texts = new HashMap<>();
    for (ConstraintLines.Line line : wanted.constraints()) {
      Optional<Version> pin = VersionRule.onlyPin(line.requirement().specifiers());
      if (pin.isPresent() && !line.hashes().isEmpty()) {
        // of several lines the last one counts
        texts.put(pin.get(), line.hashes());
      }
    }
    Optional<Version> pin = VersionRule.onlyPin(wanted.requirement().specifiers());
    Set<String> own = request.options().hashes();
    if (pin.isPresent() && !own.isEmpty()) {
      List<String> both = new ArrayList<>(texts.getOrDefault(pin.get(), List.copyOf(own)));
      both.retainAll(own);
      if (both.isEmpty()) {
        return new UvHashes(
            Map.of(), "requirement and constraint have no hash in common for " + pin.get());
      }
      texts.put(pin.get(), both);
    }
    Map<Version, AllowedHashes> byVersion = new HashMap<>();
    texts.forEach((version, hashes) -> byVersion.put(version, AllowedHashes.of(hashes)));
    return new UvHashes(byVersion, "");
  }

  private static boolean applies(ConstraintLines.Line line, SelectionTarget target) {
    try {
      return Wanted.matches(line.requirement(), target.environment());
    } catch (UndefinedComparisonException | UndefinedEnvironmentNameException e) {
      // of another project, else the tool fails anyway
      return false;
    }
  }

  private AllowedHashes of(Version version) {
    return byVersion.getOrDefault(
        version, byVersion.getOrDefault(version.publicVersion(), AllowedHashes.NONE));
  }

  /** How a listed file compares with others of its version. */
  UvEntry.Hash of(ListedFile file, Version version) {
    AllowedHashes allowed = of(version);
    if (allowed.isEmpty()) {
      return UvEntry.Hash.MATCHED;
    }
    if (file.hashes().isEmpty()) {
      return UvEntry.Hash.MISSING;
    }
    return allowed.of(file.hashes()) == AllowedHashes.Answer.ALLOWED
        ? UvEntry.Hash.MATCHED
        : UvEntry.Hash.MISMATCHED;
  }

  /** Whether the chosen file will do; it is downloaded whatever is told of it. */
  AllowedHashes.Answer check(ListedFile file, Version version) {
    AllowedHashes allowed = of(version);
    return allowed.isEmpty() ? AllowedHashes.Answer.ALLOWED : allowed.of(file.hashes());
  }
}
