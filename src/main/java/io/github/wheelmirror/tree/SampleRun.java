package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.constraints.Pin;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A sample of a branch's pins that was installed on one Python, and tried.
 *
 * @param python such as {@code cp312}
 * @param client with version if it is known, such as {@code pip 26.3}
 * @param pins the sample; what they require was installed too
 * @param imported how many of their modules could be imported
 * @param failures their modules that could not
 * @param words why it is not as it should be, {@code ""} if it is
 */
public record SampleRun(
    String branch,
    String python,
    String client,
    State state,
    List<Pin> pins,
    int imported,
    List<ImportFailure> failures,
    String words)
    implements Comparable<SampleRun> {

  private static final Comparator<SampleRun> ORDER =
      Comparator.comparing(SampleRun::branch)
          .thenComparing(SampleRun::python, Manifest.PYTHON_ORDER)
          .thenComparing(SampleRun::client);

  /** How it ended; {@code installed}, {@code not-checked} and so on in JSON. */
  public enum State {
    /** Installed, and the installer finds nothing wrong; what can be imported is another matter. */
    INSTALLED,
    /** Installed, and the installer's own check finds requirements that are not met. */
    INCONSISTENT,
    /** The installer could not install it. */
    REFUSED,
    /** Nobody tried. Never a pass. */
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

  public SampleRun {
    Require.notBlank(branch, "the branch of a sample");
    Require.notBlank(python, "the Python of a sample");
    Require.notBlank(client, "the client of a sample");
    Objects.requireNonNull(state);
    pins = pins.stream().sorted().toList();
    failures = failures.stream().sorted().toList();
    Objects.requireNonNull(words);
  }

  @Override
  public int compareTo(SampleRun other) {
    return ORDER.compare(this, other);
  }
}
