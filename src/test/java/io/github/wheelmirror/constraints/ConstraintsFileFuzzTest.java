package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hostile files, from fixed seeds. */
@Timeout(120)
class ConstraintsFileFuzzTest {

  private static final List<String> PIECES =
      List.of(
          "a===1.0",
          "b",
          "===",
          "==",
          ">=",
          "1.0",
          "2013b",
          "1!2.0+x.3",
          ";",
          " ",
          "\t",
          "\\",
          "\n",
          "\\\n",
          "\r\n",
          "\r",
          "\f",
          "\u0085",
          "\u2028",
          "#",
          " # x",
          "${A}",
          "-c ",
          "-r x.txt",
          "-c y.txt",
          "--hash=sha256:00",
          "-e",
          " --pre",
          "[x]",
          "(",
          ")",
          "'",
          "\"",
          "python_version=='3.9'",
          " and ",
          " or ",
          "not in",
          "@",
          "https://x.invalid/y",
          "./",
          ".whl",
          "\u0000",
          "\u00e9",
          "\u212a",
          "\ud83d\ude00",
          ",",
          "*",
          "# coding: utf-8\n",
          "# coding: x\n");

  @Test
  void textsOfLikelyPiecesAreAccountedForLineByLine() {
    Random random = new Random(20261122);
    for (int i = 0; i < 40_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      check(text.toString().getBytes(StandardCharsets.UTF_8), random);
    }
  }

  @Test
  void rawBytesAreAccountedForLineByLine() {
    Random random = new Random(42);
    for (int i = 0; i < 40_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        for (int j = 0; j < bytes.length; j++) {
          bytes[j] = (byte) (bytes[j] & 0x7f);
        }
      }
      check(bytes, random);
    }
  }

  @Test
  void deepNestingAndLongLinesEnd() {
    Random random = new Random(1);
    check(("a===1;" + "(".repeat(100_000)).getBytes(StandardCharsets.UTF_8), random);
    check(("a===" + "9".repeat(200_000)).getBytes(StandardCharsets.UTF_8), random);
    check("\\\n".repeat(100_000).getBytes(StandardCharsets.UTF_8), random);
    check(("a ".repeat(100_000) + "-").getBytes(StandardCharsets.UTF_8), random);
    check(" #".repeat(100_000).getBytes(StandardCharsets.UTF_8), random);
    check(("a===1 " + "--hash=sha256:00 ".repeat(50_000)).getBytes(StandardCharsets.UTF_8), random);
  }

  /**
   * Parses with included files made of the same bytes; every line of every file is covered once.
   */
  private static void check(byte[] content, Random random) {
    Map<String, byte[]> read = new HashMap<>();
    read.put(Fixtures.FILE, content);
    ConstraintsFile file =
        ConstraintsFile.parse(
            Fixtures.FILE,
            content,
            path -> {
              if (random.nextInt(4) == 0) {
                return Optional.empty();
              }
              read.put(path, content);
              return Optional.of(content);
            });
    Map<String, Integer> next = new HashMap<>();
    for (ConstraintLine line : file.lines()) {
      String path = line.where().file();
      assertThat(line.where().line())
          .as("line of %s in %s", path, new String(content, StandardCharsets.UTF_8))
          .isEqualTo(next.getOrDefault(path, 1));
      next.put(path, line.where().line() + line.physicalLines());
    }
    read.forEach(
        (path, bytes) -> {
          int covered = next.getOrDefault(path, 1) - 1;
          assertThat(covered)
              .as("lines of %s", new String(bytes, StandardCharsets.UTF_8))
              .isEqualTo(physicalLines(bytes));
        });
  }

  /**
   * As many as Python counts (the splitting has its own tests), or line feeds where it is no text.
   */
  private static int physicalLines(byte[] content) {
    try {
      return PythonLines.read(content).size();
    } catch (PythonLines.UndecodableException e) {
      String text = new String(content, StandardCharsets.ISO_8859_1);
      int ends = (int) text.chars().filter(c -> c == '\n').count();
      return Math.max(1, ends + (text.isEmpty() || text.endsWith("\n") ? 0 : 1));
    }
  }
}
