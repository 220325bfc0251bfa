package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import java.util.Objects;

/**
 * One target of a build.
 *
 * @param work the {@link BuildWork#id}
 */
public record WorkTarget(String work, TargetId target) {
  public WorkTarget {
    Check.notBlank(work, "the build work");
    Objects.requireNonNull(target);
  }

  @Override
  public String toString() {
    return work + " for " + target;
  }
}
