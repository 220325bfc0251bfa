package io.github.wheelmirror.process;

import java.time.Duration;

/** How a program ended; in every case nothing that it started runs any more. */
public sealed interface ProcessOutcome {

  /** What it printed and how long it took. */
  Transcript transcript();

  /** How it ended, for a person, such as {@code exit code 2}. */
  String describe();

  /** Whether it ended by itself with exit code 0. */
  default boolean succeeded() {
    return false;
  }

  /**
   * It ended by itself.
   *
   * @param code the exit code; 128 + n when signal n ended it
   */
  record Exited(int code, Transcript transcript) implements ProcessOutcome {
    @Override
    public String describe() {
      return "exit code " + code;
    }

    @Override
    public boolean succeeded() {
      return code == 0;
    }
  }

  /** It ran longer than it may, and was killed. */
  record TimedOut(Duration limit, Transcript transcript) implements ProcessOutcome {
    @Override
    public String describe() {
      return "no end after " + limit.toSeconds() + " s";
    }
  }

  /** It printed more than it may, and was killed. */
  record OutputLimitExceeded(long limit, Transcript transcript) implements ProcessOutcome {
    @Override
    public String describe() {
      return "printed more than " + limit + " bytes";
    }
  }

  /** The calling thread was interrupted; the program was killed and the thread's flag is set. */
  record Interrupted(Transcript transcript) implements ProcessOutcome {
    @Override
    public String describe() {
      return "interrupted";
    }
  }
}
