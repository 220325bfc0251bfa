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

    Sandbox sandbox = Sandbox.find(Pythons.RUNNER, Pythons.PATH, PrivatePlaces.NONE, scratch);

    assertThat(sandbox.networkIsolated()).isTrue();
    assertThat(sandbox.filesProtected()).isTrue();
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void whatItClaimsHoldsAndTheWorkingFolderStays() throws IOException {
    Sandbox sandbox = Sandbox.find(Pythons.RUNNER, Pythons.PATH, PrivatePlaces.NONE, scratch);
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
  void neitherTheKernelNorTheDisksOfTheHostAreWrittenTo() throws IOException {
    for (SearchPath path : List.of(Pythons.PATH, withoutBubblewrap())) {
      Sandbox sandbox = Sandbox.find(Pythons.RUNNER, path, PrivatePlaces.NONE, scratch);
      assumeTrue(sandbox.filesProtected(), "needs namespaces");
      // root may without any capability
      String script =
          "for one in /proc/sys/kernel/core_pattern /proc/sysrq-trigger; do"
              + " [ ! -w $one ] || echo $one; done; find /dev -type b; echo end > /dev/null; echo end";

      ProcessOutcome outcome = run(sandbox.wrap(List.of("sh", "-c", script), inside), inside);

      assertThat(outcome.transcript().output()).isEqualTo("end\n");
    }
  }

  @Test
  void whatIsPrivateIsNotSeen() throws IOException {
    Path keys = Files.createDirectory(outside.resolve("keys of me"));
    Path key = Files.writeString(keys.resolve("key"), "s3cret");
    Path login = Files.writeString(outside.resolve("login"), "s3cret");
    Path link = Files.createSymbolicLink(scratch.resolve("link"), login);
    PrivatePlaces hidden =
        new PrivatePlaces(
            List.of(keys, key, link, outside.resolve("none"), inside.resolve(".."), scratch));
    for (SearchPath path : List.of(Pythons.PATH, withoutBubblewrap())) {
      Sandbox sandbox = Sandbox.find(Pythons.RUNNER, path, hidden, inside);
      assumeTrue(sandbox.filesProtected(), "needs namespaces");
      String script = "cat \"$1\"/*/* \"$1\"/* \"$2\"; touch \"$1/keys of me/new\"; touch mine";

      ProcessOutcome outcome =
          run(
              sandbox.wrap(
                  List.of("sh", "-c", script, "sh", outside.toString(), link.toString()), inside),
              inside);

      assertThat(outcome.describe()).as(outcome.transcript().output()).isEqualTo("exit code 0");
      assertThat(outcome.transcript().output()).doesNotContain("s3cret");
      assertThat(inside.resolve("mine")).exists();
    }
    assertThat(keys).isDirectoryContaining(key::equals);
    assertThat(login).hasContent("s3cret");
  }

  /** As if only {@code unshare} worked. */
  private SearchPath withoutBubblewrap() throws IOException {
    Path program = Files.createDirectories(outside.resolve("bin")).resolve("bwrap");
    if (!Files.exists(program)) {
      Files.writeString(program, "#!/bin/sh\nexit 1\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return SearchPath.parse(program.getParent() + ":" + System.getenv("PATH"));
  }

  @Test
  void hostWithoutAnythingHasNoSandboxAndSaysSo() throws IOException {
    SearchPath bare = SearchPath.parse(outside.toString());

    assertThat(Sandbox.find(Pythons.RUNNER, bare, PrivatePlaces.NONE, scratch))
        .isEqualTo(Sandbox.NONE);
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

    assertThat(
            Sandbox.find(
                Pythons.RUNNER, SearchPath.parse(outside.toString()), PrivatePlaces.NONE, scratch))
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
