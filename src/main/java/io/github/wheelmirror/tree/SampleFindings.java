package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.constraints.Pin;
import java.util.ArrayList;
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
 * part, cannot be loaded or crashes: then the build is at fault.
 */
public final class SampleFindings {

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
}
