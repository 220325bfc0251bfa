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
 */
public record BaseRelease(
    String slug, String snapshot, long serial, List<WheelFile> files, List<Served> served) {
  public BaseRelease {
    Check.notBlank(slug, "the slug of a release");
    Check.notBlank(snapshot, "the snapshot of a release");
    files = List.copyOf(files);
    served = List.copyOf(served);
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
