package io.github.wheelmirror.mojo;

/**
 * Sees that Ctrl-C ends the JVM with its shutdown hooks, while this is open. The terminal of Maven
 * 4 gives the signal back to the system, which ends the JVM at once (JDK-8332921 tells of the same
 * in the JDK's own shell): nobody would end what runs, nor say how to go on.
 *
 * <p>The JDK's type for signals is named in bodies only: Javadoc takes it for an error elsewhere.
 */
final class OrderlyInterrupt implements AutoCloseable {

  /** As a shell tells that a command was ended by SIGINT: 128 + 2. */
  private static final int EXIT_CODE = 130;

  private final Runnable giveBack;

  private OrderlyInterrupt(Runnable giveBack) {
    this.giveBack = giveBack;
  }

  /** Takes the signal if it is the system's; one that is ignored or has a handler stays so. */
  static OrderlyInterrupt ensure() {
    var signal = new sun.misc.Signal("INT");
    try {
      var before = sun.misc.Signal.handle(signal, caught -> System.exit(EXIT_CODE));
      if (before.equals(sun.misc.SignalHandler.SIG_DFL)) {
        return new OrderlyInterrupt(() -> sun.misc.Signal.handle(signal, before));
      }
      sun.misc.Signal.handle(signal, before);
    } catch (IllegalArgumentException e) {
      // the JVM was told to leave signals alone (-Xrs)
    }
    return new OrderlyInterrupt(() -> {});
  }

  @Override
  public void close() {
    giveBack.run();
  }
}
