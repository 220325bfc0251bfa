package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * How a hook's process ended, as its builder tells.
 *
 * @param code the exit code; 128 + n when signal n ended it
 * @param answer what the hook answered, an empty object if it did not
 * @param cpu of all its processes that were waited for
 * @param memory bytes, the most that its processes were seen to hold
 */
record HookEnd(How how, int code, JsonNode answer, Duration duration, Duration cpu, long memory) {

  /** Why it ended. */
  enum How {
    /** By itself. */
    EXIT,
    /** It took longer than it may. */
    TIMEOUT,
    /** It printed more than it may. */
    OUTPUT,
    /** It held more memory than it may. */
    MEMORY,
    /** It ran more processes than it may. */
    PROCESSES,
    /** It wrote more than it may, or the disk is full. */
    DISK,
    /** It could not be shut off, so nothing of it ran. */
    ISOLATION,
    /** It was asked to end. */
    KILLED,
    /** Its builder ended before it, or says nothing any more. */
    LOST
  }

  static HookEnd lost() {
    return new HookEnd(
        How.LOST, -1, JsonNodeFactory.instance.objectNode(), Duration.ZERO, Duration.ZERO, 0);
  }

  /** Reads an event; what cannot be read counts as lost. */
  static HookEnd of(JsonNode event) {
    How how;
    try {
      how = How.valueOf(event.path("how").asText().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      how = How.LOST;
    }
    return new HookEnd(
        how,
        event.path("code").asInt(-1),
        event.path("answer"),
        seconds(event.path("seconds")),
        seconds(event.path("cpu")),
        Math.max(0, event.path("memory").asLong()));
  }

  private static Duration seconds(JsonNode value) {
    return Duration.ofMillis((long) (Math.max(0, Math.min(value.asDouble(), 1e9)) * 1000));
  }
}
