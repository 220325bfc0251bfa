package io.github.wheelmirror.mojo;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Sees that Ctrl-C ends the JVM with its shutdown hooks, while this is open. The terminal of Maven
 * 4 gives the signal back to the system, which ends the JVM at once (JDK-8332921 tells of the same
 * in the JDK's own shell): nobody would end what runs, nor say how to go on.
 */
final class OrderlyInterrupt implements AutoCloseable {

  /** As a shell tells that a command was ended by SIGINT: 128 + 2. */
  private static final int EXIT_CODE = 130;

  private final Signal signal;
  private final boolean needed;

  private OrderlyInterrupt(Signal signal, boolean needed) {
    this.signal = signal;
    this.needed = needed;
  }

  /** Takes the signal if it is the system's; one that is ignored or has a handler stays so. */
  static OrderlyInterrupt ensure() {
    Signal signal = new Signal("INT");
    try {
      SignalHandler before = Signal.handle(signal, caught -> System.exit(EXIT_CODE));
      boolean needed = before.equals(SignalHandler.SIG_DFL);
      if (!needed) {
        Signal.handle(signal, before);
      }
      return new OrderlyInterrupt(signal, needed);
    } catch (IllegalArgumentException e) {
      // the JVM was told to leave signals alone (-Xrs)
      return new OrderlyInterrupt(signal, false);
    }
  }

  @Override
  public void close() {
    if (needed) {
      Signal.handle(signal, SignalHandler.SIG_DFL);
    }
  }
}
