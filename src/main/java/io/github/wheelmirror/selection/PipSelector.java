package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.selection.PipRules.Habit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

  @Override
  public Explanation explain(SelectionRequest request) {
    return new Run(request).explain();
  }

  private List<NamedFile> named(Place place, ProjectName project) {
    return place.named(
        place.role() == Place.Role.FIND_LINKS_DIRECTORY ? namesInDirectories : namesOnPages,
        project);
  }

  /** One request. */
  private final class Run {
    private final SelectionRequest request;
    private final SelectionOptions options;
    private final Wanted wanted;
    private final VersionRule required;
    private final VersionRule constrained;
    private final VersionRule combined;
    private final Formats formats;
    private final Findings findings = new Findings();

    Run(SelectionRequest request) {
      this.request = request;
      this.options = request.options();
      this.wanted = Wanted.of(request, target.environment());
      this.required = new VersionRule(wanted.requirement().specifiers(), rules.specifiers());
      this.constrained = new VersionRule(wanted.constrained(), rules.specifiers());
      this.combined = new VersionRule(wanted.combined(), rules.specifiers());
      this.formats = Formats.ofPip(options.formats(), wanted.project());
    }

    Explanation explain() {
      return findings.explain(
          tool, wanted, choose(), request.places(), place -> named(place, wanted.project()));
    }

    /** Finds something of every file; returns why none is chosen. */
    private String choose() {
      String failure = inputFailure();
      if (!failure.isEmpty()) {
        return failure;
      }
      List<PipCandidate> candidates = withAllowedVersion(usable());
      candidates = withAllowedHash(withAllowedPreRelease(candidates));
      candidates = new ArrayList<>(candidates);
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
          rules.has(Habit.LEGACY_VERSIONS)
              ? request.constraints().unreadableBeforePep440(wanted.project())
              : request.constraints().unreadable();
      if (!unreadable.isEmpty()) {
        return unreadable;
      }
      if (!request.constraints().withExtras().isEmpty()) {
        return request.constraints().withExtras();
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

    /** In the order of collection: what comes later wins where all else is equal. */
    private List<NamedFile> collected() {
      List<NamedFile> collected = new ArrayList<>();
      for (Place place : request.places()) {
        if (place.role() == Place.Role.FIND_LINKS_DIRECTORY) {
          collected.addAll(named(place, wanted.project()));
        }
      }
      collected.sort(Comparator.comparing(PipSelector::fileUrl).reversed());
      for (Place.Role role :
          List.of(Place.Role.FIND_LINKS_PAGE, Place.Role.INDEX, Place.Role.EXTRA_INDEX)) {
        for (Place place : request.places()) {
          if (place.role() == role) {
            collected.addAll(named(place, wanted.project()));
          }
        }
      }
      return collected;
    }

    private List<PipCandidate> usable() {
      List<PipCandidate> usable = new ArrayList<>();
      for (NamedFile file : collected()) {
        if (!findings.refused(file)) {
          candidate(file, (FileName.Accepted) file.name()).ifPresent(usable::add);
        }
      }
      return usable;
    }

    private Optional<PipCandidate> candidate(NamedFile file, FileName.Accepted name) {
      int tagRank = tags.tags().size();
      if (!formats.allow(name)) {
        findings.add(file, Reason.FORMAT_NOT_ALLOWED);
        return Optional.empty();
      }
      if (name instanceof FileName.Wheel wheel) {
        OptionalInt priority = tags.priority(wheel.tags());
        if (priority.isEmpty()) {
          findings.add(file, Reason.INCOMPATIBLE_TAG);
          return Optional.empty();
        }
        tagRank = priority.getAsInt();
      } else if (name instanceof FileName.Sdist sdist
          && !sdist.pythonVersion().isEmpty()
          && !sdist.pythonVersion().equals(minorPython)) {
        findings.add(file, Reason.OTHER_PYTHON, sdist.pythonVersion());
        return Optional.empty();
      }
      if (!requiresPython.admits(file.file().requiresPython())) {
        findings.add(file, Reason.REQUIRES_PYTHON, file.file().requiresPython());
        return Optional.empty();
      }
      return Optional.of(
          new PipCandidate(file, name, tagRank, options.allows(file.file().hashes())));
    }

    private List<PipCandidate> withAllowedVersion(List<PipCandidate> candidates) {
      List<PipCandidate> allowed = new ArrayList<>();
      String requirement = wanted.requirement().specifiers().toString();
      String constraint = wanted.constrained().toString();
      for (PipCandidate candidate : candidates) {
        if (!accepts(required, candidate.name())) {
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
      if (finals.isEmpty() && (combined.isEmpty() || rules.specifiers().fallsBackToPreReleases())) {
        return candidates;
      }
      candidates.stream()
          .filter(PipCandidate::isPreRelease)
          .forEach(candidate -> findings.add(candidate.file(), Reason.PRE_RELEASE));
      return finals;
    }

    private List<PipCandidate> withAllowedHash(List<PipCandidate> candidates) {
      if (candidates.stream().noneMatch(PipCandidate::hashAllowed)) {
        return candidates;
      }
      List<PipCandidate> kept = new ArrayList<>();
      for (PipCandidate candidate : candidates) {
        if (candidate.hashAllowed() || candidate.file().file().hashes().isEmpty()) {
          kept.add(candidate);
        } else {
          findings.add(candidate.file(), Reason.HASH_NOT_ALLOWED);
        }
      }
      return kept;
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
      if (!options.hashes().isEmpty()) {
        if (!rules.has(Habit.HASHES_WITHOUT_PIN) && !isPinned()) {
          return "hashes are given, so the requirement must pin its version with == or ===";
        }
        if (!file.hashes().isEmpty() && !best.hashAllowed()) {
          findings.add(best.file(), Reason.HASH_NOT_ALLOWED);
          return "the hash of " + file.filename() + " is none of those that are allowed";
        }
        if (file.hashes().isEmpty()) {
          findings.note(Note.HASH_CHECKED_LATER);
        }
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

    /** In hash-checking mode pip wants one specifier with an equality operator, wildcard or not. */
    private boolean isPinned() {
      var specifiers = wanted.requirement().specifiers().specifiers();
      return specifiers.size() == 1 && specifiers.get(0).operator().toString().matches("===?");
    }
  }

  /** pip sorts files of directories by their quoted URL. */
  private static String fileUrl(NamedFile file) {
    String path = file.place().name();
    String url = path + (path.endsWith("/") ? "" : "/") + file.file().filename();
    var quoted = new StringBuilder();
    for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "_.-~/:".indexOf(c) >= 0);
      quoted.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return quoted.toString();
  }
}
