package io.github.wheelmirror.report;

import io.github.wheelmirror.selection.ComparedBranch;
import io.github.wheelmirror.selection.ComparedProject;
import io.github.wheelmirror.selection.Likeness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What tools choose inside and outside the gate, for a person: numbers first, then what matters.
 */
final class ComparisonLines {

  /** So many projects of one kind are told; all are in the JSON. */
  private static final int LISTED = 10;

  private ComparisonLines() {}

  static List<String> of(List<ComparedBranch> branches) {
    List<String> lines = new ArrayList<>();
    List<Likeness> occurring =
        Arrays.stream(Likeness.values())
            .filter(likeness -> branches.stream().anyMatch(each -> each.count(likeness) > 0))
            .toList();
    Table table = new Table(3);
    List<String> heading = new ArrayList<>(List.of("branch", "target", "tool", "projects"));
    occurring.forEach(likeness -> heading.add(likeness.words()));
    heading.add("unconstrained");
    table.row(heading);
    for (ComparedBranch branch : branches) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  branch.branch(),
                  branch.target(),
                  branch.tool().toString(),
                  String.valueOf(branch.projects().size())));
      occurring.forEach(likeness -> row.add(count(branch.count(likeness))));
      row.add(count(branch.unconstrained().size()));
      table.row(row);
    }
    table.lines().forEach(line -> lines.add("  " + line));
    lines.addAll(unconstrained(branches));
    lines.addAll(listed(branches, Likeness.NOTHING_INSIDE));
    lines.addAll(listed(branches, Likeness.NOTHING));
    lines.addAll(listed(branches, Likeness.OTHER_VERSION));
    return lines;
  }

  private static String count(int number) {
    return number == 0 ? "-" : String.valueOf(number);
  }

  /** Where a marker leaves projects out, the newest version wins inside the gate too. */
  private static List<String> unconstrained(List<ComparedBranch> branches) {
    Map<String, TreeSet<String>> where = new LinkedHashMap<>();
    for (ComparedBranch branch : branches) {
      for (ComparedProject project : branch.unconstrained()) {
        where
            .computeIfAbsent(branch.branch() + " on " + branch.target(), key -> new TreeSet<>())
            .add(project.project().value());
      }
    }
    List<String> lines = new ArrayList<>();
    where.forEach(
        (place, projects) ->
            lines.add(
                "  %s constrains %d projects on other targets only: %s"
                    .formatted(place, projects.size(), some(List.copyOf(projects)))));
    return lines;
  }

  private static List<String> listed(List<ComparedBranch> branches, Likeness likeness) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (ComparedBranch branch : branches) {
      for (ComparedProject project : branch.projects()) {
        if (project.likeness() == likeness) {
          alike
              .computeIfAbsent(words(project), key -> new ArrayList<>())
              .add(branch.branch() + " " + branch.target() + " " + branch.tool());
        }
      }
    }
    List<String> lines = new ArrayList<>();
    alike.entrySet().stream()
        .limit(LISTED)
        .forEach(
            entry ->
                lines.add(
                    "  %s: %s (%s)"
                        .formatted(
                            likeness.words(),
                            entry.getKey(),
                            entry.getValue().size() == 1
                                ? entry.getValue().get(0)
                                : entry.getValue().get(0)
                                    + " and "
                                    + (entry.getValue().size() - 1)
                                    + " more")));
    if (alike.size() > LISTED) {
      lines.add("  and %d more of %s".formatted(alike.size() - LISTED, likeness.words()));
    }
    return lines;
  }

  private static String words(ComparedProject project) {
    String name = project.project().value();
    return project.inside().file().isEmpty()
        ? name + ": " + project.inside().failure()
        : "%s %s, outside %s"
            .formatted(name, project.inside().version(), project.outside().version());
  }

  private static String some(List<String> names) {
    int more = names.size() - LISTED;
    return String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
