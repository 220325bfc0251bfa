package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;
import java.util.Comparator;
import java.util.Objects;

/**
 * What one real client made of one branch on one Python.
 *
 * @param python such as {@code cp312}
 * @param client with version if it is known, such as {@code pip 26.3}
 * @param pins how many it was asked for
 * @param closed how many of them with everything that they require
 * @param words why it is not as it should be, {@code ""} if it is
 */
public record ClosureRun(
    String branch, String python, String client, State state, int pins, int closed, String words)
    implements Comparable<ClosureRun> {

  private static final Comparator<ClosureRun> ORDER =
      Comparator.comparing(ClosureRun::branch)
          .thenComparing(ClosureRun::python, Manifest.PYTHON_ORDER)
          .thenComparing(ClosureRun::client);

  /** How it ended; {@code same}, {@code not-checked} and so on in JSON. */
  public enum State {
    /** It takes exactly the manifest's files. */
    SAME,
    /** It takes others. */
    OTHER,
    /** It finds no solution. */
    REFUSED,
    /** Nobody asked it: it is not here. Never a pass. */
    NOT_CHECKED;

    /** Reads what {@link #toString} wrote. */
    @JsonCreator
    public static State parse(String text) {
      return EnumText.parse(State.class, text);
    }

    @JsonValue
    @Override
    public String toString() {
      return EnumText.of(this);
    }
  }

  public ClosureRun {
    Require.notBlank(branch, "the branch of a client's run");
    Require.notBlank(python, "the Python of a client's run");
    Require.notBlank(client, "the client of a run");
    Objects.requireNonNull(state);
    Objects.requireNonNull(words);
  }

  @Override
  public int compareTo(ClosureRun other) {
    return ORDER.compare(this, other);
  }
}
