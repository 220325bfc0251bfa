package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What clients of a channel see change from one snapshot to another.
 *
 * @param from id of a snapshot
 * @param to id of a snapshot
 * @param branches those of which something changed, by name
 * @param files those that changed, by name
 * @param addedBytes of wheels that only the second one has
 * @param removedBytes of wheels that only the first one has
 */
public record SnapshotDifference(
    String slug,
    String from,
    String to,
    List<BranchDifference> branches,
    List<FileDifference> files,
    long addedBytes,
    long removedBytes) {

  /**
   * What a branch serves otherwise.
   *
   * @param added of projects that it did not serve
   * @param removed of projects that it does not serve any more
   * @param changed projects with other versions
   * @param rebuilt pins that other files serve
   */
  public record BranchDifference(
      String branch,
      List<Pin> added,
      List<Pin> removed,
      List<ChangedProject> changed,
      List<Pin> rebuilt) {

    /** Copies. */
    public BranchDifference {
      Objects.requireNonNull(branch);
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      changed = List.copyOf(changed);
      rebuilt = List.copyOf(rebuilt);
    }

    boolean isEmpty() {
      return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && rebuilt.isEmpty();
    }
  }

  /** A project that a branch serves in other versions; more than one where markers differ. */
  public record ChangedProject(ProjectName project, List<Version> from, List<Version> to) {

    /** Copies. */
    public ChangedProject {
      Objects.requireNonNull(project);
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /** What became of a file. */
  public enum FileChange {
    /** It was not listed. */
    ADDED,
    /** It is not listed any more. */
    REMOVED,
    /** No branch wants it any more: it is listed as yanked. */
    SUPERSEDED,
    /** Some branch wants it again. */
    WANTED_AGAIN,
    /** It has another content, which no release of ours does. */
    REPLACED;

    @JsonValue
    @Override
    public String toString() {
      return EnumText.of(this);
    }
  }

  /**
   * A file that changed.
   *
   * @param size bytes, in the second snapshot if it has the file
   */
  public record FileDifference(String filename, FileChange change, long size) {}

  /** Copies. */
  public SnapshotDifference {
    TreeLayout.slug(slug);
    Require.digest(from, "a snapshot's id");
    Require.digest(to, "a snapshot's id");
    branches = List.copyOf(branches);
    files = List.copyOf(files);
  }

  /**
   * Compares two manifests of one channel.
   *
   * @throws IllegalArgumentException if they are of two
   */
  public static SnapshotDifference of(Manifest from, Manifest to) {
    if (!from.slug().equals(to.slug())) {
      throw new IllegalArgumentException(from.slug() + " is no earlier " + to.slug());
    }
    return new SnapshotDifference(
        from.slug(),
        from.id(),
        to.id(),
        branches(from, to),
        files(from, to),
        bytesOnlyIn(to, from),
        bytesOnlyIn(from, to));
  }

  /** Whether clients see nothing change. */
  public boolean isEmpty() {
    return branches.isEmpty() && files.isEmpty();
  }

  /** How many files changed so. */
  public long count(FileChange change) {
    return files.stream().filter(file -> file.change() == change).count();
  }

  private static List<BranchDifference> branches(Manifest from, Manifest to) {
    return Stream.concat(from.served().stream(), to.served().stream())
        .map(ManifestServed::branch)
        .distinct()
        .sorted()
        .map(branch -> branch(branch, from, to))
        .filter(branch -> !branch.isEmpty())
        .toList();
  }

  private static BranchDifference branch(String branch, Manifest from, Manifest to) {
    SortedMap<ProjectName, SortedMap<Pin, SortedSet<String>>> old = served(branch, from);
    SortedMap<ProjectName, SortedMap<Pin, SortedSet<String>>> now = served(branch, to);
    List<ChangedProject> changed = new ArrayList<>();
    List<Pin> rebuilt = new ArrayList<>();
    old.forEach(
        (project, pins) -> {
          SortedMap<Pin, SortedSet<String>> other = now.getOrDefault(project, new TreeMap<>());
          if (!other.isEmpty() && !other.keySet().equals(pins.keySet())) {
            changed.add(new ChangedProject(project, versions(pins), versions(other)));
          }
          pins.forEach(
              (pin, files) -> {
                if (!files.equals(other.getOrDefault(pin, files))) {
                  rebuilt.add(pin);
                }
              });
        });
    return new BranchDifference(
        branch, pinsOnlyIn(now, old), pinsOnlyIn(old, now), changed, rebuilt);
  }

  private static SortedMap<ProjectName, SortedMap<Pin, SortedSet<String>>> served(
      String branch, Manifest manifest) {
    SortedMap<ProjectName, SortedMap<Pin, SortedSet<String>>> served = new TreeMap<>();
    for (ManifestServed each : manifest.served()) {
      if (each.branch().equals(branch)) {
        served
            .computeIfAbsent(each.pin().name(), project -> new TreeMap<>())
            .computeIfAbsent(each.pin(), pin -> new TreeSet<>())
            .add(each.filename());
      }
    }
    return served;
  }

  private static List<Version> versions(SortedMap<Pin, SortedSet<String>> pins) {
    return pins.keySet().stream().map(Pin::version).toList();
  }

  private static List<Pin> pinsOnlyIn(
      SortedMap<ProjectName, SortedMap<Pin, SortedSet<String>>> one,
      SortedMap<ProjectName, SortedMap<Pin, SortedSet<String>>> other) {
    return one.entrySet().stream()
        .filter(entry -> !other.containsKey(entry.getKey()))
        .flatMap(entry -> entry.getValue().keySet().stream())
        .toList();
  }

  private static List<FileDifference> files(Manifest from, Manifest to) {
    Map<String, ManifestFile> old = byName(from);
    Map<String, ManifestFile> now = byName(to);
    List<FileDifference> files = new ArrayList<>();
    now.forEach(
        (name, file) -> {
          ManifestFile before = old.get(name);
          if (before == null) {
            files.add(new FileDifference(name, FileChange.ADDED, file.size()));
          } else if (!before.sha256().equals(file.sha256())) {
            files.add(new FileDifference(name, FileChange.REPLACED, file.size()));
          } else if (before.superseded() != file.superseded()) {
            FileChange change = file.superseded() ? FileChange.SUPERSEDED : FileChange.WANTED_AGAIN;
            files.add(new FileDifference(name, change, file.size()));
          }
        });
    old.forEach(
        (name, file) -> {
          if (!now.containsKey(name)) {
            files.add(new FileDifference(name, FileChange.REMOVED, file.size()));
          }
        });
    files.sort(Comparator.comparing(FileDifference::filename));
    return files;
  }

  private static Map<String, ManifestFile> byName(Manifest manifest) {
    return manifest.files().stream()
        .collect(Collectors.toMap(ManifestFile::filename, Function.identity()));
  }

  private static long bytesOnlyIn(Manifest one, Manifest other) {
    Set<String> has = other.files().stream().map(ManifestFile::sha256).collect(Collectors.toSet());
    return one.files().stream()
        .filter(file -> !has.contains(file.sha256()))
        .mapToLong(ManifestFile::size)
        .sum();
  }
}
