package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.InvalidWheelFilenameException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.ReferenceWheel;
import io.github.wheelmirror.python.SdistFilename;
import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.python.WheelFilename;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A project page by version: its file names are read once, however many pins ask.
 *
 * <p>A version is found by its normal form as text, as pip's {@code ===} compares.
 */
final class ProjectFiles {

  /**
   * @param position on the page
   */
  record Wheel(RemoteFile file, WheelFilename name, int position) {}

  /**
   * @param position on the page
   */
  record Sdist(RemoteFile file, SdistFilename name, int position) {}

  /** All usable files of one version, in page order. */
  record Release(List<Wheel> wheels, List<Sdist> sdists) {
    boolean isEmpty() {
      return wheels.isEmpty() && sdists.isEmpty();
    }

    /** How many of the wheels are compiled. */
    CompiledUpstream compiled() {
      List<Tag> tags = wheels.stream().flatMap(wheel -> wheel.name().tags().stream()).toList();
      List<Tag> linux = tags.stream().filter(tag -> tag.platform().contains("linux")).toList();
      boolean all =
          !tags.isEmpty()
              && tags.stream().noneMatch(tag -> tag.platform().equals("any"))
              && linux.stream().noneMatch(tag -> tag.abi().equals("none"));
      if (all) {
        return CompiledUpstream.ALL;
      }
      return linux.stream().anyMatch(tag -> !tag.abi().equals("none"))
          ? CompiledUpstream.SOME
          : CompiledUpstream.NONE;
    }

    /** The wheel whose files should be most like those of one that is built for the target. */
    Optional<RemoteFile> reference(TargetId target) {
      String machine = target.slug().substring(target.slug().lastIndexOf('-') + 1);
      return ReferenceWheel.choose(
              target.python(), machine, wheels.stream().map(Wheel::name).toList())
          .flatMap(name -> wheels.stream().filter(wheel -> wheel.name().equals(name)).findFirst())
          .map(Wheel::file);
    }
  }

  private record Numbered(RemoteFile file, int position) {}

  private static final Release NONE = new Release(List.of(), List.of());

  private final ProjectPage page;
  private final Map<String, Boolean> ownNames = new HashMap<>();
  private final Map<String, Version> versions = new HashMap<>();
  private final Map<String, List<Numbered>> wheels = new HashMap<>();
  private final Map<String, List<Sdist>> sdists = new HashMap<>();

  ProjectFiles(ProjectPage page) {
    this.page = page;
    Map<String, Optional<Version>> spelled = new HashMap<>();
    for (int i = 0; i < page.files().size(); i++) {
      RemoteFile file = page.files().get(i);
      if (file.filename().endsWith(".whl")) {
        addWheel(file, i, spelled);
      } else {
        addSdist(file, i);
      }
    }
  }

  ProjectPage page() {
    return page;
  }

  /** Only the version is read here: a page has thousands of wheels and a few are wanted. */
  private void addWheel(
      RemoteFile file, int position, Map<String, Optional<Version>> spelledVersions) {
    String filename = file.filename();
    int first = filename.indexOf('-');
    int second = filename.indexOf('-', first + 1);
    if (first <= 0 || second < 0 || !isPageName(filename.substring(0, first))) {
      return;
    }
    spelledVersions
        .computeIfAbsent(filename.substring(first + 1, second), Version::tryParse)
        .ifPresent(
            version ->
                wheels
                    .computeIfAbsent(remember(version), key -> new ArrayList<>())
                    .add(new Numbered(file, position)));
  }

  private boolean isPageName(String spelled) {
    return ownNames.computeIfAbsent(
        spelled, text -> ProjectName.normalize(text).equals(page.name().value()));
  }

  private void addSdist(RemoteFile file, int position) {
    SdistFilename.forProject(file.filename(), page.name())
        .ifPresent(
            name ->
                sdists
                    .computeIfAbsent(remember(name.version()), key -> new ArrayList<>())
                    .add(new Sdist(file, name, position)));
  }

  private String remember(Version version) {
    String text = version.toString();
    versions.putIfAbsent(text, version);
    return text;
  }

  /** All versions that have files, newest first. */
  List<Version> newestFirst() {
    return versions.values().stream()
        .sorted(
            Comparator.<Version, Version>comparing(Function.identity())
                .reversed()
                .thenComparing(Version::toString))
        .toList();
  }

  /** The files of exactly this spelling of the version. */
  Release release(Version version) {
    String text = version.toString();
    if (!versions.containsKey(text)) {
      return NONE;
    }
    List<Wheel> found =
        wheels.getOrDefault(text, List.of()).stream()
            .map(this::parsed)
            .flatMap(Optional::stream)
            .toList();
    return new Release(found, List.copyOf(sdists.getOrDefault(text, List.of())));
  }

  private Optional<Wheel> parsed(Numbered numbered) {
    try {
      WheelFilename name = WheelFilename.parse(numbered.file().filename());
      return Optional.of(new Wheel(numbered.file(), name, numbered.position()));
    } catch (InvalidWheelFilenameException e) {
      return Optional.empty();
    }
  }

  /**
   * The newest other versions that have files, newest first; pre-releases only if there is no
   * other.
   */
  List<Version> newest(int limit, Version except) {
    List<Version> all = newestFirst().stream().filter(version -> !version.equals(except)).toList();
    List<Version> finals = all.stream().filter(version -> !version.isPreRelease()).toList();
    return (finals.isEmpty() ? all : finals).stream().limit(limit).toList();
  }

  /** A version that is equal by PEP 440 but spelled in another way, so that {@code ===} differs. */
  Optional<Version> otherSpelling(Version version) {
    return versions.values().stream()
        .filter(each -> each.equals(version) && !each.toString().equals(version.toString()))
        .min(Comparator.comparing(Version::toString));
  }
}
