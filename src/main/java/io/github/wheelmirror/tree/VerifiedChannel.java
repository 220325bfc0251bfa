package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import java.util.List;

/**
 * What the verifier found in the snapshot of one channel.
 *
 * @param snapshot its id
 * @param releasable whether no problem is an error
 * @param problems errors first
 * @param coverage by branch and Python
 * @param clients what real installers made of it, by branch, Python and client
 * @param samples what was installed of it, by branch and Python
 */
public record VerifiedChannel(
    String slug,
    String snapshot,
    boolean releasable,
    List<Problem> problems,
    List<CoverageSummary> coverage,
    List<ClosureRun> clients,
    @JacksonInject(value = Json.NO_LIST, useInput = OptBoolean.TRUE) List<SampleRun> samples) {

  public VerifiedChannel {
    TreeLayout.slug(slug);
    Require.digest(snapshot, "a snapshot's id");
    problems = problems.stream().sorted().toList();
    coverage = coverage.stream().sorted().toList();
    clients = clients.stream().sorted().toList();
    samples = samples.stream().sorted().toList();
    boolean sound = problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
    if (releasable != sound) {
      throw new IllegalArgumentException(slug + " is " + (sound ? "" : "not ") + "releasable");
    }
  }

  /** Decides by the problems whether it is releasable. */
  static VerifiedChannel of(
      Snapshot snapshot, List<Problem> problems, Coverage coverage, Closure closure) {
    return new VerifiedChannel(
        snapshot.slug(),
        snapshot.id(),
        problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR),
        problems,
        coverage.summaries(),
        closure.runs(),
        closure.samples());
  }

  /** How often an installer should have been asked, or a sample installed, and was not. */
  public int notChecked() {
    long asked =
        clients.stream().filter(run -> run.state() == ClosureRun.State.NOT_CHECKED).count();
    long installed =
        samples.stream().filter(run -> run.state() == SampleRun.State.NOT_CHECKED).count();
    return Math.toIntExact(asked + installed);
  }

  /** The problems that block a release. */
  public List<Problem> errors() {
    return problems.stream().filter(p -> p.severity() == Severity.ERROR).toList();
  }
}
