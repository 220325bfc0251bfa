package io.github.wheelmirror.report;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.ReportedPin;
import io.github.wheelmirror.build.ReportedState;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The failures of a report in the house form: the symptom beside the pin, why, fix, log, and the
 * next command. Pins of one cause are told together.
 */
public final class FailureLines {

  private static final int WIDTH = 100;

  /** More are counted: they are in the report. */
  private static final int LISTED = 60;

  private static final String CPYTHON = "CPython ";

  private FailureLines() {}

  /** Which branches on which targets of one slug: what they have in common is told once. */
  private record Audience(List<String> branches, List<TargetId> targets) {

    String words() {
      String pythons =
          targets.stream()
              .map(FailureLines::python)
              .collect(Collectors.joining(", "))
              .replace(", " + CPYTHON, ", ");
      return String.join(", ", branches) + " (" + targets.get(0).slug() + ", " + pythons + ")";
    }
  }

  /** What several pins may have in common. */
  private record Cause(String symptom, String why, String fix) {}

  /**
   * A failure.
   *
   * @param named whether the symptom names a file or version, which is another one for each pin
   */
  private record Failure(Pin pin, Cause cause, boolean named, List<String> logs) {

    static Failure of(Pin pin, Outcome.Failed failed) {
      return new Failure(
          pin,
          new Cause(failed.symptom(), failed.why(), failed.fix()),
          Kind.of(failed.failureClass()) == Kind.DOWNLOAD
              || failed.failureClass() == FailureClass.DISK_FULL,
          failed.log().isEmpty() ? List.of() : List.of(failed.log()));
    }

    static Failure of(Pin pin, Outcome.Unsatisfiable absent) {
      return new Failure(
          pin,
          new Cause(
              absent.words(),
              UnsatisfiableWords.why(absent.reason()),
              UnsatisfiableWords.fix(absent.reason())),
          true,
          List.of());
    }

    Cause comparable() {
      return named ? new Cause("", cause.why(), cause.fix()) : cause;
    }

    @Override
    public String toString() {
      return pin.name() + " " + pin.version();
    }
  }

  /** What kind of work failed: told apart, for the fixes differ. */
  private enum Kind {
    ABSENT("could not be found upstream"),
    DOWNLOAD("could not be downloaded"),
    REFUSED("were refused"),
    BUILD("could not be built");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    static Kind of(FailureClass failureClass) {
      return switch (failureClass) {
        case DOWNLOAD, WRONG_HASH -> DOWNLOAD;
        case REFUSED_WHEEL -> REFUSED;
        default -> BUILD;
      };
    }
  }

  /**
   * The lines, without a level; empty if nothing failed.
   *
   * @param logs where the workspace is, to be put before a relative log path; {@code ""} for none
   */
  public static List<String> of(BuildReport report, String logs, String nextCommand) {
    Map<Kind, Map<Audience, List<Failure>>> failures = new EnumMap<>(Kind.class);
    Map<String, Integer> wanted = new HashMap<>();
    for (ReportedPin pin : report.pins()) {
      for (ReportedState state : pin.states()) {
        if (!(state.outcome() instanceof Outcome.NotApplicable)) {
          state.branches().forEach(b -> wanted.merge(one(b, state.target()), 1, Integer::sum));
        }
      }
      failuresOf(pin)
          .forEach(
              (where, list) ->
                  failures
                      .computeIfAbsent(where.kind(), k -> new LinkedHashMap<>())
                      .computeIfAbsent(where.audience(list), a -> new ArrayList<>())
                      .add(together(list)));
    }
    List<String> lines = new ArrayList<>();
    failures.forEach(
        (kind, by) ->
            by.forEach(
                (who, list) -> {
                  lines.add(head(who, list, wanted, kind));
                  alike(list).forEach(group -> tell(lines, group, logs));
                }));
    if (failures.keySet().stream().anyMatch(kind -> kind != Kind.ABSENT)) {
      lines.add("  Build what is left again with: " + nextCommand);
    }
    return lines;
  }

  /** One pin's failures of one kind, cause and set of branches. */
  private record Where(Kind kind, List<String> branches, String slug, Cause cause) {

    Audience audience(List<OnTarget> failures) {
      return new Audience(branches, failures.stream().map(OnTarget::target).sorted().toList());
    }
  }

  private record OnTarget(TargetId target, Failure failure) {}

  private static Map<Where, List<OnTarget>> failuresOf(ReportedPin pin) {
    Map<Where, List<OnTarget>> failures = new LinkedHashMap<>();
    for (ReportedState state : pin.states()) {
      Kind kind;
      Failure failure;
      if (state.outcome() instanceof Outcome.Failed failed) {
        kind = Kind.of(failed.failureClass());
        failure = Failure.of(pin.pin(), failed);
      } else if (state.outcome() instanceof Outcome.Unsatisfiable absent) {
        kind = Kind.ABSENT;
        failure = Failure.of(pin.pin(), absent);
      } else {
        continue;
      }
      Where where = new Where(kind, state.branches(), state.target().slug(), failure.cause());
      failures
          .computeIfAbsent(where, w -> new ArrayList<>())
          .add(new OnTarget(state.target(), failure));
    }
    return failures;
  }

  private static Failure together(List<OnTarget> failures) {
    Failure first = failures.get(0).failure();
    List<String> logs =
        failures.stream().flatMap(each -> each.failure().logs().stream()).distinct().toList();
    return new Failure(first.pin(), first.cause(), first.named(), logs);
  }

  private static String one(String branch, TargetId target) {
    return branch + " " + target;
  }

  /** The branch and target with the most pins is what the failures are counted among. */
  private static String head(
      Audience who, List<Failure> failures, Map<String, Integer> wanted, Kind kind) {
    int pins =
        who.branches().stream()
            .flatMap(branch -> who.targets().stream().map(target -> one(branch, target)))
            .mapToInt(each -> wanted.getOrDefault(each, 0))
            .max()
            .orElse(0);
    return failures.size() + " of " + pins + " pins " + kind.words + " for " + who.words() + ".";
  }

  /** Those with one cause together, in the order in which the first of each comes. */
  private static Collection<List<Failure>> alike(List<Failure> failures) {
    Map<Cause, List<Failure>> groups = new LinkedHashMap<>();
    for (Failure failure : failures) {
      groups.computeIfAbsent(failure.comparable(), c -> new ArrayList<>()).add(failure);
    }
    return groups.values();
  }

  private static void tell(List<String> lines, List<Failure> group, String logs) {
    Failure first = group.get(0);
    boolean several = group.size() > 1;
    boolean same = group.stream().allMatch(each -> each.cause().equals(first.cause()));
    lines.add(
        "  "
            + (several ? group.size() + " pins" : first)
            + "   "
            + first.cause().symptom()
            + (same ? "" : ", and the like"));
    if (several) {
      part(lines, "pins", wrapped(group));
    }
    part(lines, "why", first.cause().why());
    part(lines, "fix", first.cause().fix());
    List<String> files = group.stream().flatMap(each -> each.logs().stream()).toList();
    if (!files.isEmpty()) {
      String more = files.size() > 1 ? " and " + (files.size() - 1) + " more beside it" : "";
      part(lines, "log", logs + files.get(0) + more);
    }
  }

  private static String wrapped(List<Failure> group) {
    StringBuilder text = new StringBuilder();
    int begin = 0;
    for (Failure failure : group.subList(0, Math.min(LISTED, group.size()))) {
      if (text.length() > begin && text.length() - begin + failure.toString().length() > WIDTH) {
        text.append(",\n");
        begin = text.length();
      } else if (text.length() > 0) {
        text.append(", ");
      }
      text.append(failure);
    }
    if (group.size() > LISTED) {
      text.append(" and ").append(group.size() - LISTED).append(" more, see build-report.json");
    }
    return text.toString();
  }

  private static void part(List<String> lines, String label, String text) {
    String before = "      " + label + ": ";
    for (String line : text.strip().split("\n", -1)) {
      if (!line.isBlank()) {
        lines.add(before + line);
        before = " ".repeat(before.length());
      }
    }
  }

  /** {@code CPython 3.11} for {@code cp311}. */
  static String python(TargetId target) {
    String tag = target.python();
    return tag.matches("cp\\d{2,}t?") ? CPYTHON + tag.charAt(2) + "." + tag.substring(3) : tag;
  }
}
