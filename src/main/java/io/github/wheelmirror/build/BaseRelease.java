package io.github.wheelmirror.build;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the previous release of a channel holds and served.
 *
 * @param snapshot its id
 * @param serial counts the channel's releases
 * @param files every file it lists, and those of releases that were rolled back to it; one per file
 *     name
 * @param served by a file of it; what upstream served is not here
 * @param retired what it listed once and does not any more
 */
public record BaseRelease(
    String slug,
    String snapshot,
    long serial,
    List<WheelFile> files,
    List<Served> served,
    List<RetiredWheel> retired) {

  /** One that never listed more than it does. */
  public BaseRelease(
      String slug, String snapshot, long serial, List<WheelFile> files, List<Served> served) {
    this(slug, snapshot, serial, files, served, List.of());
  }

  public BaseRelease {
    Check.notBlank(slug, "the slug of a release");
    Check.notBlank(snapshot, "the snapshot of a release");
    files = List.copyOf(files);
    served = List.copyOf(served);
    retired = List.copyOf(retired);
    if (serial < 0) {
      throw new IllegalArgumentException("release " + serial + " of " + slug);
    }
    Set<String> names = new HashSet<>();
    for (WheelFile file : files) {
      if (!names.add(file.filename())) {
        throw new IllegalArgumentException(slug + " lists " + file.filename() + " twice");
      }
    }
    for (Served each : served) {
      if (!names.contains(each.filename())) {
        throw new IllegalArgumentException(slug + " served " + each.filename() + ", not listed");
      }
    }
  }
}
