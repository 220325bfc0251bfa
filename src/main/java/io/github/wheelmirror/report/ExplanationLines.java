package io.github.wheelmirror.report;

import io.github.wheelmirror.selection.ExplainedTarget;
import io.github.wheelmirror.selection.Explanation;
import io.github.wheelmirror.selection.Reason;
import io.github.wheelmirror.selection.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a tool chooses on a target, for a person: the file first, then why the others are not. */
final class ExplanationLines {

  /** So many files of one reason are told by name; of more, one. */
  private static final int NAMED = 3;

  private ExplanationLines() {}

  static List<String> of(ExplainedTarget explained, boolean everyFile) {
    Explanation explanation = explained.explanation();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s takes for %s on %s: %s"
            .formatted(
                explanation.tool(),
                explanation.requirement(),
                explained.target(),
                explanation
                    .chosen()
                    .map(chosen -> chosen.file() + " of " + chosen.place())
                    .orElse("nothing, " + explanation.failure())));
    explanation.constraints().forEach(line -> lines.add("  constraint: " + line));
    explanation
        .otherConstraints()
        .forEach(line -> lines.add("  constraint that does not apply here: " + line));
    explanation.notes().forEach(note -> lines.add("  note: " + note.sentence()));
    Table asked = new Table(3);
    explained.places().forEach(place -> asked.row(row(place)));
    asked.lines().forEach(line -> lines.add("  " + line));
    Table table = new Table(2);
    candidates(explanation, everyFile).forEach(table::row);
    table.lines().forEach(line -> lines.add("    " + line));
    return lines;
  }

  private static List<String> row(ExplainedTarget.AskedPlace place) {
    String role =
        switch (place.role()) {
          case INDEX -> "index-url";
          case EXTRA_INDEX -> "extra-index-url";
          case FIND_LINKS_PAGE, FIND_LINKS_DIRECTORY, FIND_LINKS_DIRECTORY_PAGES -> "find-links";
        };
    String answer =
        switch (place.answer()) {
          case SERVED -> place.files() + (place.files() == 1 ? " file" : " files");
          case NOT_FOUND -> "does not have the project";
          case REFUSED -> "refuses access";
          case UNUSABLE -> "does not answer with a page";
          case MALFORMED -> "answers with a page that cannot be read";
        };
    return List.of(role, place.name(), answer);
  }

  private static List<List<String>> candidates(Explanation explanation, boolean everyFile) {
    boolean one =
        explanation.verdicts().stream().map(Verdict::place).distinct().limit(2).count() == 1;
    List<List<String>> rows = new ArrayList<>();
    Map<String, List<Verdict>> alike = new LinkedHashMap<>();
    for (Verdict verdict : explanation.verdicts()) {
      if (verdict.reason() != Reason.CHOSEN) {
        String key =
            everyFile ? String.valueOf(alike.size()) : verdict.place() + " " + verdict.reason();
        alike.computeIfAbsent(key, k -> new ArrayList<>()).add(verdict);
      }
    }
    // what lost narrowly is seen first
    List<List<Verdict>> groups = new ArrayList<>(alike.values());
    groups.sort(Comparator.comparing(group -> group.size() > NAMED));
    for (List<Verdict> group : groups) {
      Verdict first = group.get(0);
      String place = one ? "" : " (" + first.place() + ")";
      if (group.size() <= NAMED) {
        group.forEach(verdict -> rows.add(List.of(verdict.file(), verdict.words() + place)));
      } else {
        boolean same = group.stream().allMatch(each -> each.detail().equals(first.detail()));
        String last = group.get(group.size() - 1).file();
        rows.add(
            List.of(
                group.size() + " files such as " + last,
                (same ? first.words() : first.reason().sentence()) + place));
      }
    }
    return rows;
  }
}
