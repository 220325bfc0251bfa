package io.github.wheelmirror.selection;

import io.github.wheelmirror.selection.PipRules.Habit;
import java.util.ArrayList;
import java.util.List;

/**
 * What pip's hash-checking mode asks of the files for one requirement. One hash on any line, be it
 * for another project or another platform, switches the mode on for everything.
 *
 * @param required whether the mode is on
 * @param sought by these files are preferred: what requirement and constraints allow together
 * @param checked one of these the chosen file must have: the requirement's own, else those of the
 *     constraints where this pip takes them from there; empty if there is none, which ends it
 */
record PipHashes(boolean required, AllowedHashes sought, AllowedHashes checked) {

  static PipHashes of(SelectionRequest request, Wanted wanted, PipRules rules) {
    AllowedHashes own = AllowedHashes.of(request.options().hashes());
    AllowedHashes constraints = AllowedHashes.NONE;
    for (ConstraintLines.Line line : wanted.constraints()) {
      constraints = constraints.and(AllowedHashes.of(line.hashes()));
    }
    AllowedHashes checked = own;
    if (own.isEmpty() && rules.has(Habit.HASHES_WITHOUT_PIN) && constraints.admitsAny()) {
      checked = constraints;
    }
    return new PipHashes(
        !own.isEmpty() || request.constraints().hasHashes(), constraints.and(own), checked);
  }

  /** The files that are left: if any has an allowed hash, those with other hashes are refused. */
  List<PipCandidate> filter(List<PipCandidate> candidates, Findings findings) {
    if (candidates.stream().noneMatch(PipCandidate::hashAllowed)) {
      return candidates;
    }
    List<PipCandidate> kept = new ArrayList<>();
    for (PipCandidate candidate : candidates) {
      if (candidate.hashAllowed() || candidate.file().file().hashes().isEmpty()) {
        kept.add(candidate);
      } else {
        findings.add(candidate.file(), Reason.HASH_NOT_ALLOWED);
      }
    }
    return kept;
  }

  boolean allow(ListedFile file) {
    return sought.of(file.hashes()) == AllowedHashes.Answer.ALLOWED;
  }
}
