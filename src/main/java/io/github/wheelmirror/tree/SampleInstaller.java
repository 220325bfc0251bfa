package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A real installer that installs a few pins, with what they require, and tries them. */
public interface SampleInstaller {

  /**
   * Installs into a fresh environment, compiles the sources of the pins in memory, lets the
   * installer check it, and imports the top-level modules of the pins. An interrupt ends it, with
   * {@link Result.Absent} as the result.
   */
  Result install(Order order);

  /**
   * What is wanted from where.
   *
   * @param target on whose Python
   * @param index the staged channel's simple index
   * @param upstreamToo whether the configured index is asked for what the channel has not
   * @param constraints the branch's file of constraints
   * @param scratch a folder for it alone, which is removed by the caller
   */
  record Order(
      Target target,
      URI index,
      boolean upstreamToo,
      List<Pin> pins,
      Path constraints,
      Path scratch) {
    public Order {
      pins = List.copyOf(pins);
    }
  }

  /** What came of it. */
  sealed interface Result {

    /**
     * They are installed.
     *
     * @param client name and version, such as {@code pip 26.3}
     * @param inconsistent what its check said of the environment, {@code ""} if all is well
     * @param imported how many modules could be imported
     * @param failures those that could not
     * @param sources what can be compiled of each pin
     */
    record Installed(
        String client,
        String inconsistent,
        int imported,
        List<ImportFailure> failures,
        List<CompiledSources> sources)
        implements Result {
      public Installed {
        failures = List.copyOf(failures);
        sources = List.copyOf(sources);
      }
    }

    /**
     * It gave up.
     *
     * @param words the end of what it printed
     */
    record Refused(String client, String words) implements Result {}

    /**
     * It is not here, or did not come to an end.
     *
     * @param why in words
     */
    record Absent(String why) implements Result {}
  }
}
