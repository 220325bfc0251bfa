package io.github.wheelmirror.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * The process that holds a lock or stages a snapshot.
 *
 * @param host the machine's name
 * @param pid the process there
 * @param started when that process began, as an ISO instant; tells a later process with the same
 *     pid apart
 */
record Owner(String host, long pid, String started) {
  private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Duration CLOCK_SET = Duration.ofMinutes(1);

  Owner {
    Objects.requireNonNull(host);
    Objects.requireNonNull(started);
  }

  /** Asked for once: each lock of a flip writes it down. */
  private static final class Self {
    static final Owner OWNER =
        new Owner(thisHost(), ProcessHandle.current().pid(), started(ProcessHandle.current()));
  }

  /** This process. */
  static Owner self() {
    return Self.OWNER;
  }

  /** Whether the process may still run; yes for another machine's, where one cannot look. */
  boolean mayRun() {
    return !host.equals(thisHost())
        || ProcessHandle.of(pid).map(found -> isSame(started, started(found))).orElse(false);
  }

  /** Linux counts from when it booted, and says when that was anew whenever the clock is set. */
  private static boolean isSame(String started, String found) {
    try {
      Duration apart = Duration.between(Instant.parse(started), Instant.parse(found));
      return apart.abs().compareTo(CLOCK_SET) <= 0;
    } catch (DateTimeParseException e) {
      // where the system does not tell, both are empty
      return started.equals(found);
    }
  }

  /** For error messages. */
  String words() {
    return "process " + pid + " on " + host + ", started " + started;
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String thisHost() {
    try {
      return Files.readString(LINUX_HOST_NAME).strip();
    } catch (IOException e) {
      // no Linux: the environment's word is enough for a message
      return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "this machine");
    }
  }
}
