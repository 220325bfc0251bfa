package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Target;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Recognises one kind of failure by a line of the output.
 *
 * @param pattern searched in each line; no nested repetition, so that hostile lines cost little
 */
record FailureRule(Pattern pattern, FailureClass failureClass, Words why, Words fix) {

  /** Makes words for a person from what matched. */
  @FunctionalInterface
  interface Words {
    String of(MatchResult match, Target target);
  }

  /** A rule whose words are the same whatever matched; {@code $1} is the first group. */
  static FailureRule of(FailureClass failureClass, String regex, String why, String fix) {
    return of(failureClass, regex, why, filled(fix));
  }

  static FailureRule of(FailureClass failureClass, String regex, String why, Words fix) {
    return new FailureRule(Pattern.compile(regex), failureClass, filled(why), fix);
  }

  private static Words filled(String template) {
    return (match, target) -> {
      String filled =
          template.replace("$python", target.fullVersion()).replace("$slug", target.id().slug());
      return match.groupCount() > 0 && match.group(1) != null
          ? filled.replace("$1", match.group(1))
          : filled;
    };
  }
}
