package io.github.wheelmirror.mojo;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells whoever ends a run with Ctrl-C how to go on. */
final class InterruptHint {

  private InterruptHint() {}

  /**
   * Does the work; if the JVM is ended meanwhile, says that what was done is kept.
   *
   * @param command that goes on with it
   * @param print shows a line although Maven's log may be gone already
   */
  @SuppressWarnings("try") // the handler is there, not used
  static void during(Supplier<String> command, Consumer<String> print, Runnable work) {
    Thread hint =
        new Thread(
            () ->
                print.accept(
                    "interrupted: what is in the wheelhouse stays there, go on with "
                        + command.get()),
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
