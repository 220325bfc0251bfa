package io.github.wheelmirror.report;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What is being downloaded and built at a moment.
 *
 * @param done of all
 * @param total of downloads and builds
 * @param running what has begun and not ended, the longest first
 * @param left an estimate, zero if there is none
 * @param bytes that were downloaded so far
 * @param elapsed since the first began
 */
public record WorkState(
    int done, int total, List<Running> running, Duration left, long bytes, Duration elapsed) {

  /** Something that has begun. */
  public record Running(String name, Duration since) {
    public Running {
      Objects.requireNonNull(name);
      Objects.requireNonNull(since);
    }
  }

  public WorkState {
    running = List.copyOf(running);
    Objects.requireNonNull(left);
    Objects.requireNonNull(elapsed);
  }
}
