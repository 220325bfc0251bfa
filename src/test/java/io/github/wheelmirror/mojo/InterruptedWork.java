package io.github.wheelmirror.mojo;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** A process that works until it is interrupted. */
final class InterruptedWork {

  private InterruptedWork() {}

  /**
   * Works for longer than any test.
   *
   * @param arguments {@code system}: the signal is the system's, as the terminal of Maven 4 leaves
   *     it; {@code jvm}: it is the JVM's
   */
  public static void main(String[] arguments) {
    if (arguments[0].equals("system")) {
      Signal.handle(new Signal("INT"), SignalHandler.SIG_DFL);
    }
    InterruptHint.during(
        "what was made stays",
        () -> "mvn x",
        System.out::println,
        () -> {
          System.out.println("works");
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
