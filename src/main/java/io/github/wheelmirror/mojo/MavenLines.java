package io.github.wheelmirror.mojo;

import io.github.wheelmirror.report.Lines;
import io.github.wheelmirror.report.LiveArea;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.plugin.logging.Log;

/**
 * Lines go to Maven's log; the summary past it where Maven is told to be quiet, and what runs to
 * the terminal itself: Maven 4 would take what is printed to {@code System.out} for log lines.
 *
 * @param log Maven's
 */
record MavenLines(Log log) implements Lines {

  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  @Override
  public void info(String line) {
    log.info(line);
  }

  @Override
  public void warn(String line) {
    log.warn(line);
  }

  @Override
  public void summary(String line, boolean attention) {
    if (!log.isInfoEnabled()) {
      printLine(line.strip());
    } else if (attention) {
      warn(line);
    } else {
      info(line);
    }
  }

  /** The terminal, if there is one and a person looks at it. */
  static LiveArea area(AbstractMirrorMojo mojo) {
    boolean wanted =
        mojo.getLog().isInfoEnabled()
            && mojo.session.getRequest().isInteractiveMode()
            && !"never".equals(mojo.session.getUserProperties().getProperty("style.color"));
    return wanted && isTerminal(System.getenv()) ? new LiveArea(MavenLines::print) : LiveArea.NONE;
  }

  /** Whether what is printed is seen as it is printed, by something that knows commands. */
  private static boolean isTerminal(Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "");
    if (kind.isEmpty() || kind.equals("dumb") || environment.containsKey("CI")) {
      return false;
    }
    try {
      String output = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
      return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      // no such file but on Linux; elsewhere a console means that input and output are terminals
      return System.console() != null;
    }
  }

  /** Prints past Maven's log. */
  static void printLine(String line) {
    print(line + System.lineSeparator());
  }

  private static void print(String text) {
    // not closed: it is the process's own
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, Charset.defaultCharset());
    out.print(text);
    out.flush();
  }
}
