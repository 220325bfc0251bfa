package io.github.wheelmirror.report;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.ReportedPin;
import io.github.wheelmirror.build.ReportedState;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The failures of a report in the house form: what, why, fix, log, and the next command. */
public final class FailureLines {

  private static final String ABSENT =
      "correct the constraint, name an index that has it, or exclude the pin with a reason:"
          + " <exclude>…</exclude>";

  private FailureLines() {}

  /** Which branches on which target: failures with the same audience are told together. */
  private record Audience(List<String> branches, TargetId target) {

    String words() {
      return String.join(", ", branches) + " (" + target.slug() + ", " + python(target) + ")";
    }
  }

  private record Failure(Pin pin, String what, String why, String fix, String log) {}

  /** What kind of work failed: told apart, for the fixes differ. */
  private enum Kind {
    ABSENT("could not be found upstream"),
    DOWNLOAD("could not be downloaded"),
    BUILD("could not be built");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    static Kind of(FailureClass failureClass) {
      return failureClass == FailureClass.DOWNLOAD || failureClass == FailureClass.WRONG_HASH
          ? DOWNLOAD
          : BUILD;
    }
  }

  /**
   * The lines, without a level; empty if nothing failed.
   *
   * @param logs where the workspace is, to be put before a relative log path; {@code ""} for none
   */
  public static List<String> of(BuildReport report, String logs, String nextCommand) {
    Map<Kind, Map<Audience, List<Failure>>> failures = new EnumMap<>(Kind.class);
    Map<Audience, Integer> wanted = new LinkedHashMap<>();
    for (ReportedPin pin : report.pins()) {
      for (ReportedState state : pin.states()) {
        Audience audience = new Audience(state.branches(), state.target());
        if (!(state.outcome() instanceof Outcome.NotApplicable)) {
          state.branches().forEach(b -> wanted.merge(one(b, state), 1, Integer::sum));
        }
        if (state.outcome() instanceof Outcome.Failed f) {
          add(
              failures,
              Kind.of(f.failureClass()),
              audience,
              new Failure(pin.pin(), first(f.why()), rest(f), f.fix(), f.log()));
        } else if (state.outcome() instanceof Outcome.Unsatisfiable u) {
          add(failures, Kind.ABSENT, audience, new Failure(pin.pin(), u.words(), "", ABSENT, ""));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    failures.forEach(
        (kind, by) -> by.forEach((who, list) -> tell(lines, who, list, wanted, kind, logs)));
    if (failures.containsKey(Kind.BUILD) || failures.containsKey(Kind.DOWNLOAD)) {
      lines.add("  Build what is left again with: " + nextCommand);
    }
    return lines;
  }

  private static Audience one(String branch, ReportedState state) {
    return new Audience(List.of(branch), state.target());
  }

  private static void add(
      Map<Kind, Map<Audience, List<Failure>>> failures,
      Kind kind,
      Audience audience,
      Failure failure) {
    failures
        .computeIfAbsent(kind, k -> new LinkedHashMap<>())
        .computeIfAbsent(audience, a -> new ArrayList<>())
        .add(failure);
  }

  private static void tell(
      List<String> lines,
      Audience who,
      List<Failure> failures,
      Map<Audience, Integer> wanted,
      Kind kind,
      String logs) {
    int pins =
        who.branches().stream()
            .mapToInt(b -> wanted.getOrDefault(new Audience(List.of(b), who.target()), 0))
            .max()
            .orElse(0);
    lines.add(
        failures.size() + " of " + pins + " pins " + kind.words + " for " + who.words() + ".");
    for (Failure failure : failures) {
      lines.add(
          "  " + failure.pin().name() + " " + failure.pin().version() + "   " + failure.what());
      part(lines, "why", failure.why());
      part(lines, "fix", failure.fix());
      part(lines, "log", failure.log().isEmpty() ? "" : logs + failure.log());
    }
  }

  private static void part(List<String> lines, String label, String text) {
    String before = "      " + label + ": ";
    for (String line : text.strip().split("\n", -1)) {
      if (!line.isBlank()) {
        lines.add(before + line);
        before = "           ";
      }
    }
  }

  private static String first(String why) {
    return why.strip().lines().findFirst().orElse("");
  }

  private static String rest(Outcome.Failed failed) {
    return failed.why().strip().lines().skip(1).reduce((a, b) -> a + "\n" + b).orElse("");
  }

  /** {@code CPython 3.11} for {@code cp311}. */
  static String python(TargetId target) {
    String tag = target.python();
    return tag.matches("cp\\d{2,}t?") ? "CPython " + tag.charAt(2) + "." + tag.substring(3) : tag;
  }
}
