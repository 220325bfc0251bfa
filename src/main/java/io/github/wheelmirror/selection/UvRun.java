package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.selection.UvSearch.Pick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One request to uv. */
final class UvRun {

  private final UvSelector uv;
  private final SelectionRequest request;
  private final Wanted wanted;
  private final VersionRule required;
  private final VersionRule constrained;
  private final UvHashes hashes;
  private final UvSearch search;
  private final Findings findings = new Findings();
  private final List<UvEntry> entries = new ArrayList<>();

  UvRun(UvSelector uv, SelectionRequest request) {
    this.uv = uv;
    this.request = request;
    this.wanted = Wanted.of(request, uv.target().environment());
    this.hashes = UvHashes.of(request, wanted, uv.target());
    SpecifierRules rules = uv.rules().specifiers();
    this.required = new VersionRule(wanted.requirement().specifiers(), rules);
    this.constrained = new VersionRule(wanted.constrained(), rules);
    this.search =
        new UvSearch(
            uv.tool().strategy(),
            request.options().pre(),
            version -> required.accepts(version) && constrained.accepts(version));
  }

  Explanation explain() {
    return findings.explain(
        uv.tool(), wanted, choose(), request.places(), place -> uv.named(place, wanted.project()));
  }

  /** Finds something of every file; returns why none is chosen. */
  private String choose() {
    String failure = inputFailure();
    if (!failure.isEmpty()) {
      return failure;
    }
    List<Place> used = new ArrayList<>();
    failure = searched(used);
    if (!failure.isEmpty()) {
      return failure;
    }
    collect(used);
    Optional<Pick> chosen = search();
    explainEntries(chosen);
    return chosen.isEmpty() ? "no file fits" : accept(chosen.get().file().orElseThrow());
  }

  private String inputFailure() {
    if (!wanted.failure().isEmpty()) {
      return wanted.failure();
    }
    if (wanted.requirement().specifiers().specifiers().stream()
        .anyMatch(ConstraintLines::comparesText)) {
      return "behind === stands no version: " + wanted.requirement();
    }
    return Stream.of(
            request.constraints().unreadable(),
            request.constraints().notVersion(),
            hashes.failure())
        .filter(failure -> !failure.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Adds the indexes that are used; returns why the search fails. */
  private String searched(List<Place> used) {
    for (Place place : request.places()) {
      if (!place.role().isIndex() && place.answer() != Place.Answer.SERVED) {
        return "find-links " + place.name() + " cannot be read";
      }
    }
    boolean first = uv.tool().strategy() == IndexStrategy.FIRST_INDEX;
    boolean stopped = false;
    for (Place place : indexes()) {
      if (stopped) {
        uv.named(place, wanted.project())
            .forEach(file -> findings.add(file, Reason.INDEX_NOT_SEARCHED));
      } else if (place.answer() == Place.Answer.SERVED) {
        used.add(place);
        stopped = first;
      } else if (place.answer() == Place.Answer.REFUSED) {
        stopped = first;
      } else if (place.answer() != Place.Answer.NOT_FOUND) {
        return "the page of " + place.name() + " cannot be used";
      }
    }
    return "";
  }

  /** The default index is searched last. */
  private List<Place> indexes() {
    List<Place> indexes = new ArrayList<>();
    for (Place.Role role : List.of(Place.Role.EXTRA_INDEX, Place.Role.INDEX)) {
      request.places().stream().filter(place -> place.role() == role).forEach(indexes::add);
    }
    return indexes;
  }

  private void collect(List<Place> used) {
    UvEntries maker = new UvEntries(uv, request.options(), wanted, hashes, findings);
    List<UvEntry> flat = maker.flat(request.places());
    entries.addAll(flat);
    for (Place place : used) {
      List<UvEntry> own = maker.of(place);
      entries.addAll(own);
      List<UvEntry> both = new ArrayList<>(flat);
      both.addAll(own);
      search.add(both);
    }
    if (used.isEmpty()) {
      search.add(flat);
    }
  }

  private Optional<Pick> search() {
    for (Optional<Pick> pick = search.next(); pick.isPresent(); pick = search.next()) {
      Optional<UvEntry> file = pick.get().file();
      if (file.isEmpty()) {
        search.giveUp(pick.get().version(), "none of its files can be used");
        continue;
      }
      ListedFile listed = file.get().file().file();
      if (uv.requiresPython().answer(listed.requiresPython()) == UvRequiresPython.Answer.ADMITS) {
        return pick;
      }
      findings.add(file.get().file(), Reason.REQUIRES_PYTHON, listed.requiresPython());
      search.giveUp(pick.get().version(), listed.filename());
    }
    return Optional.empty();
  }

  private void explainEntries(Optional<Pick> chosen) {
    String requirement = wanted.requirement().specifiers().toString();
    String constraint = wanted.constrained().toString();
    for (UvEntry entry : entries) {
      NamedFile file = entry.file();
      Version version = entry.version();
      if (findings.has(file)) {
        continue;
      }
      if (!entry.isUsable()) {
        findings.add(file, entry.whyNot().orElseThrow());
      } else if (!required.accepts(version)) {
        findings.add(file, Reason.EXCLUDED_BY_REQUIREMENT, requirement);
      } else if (!constrained.accepts(version)) {
        findings.add(file, Reason.EXCLUDED_BY_CONSTRAINT, constraint);
      } else if (search.whyGivenUp(version).isPresent()) {
        findings.add(file, Reason.VERSION_GIVEN_UP, search.whyGivenUp(version).orElseThrow());
      } else if (chosen.isPresent()) {
        explainLoser(entry, chosen.get());
      }
    }
  }

  private void explainLoser(UvEntry entry, Pick chosen) {
    UvEntry best = chosen.file().orElseThrow();
    NamedFile file = entry.file();
    int order = entry.version().compareTo(chosen.version());
    if (entry == best) {
      return;
    }
    if (order == 0) {
      // find-links files compete with those of every index
      boolean compared =
          file.place() == best.file().place()
              || !file.place().role().isIndex()
              || !best.file().place().role().isIndex();
      Reason reason = compared ? entry.lostTo(best) : Reason.OTHER_PLACE;
      findings.add(file, reason, reason == Reason.OTHER_PLACE ? best.file().place().name() : "");
      if (reason == Reason.ORDER) {
        findings.note(Note.TIE);
      }
    } else if (entry.version().isPreRelease()
        && !chosen.version().isPreRelease()
        && !request.options().pre()) {
      findings.add(file, Reason.PRE_RELEASE);
    } else if (order < 0) {
      findings.add(
          file, Reason.LOWER_VERSION, entry.version() + " is lower than " + chosen.version());
    } else {
      findings.add(file, Reason.OTHER_PLACE, best.file().place().name());
    }
  }

  private String accept(UvEntry best) {
    ListedFile file = best.file().file();
    AllowedHashes.Answer answer = hashes.check(file, best.version());
    if (answer == AllowedHashes.Answer.REFUSED) {
      findings.add(best.file(), Reason.HASH_NOT_ALLOWED);
      return "the hash of " + file.filename() + " is none of those that are allowed";
    }
    findings.add(best.file(), Reason.CHOSEN);
    if (answer == AllowedHashes.Answer.UNKNOWN) {
      findings.note(Note.HASH_CHECKED_LATER);
    }
    if (!best.isWheel()) {
      findings.note(Note.BUILDS);
    }
    if (file.yanked()) {
      findings.note(Note.YANKED);
    }
    return "";
  }
}
