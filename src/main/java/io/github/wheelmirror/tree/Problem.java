package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import java.util.Comparator;
import java.util.Objects;

/**
 * Something that the verifier found.
 *
 * @param code such as {@code regression}, one of {@link Checks}
 * @param where the file, page or pin; with branch and Python where it has them
 * @param words what is wrong
 * @param fix what a person can do
 * @param accepted why a person accepted it, {@code ""} if nobody did
 */
public record Problem(
    Severity severity,
    String code,
    String where,
    String words,
    String fix,
    @JacksonInject(value = Json.NO_TEXT, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String accepted)
    implements Comparable<Problem> {

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::severity)
          .thenComparing(Problem::code)
          .thenComparing(Problem::where)
          .thenComparing(Problem::words);

  public Problem {
    Objects.requireNonNull(severity);
    Require.notBlank(code, "the code of a problem");
    Objects.requireNonNull(where);
    Require.notBlank(words, "the words of a problem");
    Objects.requireNonNull(fix);
    Objects.requireNonNull(accepted);
  }

  /** One that nobody accepted. */
  public Problem(Severity severity, String code, String where, String words, String fix) {
    this(severity, code, where, words, fix, "");
  }

  /** One that blocks a release. */
  public static Problem error(String code, String where, String words, String fix) {
    return new Problem(Severity.ERROR, code, where, words, fix);
  }

  /** One that some client may stumble over. */
  public static Problem warning(String code, String where, String words, String fix) {
    return new Problem(Severity.WARNING, code, where, words, fix);
  }

  /** The same as a person accepted it: no longer a reason to look at it. */
  Problem accepted(String why) {
    return new Problem(Severity.INFO, code, where, words, fix, why);
  }

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }
}
