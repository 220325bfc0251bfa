package io.github.wheelmirror.build;

import static java.util.stream.Collectors.joining;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.Version;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Says why no file of a page serves a pin on a target, and what the index has instead. */
record Shortfall(
    Pin pin,
    ProjectFiles files,
    ProjectFiles.Release release,
    PlanTarget target,
    PlanSettings settings) {

  /** Of long lists a person sees this many. */
  private static final int SHOWN = 6;

  CandidateSelection.NoChoice explain() {
    if (files.page().files().isEmpty()) {
      return new CandidateSelection.NoChoice(
          UnsatisfiableReason.NO_SUCH_PROJECT,
          files.page().exists()
              ? "the index knows " + pin.name() + " but has no usable file of it" + leftOut()
              : "the index has no project " + pin.name());
    }
    if (release.isEmpty()) {
      return new CandidateSelection.NoChoice(UnsatisfiableReason.NO_SUCH_VERSION, otherVersions());
    }
    List<RemoteFile> fitting = fitting();
    List<QuarantinedWheel> quarantined =
        fitting.stream()
            .filter(this::admitted)
            .flatMap(file -> settings.quarantined(file).stream())
            .toList();
    if (!quarantined.isEmpty()) {
      return new CandidateSelection.NoChoice(
          UnsatisfiableReason.QUARANTINED,
          "in quarantine: "
              + list(quarantined, file -> file.filename() + " (" + file.reason() + ")"));
    }
    if (fitting.stream().anyMatch(this::admitted)) {
      return new CandidateSelection.NoChoice(UnsatisfiableReason.NO_STRONG_HASH, unhashed(fitting));
    }
    if (!fitting.isEmpty() || all().noneMatch(this::admitted)) {
      return new CandidateSelection.NoChoice(UnsatisfiableReason.REQUIRES_PYTHON, shutOut());
    }
    return new CandidateSelection.NoChoice(UnsatisfiableReason.NO_COMPATIBLE_FILE, otherTargets());
  }

  private Stream<RemoteFile> all() {
    return Stream.concat(
        release.wheels().stream().map(ProjectFiles.Wheel::file),
        release.sdists().stream().map(ProjectFiles.Sdist::file));
  }

  private boolean admitted(RemoteFile file) {
    return target.admits(file.requiresPython());
  }

  /** Files for this platform and Python if one does not look at Requires-Python and hashes. */
  private List<RemoteFile> fitting() {
    return Stream.concat(
            release.wheels().stream()
                .filter(wheel -> target.priority(wheel.name()).isPresent())
                .map(ProjectFiles.Wheel::file),
            release.sdists().stream()
                .filter(sdist -> sdist.name().pythonVersion().map(target::isPython).orElse(true))
                .map(ProjectFiles.Sdist::file))
        .toList();
  }

  private String otherVersions() {
    Optional<Version> spelled = files.otherSpelling(pin.version());
    if (spelled.isPresent()) {
      return "the index has "
          + spelled.orElseThrow()
          + ", which is the same version but another text, and === compares texts";
    }
    List<Version> newest = files.newest(3, pin.version());
    return "the index has no file of version "
        + pin.version()
        + (newest.isEmpty() ? "" : "; its newest are " + list(newest, Version::toString))
        + leftOut();
  }

  /** Entries of the page that could have been meant. */
  private String leftOut() {
    return files.page().ignored().stream()
        .filter(entry -> entry.entry().contains("-" + pin.version()))
        .findFirst()
        .map(entry -> "; " + entry.entry() + " was left out: " + entry.reason())
        .orElse("");
  }

  private String unhashed(List<RemoteFile> fitting) {
    return "the index gives no sha256 or better for "
        + list(fitting.stream().filter(this::admitted).toList(), RemoteFile::filename);
  }

  private String shutOut() {
    return "its files require Python "
        + list(
            new TreeSet<>(
                all().filter(file -> !admitted(file)).map(RemoteFile::requiresPython).toList()),
            Function.identity())
        + ", the target is "
        + target.python();
  }

  private String otherTargets() {
    if (release.wheels().isEmpty()) {
      return "the index has only sdists for another Python: "
          + list(release.sdists(), sdist -> sdist.file().filename());
    }
    List<Tag> tags =
        release.wheels().stream().flatMap(wheel -> wheel.name().tags().stream()).toList();
    return "the index has no sdist, and wheels only for "
        + list(
            new TreeSet<>(tags.stream().map(tag -> tag.interpreter() + "-" + tag.abi()).toList()),
            Function.identity())
        + " on "
        + list(new TreeSet<>(tags.stream().map(Tag::platform).toList()), Function.identity());
  }

  private static <T> String list(Collection<T> values, Function<T, String> words) {
    String shown = values.stream().limit(SHOWN).map(words).collect(joining(", "));
    return values.size() > SHOWN ? shown + " and " + (values.size() - SHOWN) + " more" : shown;
  }
}
