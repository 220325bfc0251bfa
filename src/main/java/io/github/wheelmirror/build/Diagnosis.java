package io.github.wheelmirror.build;

import java.util.Objects;

/**
 * What a failed build's output tells.
 *
 * @param why for a person, no full stop
 * @param fix what a person can do; always names the exclude as the last way
 */
public record Diagnosis(FailureClass failureClass, String why, String fix) {
  public Diagnosis {
    Objects.requireNonNull(failureClass);
    Check.notBlank(why, "why a build failed");
    Check.notBlank(fix, "how to fix a build");
  }
}
