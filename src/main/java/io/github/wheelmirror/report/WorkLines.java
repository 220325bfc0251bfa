package io.github.wheelmirror.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What runs and what was done, in words. */
final class WorkLines {

  /** More would push away what was said before. */
  private static final int MOST_RUNNING = 8;

  private static final Duration RATE_NEEDS = Duration.ofSeconds(2);

  private WorkLines() {}

  /** The live area: how far it is, then what runs. */
  static List<String> live(WorkState state) {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("  [" + state.done() + "/" + state.total() + "]");
    if (state.elapsed().compareTo(RATE_NEEDS) >= 0) {
      if (state.done() > 0) {
        double minutes = state.elapsed().toMillis() / 60_000.0;
        head.append(String.format(Locale.ROOT, " %.0f a minute", state.done() / minutes));
      }
      if (state.bytes() > 0) {
        double seconds = state.elapsed().toMillis() / 1000.0;
        head.append(", ")
            .append(ByteCount.words(state.bytes()))
            .append(" downloaded, ")
            .append(ByteCount.words((long) (state.bytes() / seconds)))
            .append("/s");
      }
    }
    if (!state.left().isZero()) {
      head.append(", about ").append(About.time(state.left())).append(" left");
    }
    lines.add(head.toString());
    List<WorkState.Running> running = state.running();
    for (WorkState.Running each : running.subList(0, Math.min(MOST_RUNNING, running.size()))) {
      lines.add(
          String.format(
              Locale.ROOT, "    %5d s  %s", each.since().toSeconds(), Printable.text(each.name())));
    }
    if (running.size() > MOST_RUNNING) {
      lines.add("    and " + (running.size() - MOST_RUNNING) + " more");
    }
    return lines;
  }

  /** How far the index is. */
  static String asked(int answered, int total) {
    return String.format(Locale.ROOT, "the index: %,d of %,d projects", answered, total);
  }

  /** What a run did. */
  static String tally(WorkTally tally) {
    List<String> parts = new ArrayList<>();
    if (tally.built() > 0) {
      parts.add(tally.built() + " built");
    }
    if (tally.downloaded() > 0) {
      parts.add(tally.downloaded() + " downloaded");
    }
    parts.add(tally.present() + " there before");
    List<String> open = new ArrayList<>();
    if (tally.failed() > 0) {
      open.add(tally.failed() + (tally.failed() == 1 ? " failure" : " failures"));
    }
    if (tally.absent() > 0) {
      open.add(tally.absent() + (tally.absent() == 1 ? " pin" : " pins") + " not found upstream");
    }
    return "  wheels: "
        + String.join(", ", parts)
        + " ("
        + About.time(tally.took())
        + ")"
        + (open.isEmpty() ? "" : "; " + String.join(", ", open));
  }
}
