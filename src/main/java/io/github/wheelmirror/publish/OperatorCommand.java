package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs a command that the operator configured for a region, in the region's folder and with the
 * environment of Maven: it is the operator's own and may need a ticket or a token.
 *
 * <p>{@code WHEEL_MIRROR_REGION}, and where there is one {@code WHEEL_MIRROR_CHANNEL} and {@code
 * WHEEL_MIRROR_SNAPSHOT}, say what it is run for.
 */
final class OperatorCommand {
  /** A volume of some terabytes on a slow line; whoever wants less has {@code timeout}. */
  private static final Limits LIMITS = new Limits(Duration.ofHours(12), 64L << 20);

  private static final int SHOWN_LINES = 10;

  private final String region;
  private final Path folder;
  private final Faults faults;
  private final String parameter;
  private final String line;

  /**
   * @param parameter the name in the configuration, for messages
   * @param line for the shell; "" does nothing
   */
  OperatorCommand(RegionContext region, String parameter, String line) {
    this(
        region.name(), region.settings().root().toAbsolutePath(), region.faults(), parameter, line);
  }

  /** The same for a region that is no folder, to be run in some other one. */
  OperatorCommand(String region, Path folder, Faults faults, String parameter, String line) {
    this.region = region;
    this.folder = folder;
    this.faults = faults;
    this.parameter = parameter;
    this.line = line;
  }

  /** Whether the operator configured one. */
  boolean isGiven() {
    return !line.isEmpty();
  }

  /** For a channel's snapshot. */
  void run(String slug, String snapshot) throws IOException {
    run(Map.of("WHEEL_MIRROR_CHANNEL", slug, "WHEEL_MIRROR_SNAPSHOT", snapshot));
  }

  /** For the whole region. */
  void run() throws IOException {
    run(Map.of());
  }

  private void run(Map<String, String> what) throws IOException {
    if (!isGiven()) {
      return;
    }
    faults.at(parameter);
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.putAll(what);
    environment.put("WHEEL_MIRROR_REGION", region);
    ProcessOutcome outcome =
        ProcessRunner.create()
            .run(Command.of(List.of("sh", "-c", line), folder, environment), LIMITS);
    if (!outcome.succeeded()) {
      throw MirrorException.machinery(
          "<" + parameter + "> of region " + region + " failed",
          line + ": " + outcome.describe() + printed(outcome),
          "see why, and run the goal again: it goes on where it stopped",
          null);
    }
  }

  private static String printed(ProcessOutcome outcome) {
    List<String> lines = outcome.transcript().output().lines().filter(l -> !l.isBlank()).toList();
    return lines.isEmpty()
        ? " (it printed nothing)"
        : lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).stream()
            .map(String::strip)
            .collect(Collectors.joining("; ", "; it printed: ", ""));
  }
}
