package io.github.wheelmirror.mirror;

import io.github.wheelmirror.constraints.NotAPinReason;
import io.github.wheelmirror.constraints.RefusedLine;
import io.github.wheelmirror.constraints.ResolvedBranch;
import java.util.ArrayList;
import java.util.List;

/** What a person can do about branches that are held: it depends on the lines that hold them. */
final class HeldFix {

  private HeldFix() {}

  /** A line for each kind of what holds one of these branches. */
  static String of(List<ResolvedBranch> held) {
    List<String> fixes = new ArrayList<>();
    List<RefusedLine> lines =
        held.stream().flatMap(branch -> holding(branch).stream()).distinct().toList();
    if (lines.stream().anyMatch(RefusedLine::isReportable)) {
      fixes.add(
          "correct the lines in the branch's constraints, or allow lines that are no pins with"
              + " <nonPins>report</nonPins>");
    }
    if (lines.stream().anyMatch(line -> line.is(NotAPinReason.LOGIN))) {
      fixes.add(
          "take the login out of the line, or write environment variables in its place, as pip"
              + " reads them (https://${NAME}:${PASSWORD}@HOST/...), with <nonPins>report</nonPins>;"
              + " then change that login, for whoever can read the constraints knows it");
    }
    List<String> wrong =
        held.stream().filter(HeldFix::isWrong).map(ResolvedBranch::name).sorted().toList();
    if (!wrong.isEmpty()) {
      fixes.add(
          "correct the constraints of "
              + String.join(", ", wrong)
              + " in their repository, or leave the branch out with "
              + elements("excludedBranches", wrong)
              + " (and "
              + elements("retired", wrong)
              + " if it was released before)");
    }
    return String.join("\n", fixes);
  }

  /** Of lines that are no pins, those that hold it: others may be allowed. */
  private static List<RefusedLine> holding(ResolvedBranch branch) {
    return branch.refused().stream()
        .filter(line -> branch.reasons().contains(line.sentence()))
        .toList();
  }

  /** Whether something holds it that neither a setting nor a variable helps against. */
  private static boolean isWrong(ResolvedBranch branch) {
    List<RefusedLine> holding = holding(branch);
    return holding.size() < branch.reasons().size()
        || holding.stream().anyMatch(line -> !line.isReportable() && !line.is(NotAPinReason.LOGIN));
  }

  private static String elements(String name, List<String> branches) {
    return "<%s>%s</%s>".formatted(name, String.join(",", branches), name);
  }
}
