package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.process.SearchPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine; a missing one fails the test in CI and skips it elsewhere. */
public final class Programs {

  private Programs() {}

  /** On the path, where Debian has servers, or below {@code target/tools} as {@code .ci/run}. */
  public static Path need(String program) {
    Path tools = Path.of(System.getProperty("basedir", "")).resolve("target/tools/bin");
    Optional<Path> found =
        SearchPath.withSystem(System.getenv().getOrDefault("PATH", ""))
            .find(program)
            .or(
                () ->
                    Optional.of(tools.resolve(program).toAbsolutePath())
                        .filter(Files::isExecutable));
    require(found.isPresent(), program + " is not installed");
    return found.orElseThrow();
  }

  public static void require(boolean there, String otherwise) {
    assertThat(there || !"true".equals(System.getenv("CI"))).as(otherwise).isTrue();
    Assumptions.assumeTrue(there, otherwise);
  }
}
