package io.github.wheelmirror.selection;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What is found of each listed file while a tool's rules are applied. */
final class Findings {

  private record Finding(Reason reason, String detail) {}

  private final Map<NamedFile, Finding> findings = new IdentityHashMap<>();
  private final Set<Note> notes = EnumSet.noneOf(Note.class);

  void add(NamedFile file, Reason reason, String detail) {
    findings.put(file, new Finding(reason, detail));
  }

  void add(NamedFile file, Reason reason) {
    add(file, reason, "");
  }

  boolean has(NamedFile file) {
    return findings.containsKey(file);
  }

  void note(Note note) {
    notes.add(note);
  }

  /** Whether a file was refused by its name; then that is found. */
  boolean refused(NamedFile file) {
    if (file.name() instanceof FileName.Refused refused) {
      add(file, refused.reason(), refused.detail());
      return true;
    }
    return false;
  }

  /**
   * All in one; a file of which nothing was found fails with the tool.
   *
   * @param named the files of a place as they were looked at
   */
  Explanation explain(
      Tool tool,
      Wanted wanted,
      String failure,
      List<Place> places,
      Function<Place, List<NamedFile>> named) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Place place : places) {
      for (NamedFile file : named.apply(place)) {
        Finding found = findings.getOrDefault(file, new Finding(Reason.TOOL_FAILS, ""));
        verdicts.add(
            new Verdict(place.name(), file.file().filename(), found.reason(), found.detail()));
      }
    }
    if (wanted.isUnconstrained()) {
      notes.add(Note.UNCONSTRAINED);
    }
    return new Explanation(
        tool,
        wanted.requirement().toString(),
        wanted.combined().toString(),
        wanted.constraints().stream().map(ConstraintLines.Line::text).toList(),
        wanted.otherConstraints().stream().map(ConstraintLines.Line::text).toList(),
        failure,
        List.copyOf(notes),
        verdicts);
  }
}
