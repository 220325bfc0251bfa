package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.List;
import java.util.Objects;

/**
 * One upstream wheel to copy.
 *
 * @param targets that it serves, sorted
 */
public record DownloadWork(RemoteFile file, Pin pin, List<TargetId> targets) {
  public DownloadWork {
    Objects.requireNonNull(pin);
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(file.filename() + " is for no target");
    }
  }

  /** Names the work in {@link PlanState.Mirror#download} and in results. */
  public String id() {
    return id(file.filename(), StrongHash.of(file));
  }

  static String id(String filename, String hash) {
    return hash + "/" + filename;
  }
}
