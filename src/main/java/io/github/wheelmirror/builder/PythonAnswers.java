package io.github.wheelmirror.builder;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks Pythons, each question in one run that is isolated from the user's site and Python
 * variables. An answer is kept, and taken without a run for as long as nothing that it came from
 * has changed. Safe for threads.
 */
public final class PythonAnswers {

  private static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 1 << 20);

  private final Supplier<ProcessRunner> runner;
  private final Path home;
  private final SearchPath path;
  private final Optional<KeptAnswers> kept;
  private final Seen seen;

  /**
   * What a program answered.
   *
   * @param text what it wrote for us, JSON if it is what it should be
   * @param words all that it wrote, for a message
   */
  record Answer(boolean succeeded, String text, String words) {}

  private PythonAnswers(
      Supplier<ProcessRunner> runner,
      Path home,
      SearchPath path,
      Optional<KeptAnswers> kept,
      Seen seen) {
    this.runner = runner;
    this.home = home;
    this.path = path;
    this.kept = kept;
    this.seen = seen;
  }

  /**
   * Asks anew each time.
   *
   * @param home the user's home; version managers' shims look there
   * @param path where shims find their own programs
   */
  public static PythonAnswers of(Supplier<ProcessRunner> runner, Path home, SearchPath path) {
    return new PythonAnswers(runner, home, path, Optional.empty(), new Seen());
  }

  /** The same, with what was answered kept in a folder, which need not exist. */
  public PythonAnswers keptIn(Path folder) {
    return keptIn(folder, seen);
  }

  /** As {@link #keptIn(Path)}; what an answer came from is noted. */
  public PythonAnswers keptIn(Path folder, Seen noted) {
    return new PythonAnswers(runner, home, path, Optional.of(new KeptAnswers(folder, home)), noted);
  }

  /**
   * The answer.
   *
   * @throws MirrorException (machinery) if the program cannot be started
   */
  Answer ask(Path python, Script question) {
    String script = Script.QUESTION.text() + question.text();
    Optional<Answer> before = kept.flatMap(answers -> answers.find(python, script, seen));
    if (before.isPresent()) {
      return before.get();
    }
    ProcessOutcome outcome =
        runner
            .get()
            .run(
                Command.of(
                        List.of(python.toString(), "-E", "-s", "-c", script),
                        Path.of("/"),
                        CleanEnvironment.at(home).path(path).variables())
                    .withStandardOutputApart(),
                LIMITS);
    Answer answer =
        new Answer(
            outcome.succeeded(),
            outcome.transcript().standardOutput(),
            outcome.transcript().output());
    kept.ifPresent(answers -> answers.keep(python, script, answer, seen));
    return answer;
  }
}
