package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes what uv keeps of listed files, for one request. */
final class UvEntries {

  /** On a page uv orders the files of one version by kind, then name. */
  private static final Comparator<UvEntry> PAGE_ORDER =
      Comparator.comparing(UvEntry::isWheel).thenComparing(entry -> entry.file().file().filename());

  /** Find-links files by kind, extension or tags, then URL, paths after URLs. */
  private static final Comparator<UvEntry> FLAT_ORDER =
      Comparator.comparing(UvEntry::isWheel)
          .thenComparing(UvEntries::isCompressed)
          .thenComparing(UvEntries::extension)
          .thenComparing(entry -> entry.file().place().role() == Place.Role.FIND_LINKS_DIRECTORY)
          .thenComparing(entry -> entry.file().place().name());

  private final UvSelector uv;
  private final ProjectName project;
  private final Formats formats;
  private final Set<Version> yankedAllowed = new HashSet<>();
  private final UvHashes hashes;
  private final @Nullable UploadLimit limit;
  private final Findings findings;

  /**
   * For a request.
   *
   * @param findings where files go of which nothing is kept
   */
  UvEntries(
      UvSelector uv, SelectionOptions options, Wanted wanted, UvHashes hashes, Findings findings) {
    this.uv = uv;
    this.hashes = hashes;
    this.limit = options.uploadedPriorTo();
    this.project = wanted.project();
    this.formats = Formats.ofUv(options.formats(), project);
    this.findings = findings;
    VersionRule.onlyPin(wanted.requirement().specifiers()).ifPresent(yankedAllowed::add);
    for (ConstraintLines.Line line : wanted.constraints()) {
      VersionRule.onlyPin(line.requirement().specifiers()).ifPresent(yankedAllowed::add);
    }
  }

  /** The files of all find-links locations. */
  List<UvEntry> flat(List<Place> places) {
    List<UvEntry> entries = new ArrayList<>();
    for (Place place : places) {
      if (place.role() == Place.Role.FIND_LINKS_DIRECTORY_PAGES) {
        uv.named(place, project).forEach(file -> findings.add(file, Reason.PAGE_NOT_READ));
      } else if (!place.role().isIndex()) {
        entries.addAll(read(place));
      }
    }
    entries.sort(FLAT_ORDER);
    return entries;
  }

  /** The files of an index. */
  List<UvEntry> of(Place index) {
    List<UvEntry> entries = read(index);
    entries.sort(PAGE_ORDER);
    return entries;
  }

  private List<UvEntry> read(Place place) {
    List<UvEntry> entries = new ArrayList<>();
    for (NamedFile file : uv.named(place, project)) {
      String requiresPython = file.file().requiresPython();
      if (findings.refused(file)) {
        continue;
      }
      if (uv.requiresPython().answer(requiresPython) == UvRequiresPython.Answer.UNREADABLE) {
        findings.add(file, Reason.UNREADABLE_REQUIRES_PYTHON, requiresPython);
      } else {
        entries.add(entry(file, (FileName.Accepted) file.name(), place.role().isIndex()));
      }
    }
    return entries;
  }

  private UvEntry entry(NamedFile file, FileName.Accepted name, boolean indexed) {
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
    if (file.file().yanked() && indexed && !yankedAllowed.contains(version)) {
      obstacle = Reason.YANKED;
    }
    if (!formats.allow(name)) {
      obstacle = Reason.FORMAT_NOT_ALLOWED;
    }
    // find-links files are taken whatever their age
    if (indexed && limit != null) {
      Instant uploaded = file.file().uploaded();
      if (uploaded == null) {
        obstacle = Reason.UPLOAD_TIME_UNKNOWN;
      } else if (!uploaded.isBefore(limit.dayEnd())) {
        obstacle = Reason.UPLOADED_TOO_LATE;
      }
    }
    return new UvEntry(file, name, obstacle, hashes.of(file.file(), version), tagRank);
  }

  private static boolean isCompressed(UvEntry entry) {
    return entry.name() instanceof FileName.Wheel wheel && wheel.tags().size() > 1;
  }

  private static String extension(UvEntry entry) {
    return entry.name() instanceof FileName.Sdist sdist ? sdist.extension() : "";
  }
}
