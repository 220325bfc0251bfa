package io.github.wheelmirror.tree;

import java.util.Comparator;
import java.util.Objects;

/**
 * Something that the verifier found.
 *
 * @param code such as {@code regression}, for filters
 * @param where the file, page or pin; with branch and Python where it has them
 * @param words what is wrong
 * @param fix what a person can do
 */
public record Problem(Severity severity, String code, String where, String words, String fix)
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
  }

  /** One that blocks a release. */
  public static Problem error(String code, String where, String words, String fix) {
    return new Problem(Severity.ERROR, code, where, words, fix);
  }

  /** One that clients cope with. */
  public static Problem warning(String code, String where, String words, String fix) {
    return new Problem(Severity.WARNING, code, where, words, fix);
  }

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }
}
