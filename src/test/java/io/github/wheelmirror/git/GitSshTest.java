package io.github.wheelmirror.git;

import static io.github.wheelmirror.git.GitFixture.FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over a real sshd on the loopback device, with keys made for the test. */
@Timeout(120)
class GitSshTest {

  private static Path folder = Path.of("");
  private static int port;
  private static List<Process> started = new ArrayList<>();
  private static String master = "";

  @TempDir Path caches = Path.of("");

  @BeforeAll
  static void startServer(@TempDir Path temporary) throws IOException, InterruptedException {
    Path sshd = Programs.need("sshd", "/usr/sbin/sshd", "/usr/local/sbin/sshd");
    Path keygen = Programs.need("ssh-keygen", "/usr/bin/ssh-keygen");
    Programs.need("ssh", "/usr/bin/ssh");
    Programs.need("git-upload-pack", "/usr/bin/git-upload-pack");
    folder = temporary;
    makePrivilegeSeparationFolder();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    for (String key : List.of("host", "user", "stranger")) {
      Programs.run(
          List.of(keygen.toString(), "-q", "-t", "ed25519", "-N", "", "-f", folder + "/" + key));
    }
    Files.copy(folder.resolve("user.pub"), folder.resolve("authorized_keys"));
    try (GitFixture repository = GitFixture.bare(folder.resolve("with space/r.git"))) {
      master = repository.commit("refs/heads/master", "a===1\n");
    }
    port = freePort();
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s/host
        PidFile %s/pid
        AuthorizedKeysFile %s/authorized_keys
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        StrictModes no
        UsePAM no
        SetEnv SHLVL=1 GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=*
        """
            .formatted(port, folder, folder, folder));
    Path log = folder.resolve("sshd.log");
    Process server =
        new ProcessBuilder(sshd.toString(), "-D", "-e", "-f", folder + "/sshd_config")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    started.add(server);
    awaitPort(server, log);
    Files.writeString(
        folder.resolve("known_hosts"),
        "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host.pub")));
  }

  /** As root, sshd insists on this empty folder, which the boot makes where sshd is a service. */
  private static void makePrivilegeSeparationFolder() throws IOException {
    Path run = Path.of("/run");
    if (user().equals("root") && Files.isWritable(run)) {
      Files.createDirectories(run.resolve("sshd"));
    }
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    for (Process process : started) {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void readsOverAnSshUrl() {
    GitConstraintsSource source = source(url("with space/r.git"), "user", "known_hosts");

    source.fetch(source.refs());

    assertThat(source.location()).startsWith("ssh://").contains(":" + port + "/");
    assertThat(source.read(master, FILE)).contains("a===1\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsOverAnScpLikeAddress() {
    String address = user() + "@127.0.0.1:" + folder + "/with space/r.git";
    GitConstraintsSource source = source(address, "user", "known_hosts", "-p", "" + port);

    source.fetch(source.refs());

    assertThat(source.location()).isEqualTo(address);
    assertThat(source.read(master, FILE)).isPresent();
  }

  @Test
  void aKeyThatTheServerDoesNotKnowIsBadInput() {
    MirrorException failure = failure(source(url("with space/r.git"), "stranger", "known_hosts"));

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.INPUT);
    assertThat(failure.what()).contains("refuses");
    assertThat(failure.why()).contains("Permission denied");
    assertThat(failure.fix()).contains("key");
  }

  @RepeatedTest(10)
  void aHostThatIsNotKnownIsNeverTrustedByItself() {
    MirrorException failure = failure(source(url("with space/r.git"), "user", "nothing_known"));

    assertThat(failure.kind()).as(failure.toString()).isEqualTo(MirrorException.Kind.MACHINERY);
    assertThat(failure.fix()).contains("known_hosts");
    assertThat(folder.resolve("nothing_known")).doesNotExist();
  }

  @Test
  void aPathThatIsNoRepositoryIsBadInput() {
    MirrorException failure = failure(source(url("nowhere.git"), "user", "known_hosts"));

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.INPUT);
    assertThat(failure.what()).contains("was not found");
  }

  @Test
  void aClosedPortIsUnreachable() throws IOException {
    String url = "ssh://" + user() + "@127.0.0.1:" + freePort() + "/r.git";

    MirrorException failure = failure(source(url, "user", "known_hosts"));

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
    assertThat(failure.what()).contains("cannot be reached");
  }

  @Test
  void aMissingSshProgramIsSaid() {
    GitAccess access =
        GitAccess.anonymous(command -> new ProcessBuilder(folder + "/no-such-ssh").start());

    MirrorException failure = failure(new GitConstraintsSource(url("r.git"), caches, access));

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
    assertThat(failure.fix()).contains("install the ssh client");
  }

  @Test
  void anSshThatHangsIsEndedAfterTheTimeout() throws InterruptedException {
    List<Process> hanging = new ArrayList<>();
    GitAccess access =
        GitAccess.anonymous(
                command -> {
                  hanging.add(new ProcessBuilder("/bin/sleep", "600").start());
                  return hanging.get(0);
                })
            .withTimeout(Duration.ofSeconds(1));

    MirrorException failure = failure(new GitConstraintsSource(url("r.git"), caches, access));

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
    assertThat(failure.what()).contains("does not answer in time");
    assertThat(hanging.get(0).waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theCommandLineNeverAsksAndEndsItsOptions() throws Exception {
    URIish uri = new URIish("ssh://git@[::1]:2222/r.git");

    assertThat(SystemSsh.commandLine(uri, "git-upload-pack '/r.git'", Duration.ofSeconds(9)))
        .containsExactly(
            "ssh",
            "-o",
            "BatchMode=yes",
            "-o",
            "ConnectTimeout=9",
            "-p",
            "2222",
            "--",
            "git@::1",
            "git-upload-pack '/r.git'");
  }

  private GitConstraintsSource source(
      String url, String key, String knownHosts, String... options) {
    GitAccess access =
        GitAccess.anonymous(
                command -> {
                  List<String> line = new ArrayList<>(command);
                  line.addAll(
                      1,
                      List.of(
                          "-F",
                          "/dev/null",
                          "-i",
                          folder + "/" + key,
                          "-o",
                          "IdentitiesOnly=yes",
                          "-o",
                          "IdentityAgent=none",
                          "-o",
                          "UserKnownHostsFile=\"" + folder + "/" + knownHosts + "\"",
                          "-o",
                          "GlobalKnownHostsFile=/dev/null"));
                  line.addAll(1, List.of(options));
                  return new ProcessBuilder(line).start();
                })
            .withTimeout(Duration.ofSeconds(20));
    return new GitConstraintsSource(url, caches, access);
  }

  private static MirrorException failure(GitConstraintsSource source) {
    return catchThrowableOfType(MirrorException.class, source::refs);
  }

  private static String url(String path) {
    return "ssh://" + user() + "@127.0.0.1:" + port + folder + "/" + path;
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(Process server, Path log) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 300; attempt++) {
      assertThat(server.isAlive()).as("sshd: " + Files.readString(log)).isTrue();
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new AssertionError("sshd does not listen: " + Files.readString(log));
  }
}
