package io.github.wheelmirror.report;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A few lines at the end of a terminal that are written over again and again. Whoever prints an
 * ordinary line takes them away before, see {@link #around}.
 *
 * <p>Lines that are longer than the terminal is wide are cut by the terminal itself, which is told
 * not to wrap them: so the area is as many rows as it has lines, whatever the width.
 */
public final class LiveArea {

  /** Shows nothing: what is no terminal. */
  public static final LiveArea NONE = new LiveArea(null);

  private static final String NO_WRAP = "\033[?7l";
  private static final String WRAP = "\033[?7h";
  private static final String ERASE_LINE = "\033[2K";
  private static final String UP = "\033[1A";

  private final @Nullable Consumer<String> terminal;
  private int rows;
  private boolean ended;

  /**
   * An area.
   *
   * @param terminal prints at once, without a line's end
   */
  public LiveArea(@Nullable Consumer<String> terminal) {
    this.terminal = terminal;
  }

  /** Whether anything is shown. */
  public boolean isLive() {
    return terminal != null;
  }

  /** Shows these lines in place of those that it shows. */
  public synchronized void show(List<String> lines) {
    if (terminal == null || ended || (lines.isEmpty() && rows == 0)) {
      return;
    }
    StringBuilder text = new StringBuilder(erased());
    if (!lines.isEmpty()) {
      text.append(NO_WRAP);
      lines.forEach(line -> text.append(line).append('\n'));
      text.append(WRAP);
    }
    rows = lines.size();
    terminal.accept(text.toString());
  }

  /** Prints something ordinary where the area was; it comes back when it is shown again. */
  public synchronized void around(Runnable print) {
    if (terminal != null && rows > 0) {
      terminal.accept(erased());
      rows = 0;
    }
    print.run();
  }

  /** Prints last words where the area was; it does not come back, which would take them away. */
  public synchronized void end(Runnable print) {
    ended = true;
    around(print);
  }

  private String erased() {
    return (UP + ERASE_LINE).repeat(rows) + (rows > 0 ? "\r" : "");
  }
}
