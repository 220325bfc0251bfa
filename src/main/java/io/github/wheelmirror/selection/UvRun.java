package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.SpecifierSet;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** One request to uv. */
final class UvRun {

  private final UvSelector uv;
  private final SelectionRequest request;
  private final Wanted wanted;
  private final VersionRule required;
  private final VersionRule constrained;
  private final Formats formats;
  private final Set<Version> yankedAllowed;
  private final Optional<Version> hashed;
  private final Findings findings = new Findings();
  private final List<UvEntry> entries = new ArrayList<>();

  /** One for each index that is used, in order: the versions it has. */
  private final List<TreeMap<Version, UvVersion>> maps = new ArrayList<>();

  /** Versions that were tried and given up, and because of what. */
  private final Map<Version, String> givenUp = new HashMap<>();

  /**
   * A version that is tried.
   *
   * @param map which index it is of
   */
  private record Pick(int map, Version version, Optional<UvEntry> file) {}

  UvRun(UvSelector uv, SelectionRequest request) {
    this.uv = uv;
    this.request = request;
    this.wanted = Wanted.of(request, uv.target().environment());
    SpecifierRules rules = uv.rules().specifiers();
    this.required = new VersionRule(wanted.requirement().specifiers(), rules);
    this.constrained = new VersionRule(wanted.constrained(), rules);
    this.formats = Formats.ofUv(request.options().formats(), wanted.project());
    this.yankedAllowed = pinnedVersions();
    this.hashed =
        request.options().hashes().isEmpty()
            ? Optional.empty()
            : pin(wanted.requirement().specifiers());
  }

  private Set<Version> pinnedVersions() {
    Set<Version> pinned = new HashSet<>();
    pin(wanted.requirement().specifiers()).ifPresent(pinned::add);
    for (ConstraintLines.Line line : wanted.constraints()) {
      pin(line.requirement().specifiers()).ifPresent(pinned::add);
    }
    return pinned;
  }

  /** The version of a set that is only an equality. */
  private static Optional<Version> pin(SpecifierSet set) {
    List<Specifier> specifiers = set.specifiers();
    return specifiers.size() == 1 && VersionRule.pins(specifiers.get(0))
        ? Version.tryParse(specifiers.get(0).versionText())
        : Optional.empty();
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
    return request.constraints().notVersion();
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
    List<UvEntry> flat = new ArrayList<>();
    for (Place place : request.places()) {
      if (!place.role().isIndex()) {
        flat.addAll(entries(place));
      }
    }
    flat.sort(FLAT_ORDER);
    for (Place place : used) {
      List<UvEntry> own = entries(place);
      own.sort(
          Comparator.comparing(UvEntry::isWheel)
              .thenComparing(entry -> entry.file().file().filename()));
      addMap(flat, own);
    }
    if (used.isEmpty()) {
      addMap(flat, List.of());
    }
  }

  /** uv orders find-links files by kind, extension or tags, then URL, a path after a URL. */
  private static final Comparator<UvEntry> FLAT_ORDER =
      Comparator.comparing(UvEntry::isWheel)
          .thenComparing(UvRun::isCompressed)
          .thenComparing(UvRun::extension)
          .thenComparing(entry -> entry.file().place().role() == Place.Role.FIND_LINKS_DIRECTORY)
          .thenComparing(entry -> entry.file().place().name());

  private static boolean isCompressed(UvEntry entry) {
    return entry.name() instanceof FileName.Wheel wheel && wheel.tags().size() > 1;
  }

  private static String extension(UvEntry entry) {
    return entry.name() instanceof FileName.Sdist sdist ? sdist.extension() : "";
  }

  private void addMap(List<UvEntry> flat, List<UvEntry> own) {
    TreeMap<Version, UvVersion> map = new TreeMap<>();
    for (List<UvEntry> part : List.of(flat, own)) {
      for (UvEntry entry : part) {
        map.computeIfAbsent(entry.version(), version -> new UvVersion()).add(entry);
      }
    }
    maps.add(map);
  }

  private List<UvEntry> entries(Place place) {
    List<UvEntry> found = new ArrayList<>();
    for (NamedFile file : uv.named(place, wanted.project())) {
      if (findings.refused(file)) {
        continue;
      }
      if (uv.requiresPython().answer(file.file().requiresPython())
          == UvRequiresPython.Answer.UNREADABLE) {
        findings.add(file, Reason.UNREADABLE_REQUIRES_PYTHON, file.file().requiresPython());
        continue;
      }
      found.add(entry(file, (FileName.Accepted) file.name(), place.role().isIndex()));
    }
    entries.addAll(found);
    return found;
  }

  private UvEntry entry(NamedFile file, FileName.Accepted name, boolean indexed) {
    ListedFile listed = file.file();
    Version version = Objects.requireNonNull(name.version());
    Reason obstacle = null;
    int tagRank = 0;
    if (name instanceof FileName.Wheel wheel) {
      OptionalInt priority = uv.tags().priority(wheel.tags());
      tagRank = priority.orElse(0);
      obstacle = priority.isEmpty() ? Reason.INCOMPATIBLE_TAG : null;
    } else if (name instanceof FileName.Sdist sdist
        && !uv.rules().sdistExtensions().contains(sdist.extension())) {
      obstacle = Reason.UNSUPPORTED_ARCHIVE;
    }
    // find-links files are never seen as yanked
    if (listed.yanked() && indexed && !yankedAllowed.contains(version)) {
      obstacle = Reason.YANKED;
    }
    if (!formats.allow(name)) {
      obstacle = Reason.FORMAT_NOT_ALLOWED;
    }
    return new UvEntry(file, name, obstacle, hash(listed, version), tagRank);
  }

  /** Hashes are checked for the pinned version and its local versions. */
  private UvEntry.Hash hash(ListedFile listed, Version version) {
    boolean checked =
        hashed.isPresent()
            && (hashed.get().equals(version) || hashed.get().equals(version.publicVersion()));
    if (!checked) {
      return UvEntry.Hash.MATCHED;
    }
    if (listed.hashes().isEmpty()) {
      return UvEntry.Hash.MISSING;
    }
    return request.options().allows(listed.hashes())
        ? UvEntry.Hash.MATCHED
        : UvEntry.Hash.MISMATCHED;
  }

  private Optional<Pick> search() {
    for (Optional<Pick> pick = next(); pick.isPresent(); pick = next()) {
      Optional<UvEntry> file = pick.get().file();
      if (file.isEmpty()) {
        givenUp.put(pick.get().version(), "none of its files can be used");
        continue;
      }
      ListedFile listed = file.get().file().file();
      if (uv.requiresPython().answer(listed.requiresPython()) == UvRequiresPython.Answer.ADMITS) {
        return pick;
      }
      findings.add(file.get().file(), Reason.REQUIRES_PYTHON, listed.requiresPython());
      givenUp.put(pick.get().version(), listed.filename());
    }
    return Optional.empty();
  }

  private Optional<Pick> next() {
    boolean firstMatch = uv.tool().strategy() == IndexStrategy.UNSAFE_FIRST_MATCH;
    if (request.options().pre()) {
      return next(0, maps.size(), true, true);
    }
    if (!firstMatch) {
      return next(0, maps.size(), true, false).or(() -> next(0, maps.size(), false, true));
    }
    for (int i = 0; i < maps.size(); i++) {
      int map = i;
      Optional<Pick> pick =
          next(map, map + 1, true, false).or(() -> next(map, map + 1, false, true));
      if (pick.isPresent()) {
        return pick;
      }
    }
    return Optional.empty();
  }

  /** What is tried next in some of the maps. */
  private Optional<Pick> next(int from, int to, boolean stable, boolean preReleases) {
    if (uv.tool().strategy() == IndexStrategy.UNSAFE_BEST_MATCH) {
      return highest(from, to, stable, preReleases);
    }
    for (int map = from; map < to; map++) {
      Optional<Pick> pick = highest(map, map + 1, stable, preReleases);
      if (pick.isPresent()) {
        return pick;
      }
    }
    return Optional.empty();
  }

  /** The highest version in any of the maps; of several with it the first that can be used. */
  private Optional<Pick> highest(int from, int to, boolean stable, boolean preReleases) {
    Optional<Pick> best = Optional.empty();
    for (int map = from; map < to; map++) {
      for (Map.Entry<Version, UvVersion> each : maps.get(map).descendingMap().entrySet()) {
        Version version = each.getKey();
        boolean wantedKind = version.isPreRelease() ? preReleases : stable;
        if (!wantedKind || givenUp.containsKey(version) || !isAllowed(version)) {
          continue;
        }
        int order = best.map(pick -> version.compareTo(pick.version())).orElse(1);
        boolean better =
            order > 0 || order == 0 && best.map(pick -> pick.file().isEmpty()).orElse(true);
        if (better) {
          best = Optional.of(new Pick(map, version, each.getValue().best()));
        }
        break;
      }
    }
    return best;
  }

  private boolean isAllowed(Version version) {
    return required.accepts(version) && constrained.accepts(version);
  }

  private void explainEntries(Optional<Pick> chosen) {
    for (UvEntry entry : entries) {
      NamedFile file = entry.file();
      Version version = entry.version();
      if (findings.has(file)) {
        continue;
      }
      if (!entry.isUsable()) {
        findings.add(file, entry.whyNot().orElseThrow());
      } else if (!required.accepts(version)) {
        findings.add(
            file, Reason.EXCLUDED_BY_REQUIREMENT, wanted.requirement().specifiers().toString());
      } else if (!constrained.accepts(version)) {
        findings.add(file, Reason.EXCLUDED_BY_CONSTRAINT, wanted.constrained().toString());
      } else if (givenUp.containsKey(version)) {
        findings.add(file, Reason.VERSION_GIVEN_UP, givenUp.getOrDefault(version, ""));
      } else if (chosen.isPresent()) {
        explainLoser(entry, chosen.get());
      }
    }
  }

  private void explainLoser(UvEntry entry, Pick chosen) {
    UvEntry best = chosen.file().orElseThrow();
    if (entry == best) {
      return;
    }
    NamedFile file = entry.file();
    int order = entry.version().compareTo(chosen.version());
    if (order == 0) {
      boolean sameMap =
          file.place() == best.file().place()
              || !file.place().role().isIndex()
              || !best.file().place().role().isIndex();
      Reason reason = sameMap ? entry.lostTo(best) : Reason.OTHER_PLACE;
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
    if (best.hash() == UvEntry.Hash.MISMATCHED) {
      findings.add(best.file(), Reason.HASH_NOT_ALLOWED);
      return "the hash of " + file.filename() + " is none of those that are allowed";
    }
    findings.add(best.file(), Reason.CHOSEN);
    if (best.hash() == UvEntry.Hash.MISSING) {
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
