package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.constraints.Pin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is wrong with samples, for people.
 *
 * <p>What cannot be installed, or is not consistent then, blocks. A module that cannot be imported
 * is told: an upstream wheel has its reasons, such as a library of the host or an optional
 * requirement, and whoever uses it knows them. It blocks where the wheel was built here and lacks a
 * part, cannot be loaded or crashes: then the build is at fault. Sources that cannot be compiled to
 * bytecode are told and never block: tests and templates are packed that no program imports.
 */
public final class SampleFindings {

  /** So many files that cannot be compiled are named. */
  private static final int NAMED = 5;

  private final Set<Pin> own = new HashSet<>();

  /** For the samples of this snapshot. */
  public SampleFindings(Snapshot snapshot) {
    for (ManifestFile file : snapshot.manifest().files()) {
      if (!file.superseded() && file.origin() instanceof Origin.Built) {
        own.add(new Pin(file.project(), file.version()));
      }
    }
  }

  /** Whether the mirror built the pin's wheel. */
  public boolean isOwn(Pin pin) {
    return own.contains(pin);
  }

  /** One problem a cause, however many branches and Pythons have it. */
  public List<Problem> problems(List<SampleRun> runs) {
    List<Problem> problems = new ArrayList<>();
    Map<ImportFailure, Set<String>> failures = new TreeMap<>();
    for (SampleRun run : runs) {
      String where = run.branch() + " on " + run.python();
      if (run.state() == SampleRun.State.REFUSED) {
        problems.add(
            Problem.error(
                "sample-not-installable",
                where,
                run.client() + " cannot install " + pins(run) + ": " + run.words(),
                "exclude the pin that it names, or make its wheel anew"));
      } else if (run.state() == SampleRun.State.INCONSISTENT) {
        problems.add(
            Problem.error(
                "sample-inconsistent",
                where,
                run.client() + " installed " + pins(run) + ", and its check says: " + run.words(),
                "correct the constraints of the branch, or exclude the pin that it names"));
      }
      for (ImportFailure failure : run.failures()) {
        failures.computeIfAbsent(failure, each -> new TreeSet<>()).add(where);
      }
    }
    failures.forEach((failure, places) -> problems.add(problem(failure, places)));
    problems.addAll(uncompiled(runs));
    return problems;
  }

  private static String pins(SampleRun run) {
    return String.join(" ", run.pins().stream().map(Pin::toString).toList());
  }

  private Problem problem(ImportFailure failure, Set<String> places) {
    boolean blocks = failure.kind().isOfTheBuild() && isOwn(failure.pin());
    String words =
        "import "
            + failure.module()
            + " "
            + failure.kind().words()
            + ": "
            + failure.words()
            + " ("
            + String.join(", ", places)
            + ")";
    return blocks
        ? Problem.error(
            "import-fails",
            failure.pin().toString(),
            words + "; the wheel was built here",
            "see the log of its build; an <override> may give the build what it lacked, or exclude"
                + " the pin with a reason")
        : Problem.warning(
            "import-fails",
            failure.pin().toString(),
            words,
            "nothing, if whoever uses it knows; else give hosts what it needs, or exclude the pin"
                + " with a reason");
  }

  /** Alike where the same files cannot be compiled; each Python has its own words for it. */
  private static List<Problem> uncompiled(List<SampleRun> runs) {
    Map<String, CompiledSources> first = new TreeMap<>();
    Map<String, Set<String>> places = new HashMap<>();
    for (SampleRun run : runs.stream().sorted().toList()) {
      for (CompiledSources sources : run.sources()) {
        if (sources.failed() > 0) {
          String alike =
              sources.pin() + "\n" + sources.failed() + "\n" + String.join("\n", sources.files());
          first.putIfAbsent(alike, sources);
          places
              .computeIfAbsent(alike, each -> new TreeSet<>())
              .add(run.branch() + " on " + run.python());
        }
      }
    }
    List<Problem> problems = new ArrayList<>();
    first.forEach(
        (alike, sources) ->
            problems.add(uncompiled(sources, places.getOrDefault(alike, Set.of()))));
    return problems;
  }

  private static Problem uncompiled(CompiledSources sources, Set<String> places) {
    List<String> named = sources.files().stream().limit(NAMED).map(WheelProblem::quote).toList();
    List<String> others = new ArrayList<>(named.subList(1, named.size()));
    int more = sources.failed() - named.size();
    if (more > 0) {
      others.add(more + " more");
    }
    return Problem.warning(
        "source-not-compilable",
        sources.pin().toString(),
        "%s cannot be compiled to bytecode, so no program can import it: %s%s%s (%s)"
            .formatted(
                named.get(0),
                sources.line() > 0 ? "line " + sources.line() + ": " : "",
                WheelProblem.printable(sources.words()),
                others.isEmpty() ? "" : "; nor can " + String.join(", ", others),
                String.join(", ", places)),
        "nothing, if these are tests, templates or code for other Pythons; else exclude the pin"
            + " with a reason, or pin a version for this Python");
  }
}
