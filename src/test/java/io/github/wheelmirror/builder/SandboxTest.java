package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {

  private static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 100_000);

  private final Path scratch;
  private final Path inside;
  private final Path outside;

  SandboxTest(@TempDir Path folder) throws IOException {
    Path real = folder.toRealPath();
    scratch = Files.createDirectory(real.resolve("scratch"));
    inside = Files.createDirectory(real.resolve("in side"));
    outside = Files.createDirectory(real.resolve("outside"));
  }

  @Test
  void hostWithNamespacesProtectsFilesAndNetwork() throws IOException {
    assumeTrue(
        succeeds("unshare", "--net", "--pid", "--mount", "--fork", "--mount-proc", "true")
            || succeeds(
                "unshare", "--map-root-user", "--net", "--pid", "--mount", "--fork", "true"),
        "needs namespaces");

    Sandbox sandbox = Sandbox.find(Pythons.RUNNER, Pythons.PATH, scratch);

    assertThat(sandbox.networkIsolated()).isTrue();
    assertThat(sandbox.filesProtected()).isTrue();
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void whatItClaimsHoldsAndTheWorkingFolderStays() throws IOException {
    Sandbox sandbox = Sandbox.find(Pythons.RUNNER, Pythons.PATH, scratch);
    Path here = Files.createDirectory(inside.resolve("here"));
    String script = "pwd; touch own; touch \"$1/evil\" 2> /dev/null; cat /proc/net/dev; exit 5";

    ProcessOutcome outcome =
        run(sandbox.wrap(List.of("sh", "-c", script, "sh", outside.toString()), inside), here);

    assertThat(outcome.describe()).isEqualTo("exit code 5");
    assertThat(outcome.transcript().output()).startsWith(here + "\n");
    assertThat(here.resolve("own")).exists();
    assertThat(Files.exists(outside.resolve("evil"))).isEqualTo(!sandbox.filesProtected());
  }

  @Test
  void hostWithoutAnythingHasNoSandboxAndSaysSo() throws IOException {
    SearchPath bare = SearchPath.parse(outside.toString());

    assertThat(Sandbox.find(Pythons.RUNNER, bare, scratch)).isEqualTo(Sandbox.NONE);
  }

  @Test
  void helperThatFailsOrLiesIsNotTaken() throws IOException {
    Path fails = outside.resolve("bwrap");
    Files.writeString(fails, "#!/bin/sh\nexit 1\n");
    Path lies = outside.resolve("unshare");
    Files.writeString(lies, "#!/bin/sh\nfor last; do :; done\nexec true\n");
    for (Path program : List.of(fails, lies)) {
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    assertThat(Sandbox.find(Pythons.RUNNER, SearchPath.parse(outside.toString()), scratch))
        .isEqualTo(Sandbox.NONE);
  }

  private boolean succeeds(String... argv) {
    return Pythons.PATH.find(argv[0]).isPresent() && run(List.of(argv), scratch).succeeded();
  }

  private ProcessOutcome run(List<String> argv, Path directory) {
    return Pythons.RUNNER.run(
        Command.of(argv, directory, CleanEnvironment.at(inside).path(Pythons.PATH).variables()),
        LIMITS);
  }
}
