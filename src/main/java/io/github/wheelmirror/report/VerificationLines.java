package io.github.wheelmirror.report;

import io.github.wheelmirror.tree.ClosureRun;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.SampleRun;
import io.github.wheelmirror.tree.Severity;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a channel covers, what real clients make of it, and what is wrong. */
record VerificationLines(Lines lines) {

  private static final int LISTED_PROBLEMS = 10;

  void tell(VerifiedChannel channel) {
    CoverageTable.lines(channel.coverage()).forEach(line -> lines.info("  " + line));
    clients(channel.clients());
    samples(channel.samples());
    problems(channel.problems());
    lines.info(
        String.format(
            Locale.ROOT,
            "  %s of %s is %s",
            channel.snapshot(),
            channel.slug(),
            channel.releasable() ? "verified" : "not releasable"));
  }

  /** Those of one kind one after another, not more than a person reads of each. */
  private void problems(List<Problem> problems) {
    Map<String, List<Problem>> kinds = new LinkedHashMap<>();
    for (Problem problem : problems) {
      String kind = problem.severity() + problem.code();
      kinds.computeIfAbsent(kind, each -> new ArrayList<>()).add(problem);
    }
    for (List<Problem> alike : kinds.values()) {
      if (alike.get(0).severity() == Severity.INFO) {
        known(alike);
        continue;
      }
      boolean blocks = alike.get(0).severity() == Severity.ERROR;
      int shown = blocks ? alike.size() : Math.min(LISTED_PROBLEMS, alike.size());
      for (Problem problem : alike.subList(0, shown)) {
        lines.warn(
            String.format(
                Locale.ROOT,
                "  %s%s: %s",
                blocks ? "blocks: " : "",
                problem.where(),
                problem.words()));
      }
      if (shown < alike.size()) {
        lines.warn("  and " + (alike.size() - shown) + " more like these, see verification.json");
      }
    }
  }

  /** What needs nobody: how many, and what a person said of those that a person accepted. */
  private void known(List<Problem> alike) {
    List<Problem> accepted = alike.stream().filter(each -> !each.accepted().isEmpty()).toList();
    for (Problem problem : accepted.subList(0, Math.min(LISTED_PROBLEMS, accepted.size()))) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  accepted: %s: %s: %s",
              problem.where(),
              problem.words(),
              problem.accepted()));
    }
    int untold = alike.size() - Math.min(LISTED_PROBLEMS, accepted.size());
    if (untold > 0) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  %d × %s, of no consequence: see verification.json",
              untold,
              alike.get(0).code()));
    }
  }

  private void clients(List<ClosureRun> runs) {
    Map<String, Integer> asked = new TreeMap<>();
    Map<String, Integer> same = new TreeMap<>();
    Map<String, TreeSet<String>> notChecked = new TreeMap<>();
    for (ClosureRun run : runs) {
      if (run.state() == ClosureRun.State.NOT_CHECKED) {
        notChecked
            .computeIfAbsent(run.client() + " was not asked: " + run.words(), k -> new TreeSet<>())
            .add(run.python());
      } else {
        asked.merge(run.client(), 1, Integer::sum);
        same.merge(run.client(), run.state() == ClosureRun.State.SAME ? 1 : 0, Integer::sum);
      }
    }
    asked.forEach(
        (client, count) ->
            lines.info(
                String.format(
                    Locale.ROOT,
                    "  %s takes the files of the manifest in %d of %d tries, one a branch and Python",
                    client,
                    same.getOrDefault(client, 0),
                    count)));
    notChecked.forEach(
        (words, pythons) -> lines.info("  " + words + " (" + String.join(", ", pythons) + ")"));
  }

  private void samples(List<SampleRun> runs) {
    int installed = 0;
    Map<String, TreeSet<String>> notChecked = new TreeMap<>();
    for (SampleRun run : runs) {
      if (run.state() == SampleRun.State.NOT_CHECKED) {
        notChecked
            .computeIfAbsent("no sample was installed: " + run.words(), k -> new TreeSet<>())
            .add(run.python());
      } else {
        installed += run.state() == SampleRun.State.INSTALLED ? 1 : 0;
      }
    }
    if (installed > 0) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  samples are installed for %d of %d branches and Pythons, %s",
              installed,
              runs.size(),
              SampleRun.tried(runs)));
    }
    notChecked.forEach(
        (words, pythons) -> lines.info("  " + words + " (" + String.join(", ", pythons) + ")"));
  }
}
