package io.github.wheelmirror.report;

import io.github.wheelmirror.constraints.RefDecision;
import io.github.wheelmirror.constraints.RefusedLine;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.UnconstrainedProjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What branches say, which refs are left out and why. */
record ResolutionLines(Lines lines) {

  /** So many refs with one reason are listed by name; more are counted. */
  private static final int LISTED_REFS = 8;

  void tell(Resolution resolution) {
    lines.info("constraints " + resolution.source() + " " + resolution.file());
    for (Target target : resolution.targets()) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  target %s: CPython %s, %s",
              target.id(),
              target.fullVersion(),
              target.libc()));
    }
    for (ResolvedBranch branch : resolution.branches()) {
      branch(branch);
    }
    Map<String, List<String>> out = new LinkedHashMap<>();
    for (RefDecision ref : resolution.refs()) {
      if (!ref.selected()) {
        out.computeIfAbsent(ref.reason(), r -> new ArrayList<>()).add(ref.ref());
      }
    }
    out.forEach(
        (reason, refs) ->
            lines.info(
                "  out  "
                    + (refs.size() > LISTED_REFS
                        ? refs.size() + " refs (listed in resolution.json)"
                        : String.join(", ", refs))
                    + ": "
                    + reason));
    for (UnconstrainedProjects free : resolution.unconstrained()) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  unconstrained on %s of %s: %s",
              free.target(),
              free.branch(),
              String.join(", ", free.projects())));
    }
  }

  private void branch(ResolvedBranch branch) {
    String commit = branch.commit().substring(0, Math.min(10, branch.commit().length()));
    String head = branch.name() + " at " + commit + ": ";
    switch (branch.state()) {
      case RESOLVED -> lines.info("  in   " + head + branch.constraints().size() + " lines");
      case NO_FILE -> lines.info("  in   " + head + "no constraints file, nothing to do");
      case NO_PINS -> lines.warn("  in   " + head + "the file has no pins");
      case HELD -> lines.warn("  held " + head + "its constraints cannot be used");
    }
    if (branch.refused().isEmpty()) {
      branch.reasons().forEach(reason -> lines.warn("         " + reason));
    }
    for (RefusedLine refused : branch.refused()) {
      lines.warn("         " + refused.sentence());
    }
  }
}
