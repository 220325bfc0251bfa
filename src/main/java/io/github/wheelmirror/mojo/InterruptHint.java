package io.github.wheelmirror.mojo;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells whoever ends a run with Ctrl-C how to go on. */
final class InterruptHint {

  /** Of a goal that downloads and builds. */
  static final String WHEELHOUSE = "what is in the wheelhouse stays there";

  /** Of a goal that releases. */
  static final String RELEASES = "each region serves its old release or the new one whole";

  private InterruptHint() {}

  /**
   * Does the work; if the JVM is ended meanwhile, says what is kept of it.
   *
   * @param kept a clause, like {@link #WHEELHOUSE}
   * @param command that goes on with it
   * @param print shows a line although Maven's log may be gone already
   */
  @SuppressWarnings("try") // the handler is there, not used
  static void during(String kept, Supplier<String> command, Consumer<String> print, Runnable work) {
    Thread hint =
        new Thread(
            () -> print.accept("interrupted: " + kept + ", go on with " + command.get()),
            "wheel-mirror hint");
    Runtime runtime = Runtime.getRuntime();
    try {
      runtime.addShutdownHook(hint);
    } catch (IllegalStateException e) {
      return; // the JVM is ending already
    }
    try (OrderlyInterrupt interrupt = OrderlyInterrupt.ensure()) {
      work.run();
    } finally {
      try {
        runtime.removeShutdownHook(hint);
      } catch (IllegalStateException e) {
        // it is ending, and the hint is being shown
      }
    }
  }
}
