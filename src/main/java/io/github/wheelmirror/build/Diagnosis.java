package io.github.wheelmirror.build;

import java.util.Objects;

/**
 * What is known of a failed download or build.
 *
 * @param symptom one line: what a person would see first, the telling line of the log if there is
 *     one
 * @param why explains the symptom, no full stop
 * @param fix what a person can do, {@code ""} if nothing is known
 */
public record Diagnosis(FailureClass failureClass, String symptom, String why, String fix) {
  public Diagnosis {
    Objects.requireNonNull(failureClass);
    symptom =
        Check.notBlank(symptom, "the symptom of a failure").strip().replaceAll("\\R\\s*", " ");
    Check.notBlank(why, "why it failed");
    Objects.requireNonNull(fix);
  }
}
