package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveAreaTest {

  /** So much of a terminal as the area needs: rows, a cursor, and what is not understood fails. */
  private static final class Screen {
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private boolean wraps = true;

    void print(String text) {
      int at = 0;
      while (at < text.length()) {
        char each = text.charAt(at);
        if (each == '\n') {
          row++;
          if (row == rows.size()) {
            rows.add(new StringBuilder());
          }
          at++;
        } else if (each == '\r') {
          assertThat(rows.get(row)).as("only an empty row is returned in").isEmpty();
          at++;
        } else if (text.startsWith("\033[?7l", at) || text.startsWith("\033[?7h", at)) {
          wraps = text.charAt(at + 4) == 'h';
          at += 5;
        } else if (text.startsWith("\033[1A", at)) {
          row--;
          assertThat(row).isNotNegative();
          at += 4;
        } else if (text.startsWith("\033[2K", at)) {
          rows.get(row).setLength(0);
          at += 4;
        } else {
          assertThat(each).isGreaterThanOrEqualTo(' ');
          rows.get(row).append(each);
          at++;
        }
      }
    }

    List<String> shown() {
      assertThat(wraps).as("the terminal wraps again").isTrue();
      List<String> shown = new ArrayList<>(rows.stream().map(StringBuilder::toString).toList());
      while (!shown.isEmpty() && shown.get(shown.size() - 1).isEmpty()) {
        shown.remove(shown.size() - 1);
      }
      return shown;
    }
  }

  private final Screen screen = new Screen();
  private final LiveArea area = new LiveArea(screen::print);

  private final Lines lines =
      new Lines() {
        @Override
        public void info(String line) {
          screen.print(line + "\n");
        }

        @Override
        public void warn(String line) {
          screen.print("! " + line + "\n");
        }

        @Override
        public void summary(String line, boolean attention) {
          screen.print("= " + line + "\n");
        }
      };

  private final TextMirrorLog log = new TextMirrorLog(lines, "", area);

  private static WorkState state(int done, String... running) {
    return new WorkState(
        done,
        9,
        IntStream.range(0, running.length)
            .mapToObj(each -> new WorkState.Running(running[each], Duration.ofSeconds(each)))
            .toList(),
        Duration.ZERO,
        0,
        Duration.ofSeconds(1));
  }

  @Test
  void whatRunsIsShownBelowWhatWasSaid() {
    log.begins("build");
    log.running(state(0, "six", "numpy"));
    assertThat(screen.shown())
        .containsExactly("-- build", "  [0/9]", "        0 s  six", "        1 s  numpy");
    log.finished(1, 9, "six", "mirrored", Duration.ofSeconds(1));
    assertThat(screen.shown()).containsExactly("-- build", "  [1/9] six: mirrored (1.0 s)");
    log.running(state(1, "numpy"));
    log.warning("careful");
    log.running(state(1, "numpy", "scipy", "lxml"));
    log.running(state(1, "lxml"));
    assertThat(screen.shown())
        .containsExactly(
            "-- build",
            "  [1/9] six: mirrored (1.0 s)",
            "! careful",
            "  [1/9]",
            "        0 s  lxml");
    log.running(state(9));
    log.did(new WorkTally(1, 2, 3, 0, 0, Duration.ofSeconds(61)), "mvn deploy");
    assertThat(screen.shown())
        .containsExactly(
            "-- build",
            "  [1/9] six: mirrored (1.0 s)",
            "! careful",
            "=   wheels: 2 built, 1 downloaded, 3 there before (61 s)",
            "  next: mvn deploy");
  }

  @Test
  void namesCommandNoTerminalAndManyAreCounted() {
    log.running(state(0, "\033[31mred\n", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
    assertThat(screen.shown())
        .hasSize(10)
        .contains("        0 s  \\x1b[31mred\\x0a", "    and 2 more");
  }

  @Test
  void ratesAndWhatIsLeftAreTold() {
    log.running(
        new WorkState(
            30,
            90,
            List.of(new WorkState.Running("six", Duration.ofSeconds(2))),
            Duration.ofMinutes(3),
            12_000_000,
            Duration.ofSeconds(60)));
    assertThat(screen.shown().get(0))
        .isEqualTo("  [30/90] 30 a minute, 12.0 MB downloaded, 200.0 kB/s, about 3 min left");
  }

  @Test
  void howManyProjectsTheIndexWasAskedIsShownUntilAllAre() {
    log.begins("plan");
    log.asking(0, 1462);
    log.asking(1120, 1462);
    assertThat(screen.shown())
        .containsExactly("-- plan", "  asking the index: 1,120 of 1,462 projects");
    log.asking(1462, 1462);
    assertThat(screen.shown()).containsExactly("-- plan");
  }

  @Test
  void lastWordsStandThoughWorkGoesOn() {
    log.running(state(0, "six", "numpy"));
    area.end(() -> screen.print("interrupted\n"));
    log.running(state(0, "six", "numpy"));
    log.finished(1, 9, "six", "mirrored", Duration.ofSeconds(1));
    log.running(state(1, "numpy"));
    assertThat(screen.shown()).containsExactly("interrupted", "  [1/9] six: mirrored (1.0 s)");
  }

  @Test
  void whatIsNoTerminalGetsNothing() {
    LiveArea.NONE.show(List.of("a line"));
    LiveArea.NONE.around(() -> screen.print("said\n"));
    assertThat(screen.shown()).containsExactly("said");
    assertThat(LiveArea.NONE.isLive()).isFalse();
    assertThat(log.isLive()).isTrue();
  }
}
