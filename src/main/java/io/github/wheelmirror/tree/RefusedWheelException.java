package io.github.wheelmirror.tree;

import io.github.wheelmirror.MirrorException;
import java.util.List;

/** A wheel does not enter the wheelhouse because of what is in it. */
public final class RefusedWheelException extends MirrorException {

  private static final long serialVersionUID = 1L;

  private final transient List<WheelProblem> problems;

  RefusedWheelException(String filename, List<WheelProblem> problems, String fix) {
    super(Kind.INPUT, filename + " is not a sound wheel", words(problems), fix, null);
    this.problems = List.copyOf(problems);
  }

  /** The errors found; at least one. */
  public List<WheelProblem> problems() {
    return problems;
  }

  private static String words(List<WheelProblem> problems) {
    String first = problems.get(0).words();
    return problems.size() == 1
        ? first
        : first + " (and " + (problems.size() - 1) + " more problems)";
  }
}
