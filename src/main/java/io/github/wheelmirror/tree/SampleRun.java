package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.Json;
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
 * @param sources what can be compiled of each of the pins, none of one without a list of files
 */
public record SampleRun(
    String branch,
    String python,
    String client,
    State state,
    List<Pin> pins,
    int imported,
    List<ImportFailure> failures,
    String words,
    @JacksonInject(value = Json.NO_LIST, useInput = OptBoolean.TRUE) List<CompiledSources> sources)
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
    sources = sources.stream().sorted().toList();
  }

  /** The modules that were imported and the sources that can be compiled, of how many. */
  public String tried() {
    return tried(List.of(this));
  }

  /** As {@link #tried()} of all of them together, such as {@code 3 of 4 modules imported, …}. */
  public static String tried(List<SampleRun> runs) {
    int imported = runs.stream().mapToInt(SampleRun::imported).sum();
    int failed = runs.stream().mapToInt(run -> run.failures().size()).sum();
    int compiled = 0;
    int sources = 0;
    int skipped = 0;
    for (CompiledSources each : runs.stream().flatMap(run -> run.sources().stream()).toList()) {
      compiled += each.compiled();
      sources += each.compiled() + each.failed();
      skipped += each.skipped();
    }
    return "%d of %d modules imported, %d of %d sources compile"
            .formatted(imported, imported + failed, compiled, sources)
        + (skipped > 0 ? ", " + skipped + " not tried" : "");
  }

  @Override
  public int compareTo(SampleRun other) {
    return ORDER.compare(this, other);
  }
}
