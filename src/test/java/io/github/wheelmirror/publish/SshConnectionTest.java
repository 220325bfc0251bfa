package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a release by ssh connects for. */
@Timeout(120)
class SshConnectionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final Path folder;
  private final TestTree tree;

  SshConnectionTest(@TempDir Path folder) {
    this.folder = folder;
    this.tree = new TestTree(folder.resolve("tree"));
  }

  private void release(SshServer server, String ssh) {
    RsyncRegion region =
        new RsyncRegion(
            new RegionSettings("far", folder.resolve("here"), "", Duration.ofSeconds(30)),
            SshPlace.parse("far", server.url(folder.resolve("there"))),
            ssh);
    Snapshot snapshot = tree.snapshot("test", "1.0", "alpha");
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    region.flip(staged, Optional.empty(), NOW);
    assertThat(folder.resolve("there/test/simple/alpha")).exists();
  }

  @Test
  void allThatIsDoneUnderOneLockGoesByItsConnection(@TempDir Path keys) throws Exception {
    try (SshServer server = SshServer.start(keys)) {
      SshGate gate = SshGate.make(folder.resolve("gate"), server.ssh(), 0, SshGate.How.BEFORE, 0);
      release(server, gate.command());
      // one lock to stage, one to flip
      assertThat(server.connections()).isEqualTo(2);
      assertThat(gate.commands()).hasSizeGreaterThan(8);
      assertThat(sockets(gate)).isNotEmpty().allMatch(socket -> !Files.exists(socket));
    }
  }

  private static List<Path> sockets(SshGate gate) throws IOException {
    return gate.commands().stream()
        .flatMap(command -> Arrays.stream(command.split(" ")))
        .filter(word -> word.startsWith("ControlPath="))
        .map(word -> Path.of(word.substring("ControlPath=".length())).getParent())
        .distinct()
        .toList();
  }

  @Test
  void aHostThatSharesNoConnectionIsConnectedToAgain(@TempDir Path keys) throws Exception {
    try (SshServer server = SshServer.start(keys, 1)) {
      release(server, server.ssh());
      assertThat(server.connections()).isGreaterThan(8);
    }
  }
}
