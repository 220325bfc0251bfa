package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.selection.PipRules.Habit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One request to pip. */
final class PipRun {

  private final PipSelector pip;
  private final SelectionRequest request;
  private final SelectionOptions options;
  private final Wanted wanted;
  private final VersionRule required;
  private final VersionRule constrained;
  private final VersionRule combined;
  private final Formats formats;
  private final PipHashes hashes;
  private final Findings findings = new Findings();

  PipRun(PipSelector pip, SelectionRequest request) {
    this.pip = pip;
    this.request = request;
    this.options = request.options();
    this.wanted = Wanted.of(request, pip.target().environment());
    SpecifierRules rules = pip.rules().specifiers();
    this.required = new VersionRule(wanted.requirement().specifiers(), rules);
    this.constrained = new VersionRule(wanted.constrained(), rules);
    this.combined = new VersionRule(wanted.combined(), rules);
    this.formats = Formats.ofPip(options.formats(), wanted.project());
    this.hashes = PipHashes.of(request, wanted, pip.rules());
  }

  Explanation explain() {
    return findings.explain(
        pip.tool(),
        wanted,
        choose(),
        request.places(),
        place -> pip.named(place, wanted.project()));
  }

  /** Finds something of every file; returns why none is chosen. */
  private String choose() {
    String failure = inputFailure();
    if (!failure.isEmpty()) {
      return failure;
    }
    List<NamedFile> collected =
        PipCollection.of(request.places(), place -> pip.named(place, wanted.project()));
    failure = new PipUploads(pip, options, formats, findings).filter(collected);
    if (!failure.isEmpty()) {
      return failure;
    }
    List<PipCandidate> candidates = withAllowedVersion(usable(collected));
    candidates = new ArrayList<>(hashes.filter(withAllowedPreRelease(candidates), findings));
    candidates.sort(order());
    Optional<PipCandidate> best = bestOf(candidates);
    if (best.isEmpty()) {
      return "no file fits";
    }
    for (PipCandidate candidate : candidates) {
      if (candidate != best.get() && !findings.has(candidate.file())) {
        Reason reason = candidate.lostTo(best.get(), options.preferBinary());
        findings.add(candidate.file(), reason, candidate.detail(reason, best.get()));
        noteTie(reason);
      }
    }
    return accept(best.get());
  }

  private String inputFailure() {
    if (!wanted.failure().isEmpty()) {
      return wanted.failure();
    }
    String unreadable =
        pip.rules().has(Habit.LEGACY_VERSIONS)
            ? request.constraints().unreadableBeforePep440(wanted.project())
            : request.constraints().unreadable();
    if (!unreadable.isEmpty()) {
      return unreadable;
    }
    if (!request.constraints().withExtras().isEmpty()) {
      return request.constraints().withExtras();
    }
    if (!request.constraints().weakHash().isEmpty()) {
      return request.constraints().weakHash();
    }
    for (Place place : request.places()) {
      if (place.answer() == Place.Answer.MALFORMED) {
        return "the page of " + place.name() + " cannot be read";
      }
      if (place.answer() != Place.Answer.SERVED && place.answer() != Place.Answer.NOT_FOUND) {
        findings.note(Note.PLACE_IGNORED);
      }
    }
    return "";
  }

  private List<PipCandidate> usable(List<NamedFile> collected) {
    List<PipCandidate> usable = new ArrayList<>();
    for (NamedFile file : collected) {
      if (!findings.refused(file) && !findings.has(file)) {
        candidate(file, (FileName.Accepted) file.name()).ifPresent(usable::add);
      }
    }
    return usable;
  }

  private Optional<PipCandidate> candidate(NamedFile file, FileName.Accepted name) {
    int tagRank = pip.tags().tags().size();
    if (!formats.allow(name)) {
      findings.add(file, Reason.FORMAT_NOT_ALLOWED);
      return Optional.empty();
    }
    if (name instanceof FileName.Wheel wheel) {
      OptionalInt priority = pip.tags().priority(wheel.tags());
      if (priority.isEmpty()) {
        findings.add(file, Reason.INCOMPATIBLE_TAG);
        return Optional.empty();
      }
      tagRank = priority.getAsInt();
    } else if (name instanceof FileName.Sdist sdist
        && !sdist.pythonVersion().isEmpty()
        && !sdist.pythonVersion().equals(pip.minorPython())) {
      findings.add(file, Reason.OTHER_PYTHON, sdist.pythonVersion());
      return Optional.empty();
    }
    if (!pip.requiresPython().admits(file.file().requiresPython())) {
      findings.add(file, Reason.REQUIRES_PYTHON, file.file().requiresPython());
      return Optional.empty();
    }
    return Optional.of(new PipCandidate(file, name, tagRank, hashes.allow(file.file())));
  }

  private List<PipCandidate> withAllowedVersion(List<PipCandidate> candidates) {
    List<PipCandidate> allowed = new ArrayList<>();
    Set<Version> together = acceptedTogether(candidates);
    String requirement = wanted.requirement().specifiers().toString();
    String constraint = wanted.constrained().toString();
    for (PipCandidate candidate : candidates) {
      Version version = candidate.name().version();
      if (version != null && together.contains(version)) {
        allowed.add(candidate);
      } else if (!accepts(required, candidate.name())) {
        findings.add(candidate.file(), Reason.EXCLUDED_BY_REQUIREMENT, requirement);
      } else if (!accepts(constrained, candidate.name())) {
        findings.add(candidate.file(), Reason.EXCLUDED_BY_CONSTRAINT, constraint);
      } else if (candidate.name().version() == null && combined.isEmpty()) {
        findings.add(candidate.file(), Reason.INVALID_VERSION, candidate.name().versionText());
      } else {
        allowed.add(candidate);
      }
    }
    return allowed;
  }

  /** The accepted versions, where an equal one in another spelling is accepted with them. */
  private Set<Version> acceptedTogether(List<PipCandidate> candidates) {
    Set<Version> together = new HashSet<>();
    if (pip.rules().has(Habit.EQUAL_VERSIONS_TOGETHER)) {
      for (PipCandidate candidate : candidates) {
        Version version = candidate.name().version();
        if (version != null && required.accepts(version) && constrained.accepts(version)) {
          together.add(version);
        }
      }
    }
    return together;
  }

  private boolean accepts(VersionRule rule, FileName.Accepted name) {
    Version version = name.version();
    return version == null ? rule.acceptsText(name.versionText()) : rule.accepts(version);
  }

  private List<PipCandidate> withAllowedPreRelease(List<PipCandidate> candidates) {
    if (options.pre() || combined.namesPreRelease()) {
      return candidates;
    }
    List<PipCandidate> finals =
        candidates.stream().filter(candidate -> !candidate.isPreRelease()).toList();
    if (finals.isEmpty()
        && (combined.isEmpty() || pip.rules().specifiers().fallsBackToPreReleases())) {
      return candidates;
    }
    candidates.stream()
        .filter(PipCandidate::isPreRelease)
        .forEach(candidate -> findings.add(candidate.file(), Reason.PRE_RELEASE));
    return finals;
  }

  private Comparator<PipCandidate> order() {
    return (one, other) -> one.compareTo(other, options.preferBinary());
  }

  /** Yanked files count only if there are no others and a version is pinned (PEP 592). */
  private Optional<PipCandidate> bestOf(List<PipCandidate> ascending) {
    boolean yankedAllowed =
        combined.pins()
            && ascending.stream().allMatch(candidate -> candidate.file().file().yanked());
    Optional<PipCandidate> best = Optional.empty();
    for (PipCandidate candidate : ascending) {
      if (candidate.file().file().yanked() && !yankedAllowed) {
        findings.add(candidate.file(), Reason.YANKED);
      } else {
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  private void noteTie(Reason reason) {
    if (reason == Reason.OTHER_PLACE || reason == Reason.ORDER) {
      findings.note(Note.TIE);
    }
  }

  private String accept(PipCandidate best) {
    ListedFile file = best.file().file();
    String failure = hashes.required() ? hashFailure(best.file()) : "";
    if (!failure.isEmpty()) {
      return failure;
    }
    if (!accepts(required, best.name())) {
      String wants = wanted.requirement().specifiers().toString();
      findings.add(best.file(), Reason.EXCLUDED_BY_REQUIREMENT, wants);
      return "pip stops at "
          + file.filename()
          + ", whose version is spelled otherwise than "
          + wants;
    }
    if (best.isWheel() && best.name().version() == null) {
      findings.add(best.file(), Reason.INVALID_VERSION, best.name().versionText());
      return "pip stops at a wheel whose version is not valid: " + file.filename();
    }
    findings.add(best.file(), Reason.CHOSEN);
    if (best.name() instanceof FileName.Sdist) {
      findings.note(Note.BUILDS);
    }
    if (file.yanked()) {
      findings.note(Note.YANKED);
    }
    return "";
  }

  private String hashFailure(NamedFile best) {
    boolean pinless = pip.rules().has(Habit.HASHES_WITHOUT_PIN) && !hashes.checked().isEmpty();
    if (!pinless && !isPinned()) {
      return "hashes are given, so the requirement must pin its version with == or ===";
    }
    if (hashes.checked().isEmpty()) {
      findings.add(best, Reason.HASH_NOT_GIVEN);
      return request.constraints().of(wanted.project()).stream()
              .allMatch(line -> line.hashes().isEmpty())
          ? "a constraint of another project has a hash, so every file needs one"
          : "hashes are required, and none counts for " + wanted.project();
    }
    AllowedHashes.Answer answer = hashes.checked().of(best.file().hashes());
    if (answer == AllowedHashes.Answer.REFUSED) {
      findings.add(best, Reason.HASH_NOT_ALLOWED);
      return "the hash of " + best.file().filename() + " is none of those that are allowed";
    }
    if (answer == AllowedHashes.Answer.UNKNOWN) {
      findings.note(Note.HASH_CHECKED_LATER);
    }
    return "";
  }

  /** In hash-checking mode pip wants one specifier with an equality operator, wildcard or not. */
  private boolean isPinned() {
    var specifiers = wanted.requirement().specifiers().specifiers();
    return specifiers.size() == 1 && specifiers.get(0).operator().toString().matches("===?");
  }
}
