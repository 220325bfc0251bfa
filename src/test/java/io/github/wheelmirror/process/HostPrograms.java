package io.github.wheelmirror.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests need of the host: missing programs fail in CI and skip elsewhere. */
final class HostPrograms {

  private HostPrograms() {}

  static void require(String... programs) {
    for (String program : programs) {
      String path = System.getenv().getOrDefault("PATH", "");
      check(SearchPath.withSystem(path).find(program).isPresent(), program);
    }
  }

  static void requireFile(String file) {
    check(Files.exists(Path.of(file)), file);
  }

  private static void check(boolean there, String what) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("%s is needed", what).isTrue();
    }
    assumeTrue(there, what + " is needed");
  }

  /** A zombie that nobody has reaped yet does not run. */
  static boolean isRunning(long pid) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  static void awaitFile(Path file) throws IOException, InterruptedException {
    while (!Files.exists(file) || Files.size(file) == 0) {
      Thread.sleep(20);
    }
  }

  static void awaitEnd(long pid) throws InterruptedException {
    while (isRunning(pid)) {
      Thread.sleep(20);
    }
  }
}
