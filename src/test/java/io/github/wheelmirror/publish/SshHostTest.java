package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two runs on one host behind a real sshd, one of which has lost its lock. */
@Timeout(120)
class SshHostTest {
  private static SshServer server;

  @TempDir Path folder;
  private Path there;
  private Path here;

  @BeforeAll
  static void startServer(@TempDir Path keys) throws IOException, InterruptedException {
    server = SshServer.start(keys);
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void setUp() throws IOException {
    there = Files.createDirectories(folder.resolve("there it's"));
    here = Files.createDirectories(folder.resolve("here"));
    Files.createDirectories(here.resolve("pool"));
    Files.writeString(here.resolve("pool/file"), "content");
  }

  private SshHost host() {
    return new SshHost("far", SshPlace.parse("far", server.url(there)), here, server.ssh());
  }

  private Path list(String... paths) throws IOException {
    return Files.writeString(
        folder.resolve("list"), String.join("\0", paths) + "\0", StandardCharsets.UTF_8);
  }

  private List<String> temporary() throws IOException {
    try (Stream<Path> files = Files.walk(there.resolve(".tmp"))) {
      return files.map(file -> there.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void whoHasTheLockWritesReplacesAndRemoves() throws IOException {
    SshHost host = host();
    try (SshHost.Held lock = host.lock(Duration.ofSeconds(10))) {
      host.push(List.of("pool"));
      host.replace("pool/other", here.resolve("pool/file"));
      host.force();
      assertThat(there.resolve("pool/other")).hasContent("content");
      host.remove(list("pool/file"));
      assertThat(lock).isNotNull();
    }
    assertThat(there.resolve("pool/file")).doesNotExist();
    assertThat(there.resolve("pool/other")).exists();
  }

  @Test
  void whatARunSendsAfterAnotherHasTakenItsLockIsRefused() throws IOException {
    SshHost late = host();
    late.lock(Duration.ofSeconds(10)).close();
    try (SshHost.Held lock = host().lock(Duration.ofSeconds(10))) {
      Files.createDirectories(there.resolve("pool"));
      Files.writeString(there.resolve("pool/kept"), "kept");
      assertThatThrownBy(() -> late.push(List.of("pool")))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("another run has taken the lock meanwhile");
      assertThatThrownBy(() -> late.remove(list("pool/kept")))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("another run has taken the lock meanwhile");
      assertThat(lock).isNotNull();
    }
    assertThat(there.resolve("pool/file")).doesNotExist();
    assertThat(there.resolve("pool/kept")).exists();
  }

  @Test
  void theLockIsGivenWhenWhatTheRunBeforeItSentHasEnded() throws Exception {
    host().lock(Duration.ofSeconds(10)).close();
    Process writing =
        new ProcessBuilder("flock", "-s", there + "/state/locks/host.work", "cat").start();
    try {
      assertThatThrownBy(() -> host().lock(Duration.ofSeconds(1)))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("its lock cannot be taken");
    } finally {
      writing.getOutputStream().close();
      assertThat(writing.waitFor()).isZero();
    }
    host().lock(Duration.ofSeconds(10)).close();
  }

  @Test
  void whatWasNotWholeWhenItsConnectionEndedGoesWithTheNextRun() throws IOException {
    SshHost host = host();
    host.lock(Duration.ofSeconds(10)).close();
    Files.createDirectories(there.resolve(".tmp/rsync"));
    Files.writeString(there.resolve(".tmp/rsync/.file.x8dJ2k"), "conte");
    try (SshHost.Held lock = host.lock(Duration.ofSeconds(10))) {
      assertThat(temporary()).containsExactly(".tmp", ".tmp/rsync");
      assertThat(lock).isNotNull();
    }
  }

  /** Half a path may be that of a folder above. */
  @Test
  void ofAListThatDoesNotArriveWholeNothingIsRemoved() throws IOException {
    Files.createDirectories(there.resolve("pool/sha256/ab"));
    Path cut = folder.resolve("cut");
    Files.writeString(cut, "#!/bin/sh\nhead -c 5 | \"$@\"\n");
    assertThat(cut.toFile().setExecutable(true)).isTrue();
    SshHost host =
        new SshHost(
            "far",
            SshPlace.parse("far", server.url(there)),
            here,
            folder.resolve("gate") + " " + server.ssh());
    Path gate = folder.resolve("gate");
    Files.writeString(
        gate, "#!/bin/sh\ncase $* in *xargs*) exec " + cut + " \"$@\" ;; *) exec \"$@\" ;; esac\n");
    assertThat(gate.toFile().setExecutable(true)).isTrue();
    try (SshHost.Held lock = host.lock(Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> host.remove(list("pool/sha256/ab")))
          .isInstanceOf(MirrorException.class);
      assertThat(lock).isNotNull();
    }
    assertThat(there.resolve("pool/sha256/ab")).isDirectory();
  }
}
