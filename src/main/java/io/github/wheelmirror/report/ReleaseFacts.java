package io.github.wheelmirror.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.util.List;
import java.util.Objects;

/**
 * A past release and what changed with it.
 *
 * @param slug the channel
 * @param before the snapshot that it is compared with, {@code ""} if it is the first one known
 * @param known whether the region still had its snapshot; else nothing below is known
 * @param files wheels that it lists
 * @param bytes of these wheels together
 * @param coverage how much of what was wanted it serves
 * @param added pins of projects that a branch did not serve before, over all branches
 * @param removed pins of projects that a branch does not serve any more
 * @param changed projects of branches that are served in another version
 * @param rebuilt pins of branches that another file serves
 * @param changes each of these
 */
public record ReleaseFacts(
    String slug,
    long serial,
    String snapshot,
    String released,
    String before,
    boolean known,
    int files,
    long bytes,
    Share coverage,
    int added,
    int removed,
    int changed,
    int rebuilt,
    List<Change> changes) {

  public ReleaseFacts {
    Objects.requireNonNull(slug);
    Objects.requireNonNull(snapshot);
    Objects.requireNonNull(released);
    Objects.requireNonNull(before);
    changes = List.copyOf(changes);
  }

  /** One whose snapshot is gone. */
  public static ReleaseFacts gone(String slug, long serial, String snapshot, String released) {
    return new ReleaseFacts(
        slug, serial, snapshot, released, "", false, 0, 0, Share.NONE, 0, 0, 0, 0, List.of());
  }

  /**
   * What changed of a project in a branch; the same versions if only the file did.
   *
   * @param from empty if it was not served
   * @param to empty if it is not served any more
   */
  public record Change(String branch, ProjectName project, List<Version> from, List<Version> to) {

    @JsonCreator
    public Change {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }

    /** {@code 1.0 → 1.1}, {@code new 1.1}, {@code gone, was 1.0} or {@code 1.1 by another file}. */
    String words() {
      if (from.isEmpty()) {
        return "new " + texts(to);
      }
      if (to.isEmpty()) {
        return "gone, was " + texts(from);
      }
      // 1.0 and 1.0.0 are equal versions and two pins
      return texts(from).equals(texts(to))
          ? texts(to) + " by another file"
          : texts(from) + " → " + texts(to);
    }

    private static String texts(List<Version> versions) {
      return String.join(", ", versions.stream().map(Version::toString).toList());
    }
  }
}
