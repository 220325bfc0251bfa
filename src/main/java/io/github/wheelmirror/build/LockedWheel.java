package io.github.wheelmirror.build;

import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.util.Objects;

/** A wheel of a lock, as the index offered it when it was locked; it has a strong hash. */
public record LockedWheel(ProjectName project, Version version, RemoteFile file) {
  public LockedWheel {
    Objects.requireNonNull(project);
    Objects.requireNonNull(version);
    if (file.hashes().isEmpty()) {
      throw new IllegalArgumentException(file.filename() + " has no hash to lock");
    }
  }

  /** What tells its bytes from others, as {@code algorithm:hex}. */
  public String hash() {
    return StrongHash.of(file);
  }
}
