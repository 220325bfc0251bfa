package io.github.wheelmirror.selection;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a tool chooses for one requirement, and why.
 *
 * @param tool whose rules
 * @param requirement as asked for
 * @param specifiers those of the requirement and of the constraints that apply, joined by commas
 * @param constraints the lines for this project that apply
 * @param otherConstraints the lines for this project whose markers do not match
 * @param failure why the tool chooses nothing; empty if it chooses a file
 * @param notes what else a person should know, in their natural order
 * @param verdicts one for each listed file, in the order of the places and their lists
 */
public record Explanation(
    Tool tool,
    String requirement,
    String specifiers,
    List<String> constraints,
    List<String> otherConstraints,
    String failure,
    List<Note> notes,
    List<Verdict> verdicts) {

  /** Copies and checks. */
  public Explanation {
    Objects.requireNonNull(tool);
    Objects.requireNonNull(requirement);
    Objects.requireNonNull(specifiers);
    Objects.requireNonNull(failure);
    constraints = List.copyOf(constraints);
    otherConstraints = List.copyOf(otherConstraints);
    notes = List.copyOf(notes);
    verdicts = List.copyOf(verdicts);
    long chosen = verdicts.stream().filter(verdict -> verdict.reason() == Reason.CHOSEN).count();
    if (chosen != (failure.isEmpty() ? 1 : 0)) {
      throw new IllegalArgumentException(
          chosen + " files are chosen for " + requirement + ", failure: '" + failure + "'");
    }
  }

  /** The file that is installed; empty if the tool fails. */
  public Optional<Verdict> chosen() {
    return verdicts.stream().filter(verdict -> verdict.reason() == Reason.CHOSEN).findFirst();
  }
}
