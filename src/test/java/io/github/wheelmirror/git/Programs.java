package io.github.wheelmirror.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that some tests need. */
final class Programs {

  private Programs() {}

  /**
   * The first of the files that exists; without any the test fails in CI and is skipped elsewhere.
   */
  static Path need(String name, String... candidates) {
    for (String candidate : candidates) {
      if (Files.isExecutable(Path.of(candidate))) {
        return Path.of(candidate);
      }
    }
    assertThat(System.getenv("CI")).as(name + " is not installed").isNotEqualTo("true");
    Assumptions.abort(name + " is not installed: looked for " + List.of(candidates));
    throw new AssertionError("unreachable");
  }

  /** Runs a program to its end. */
  static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(command + "\n" + output).isZero();
  }
}
