package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.clients.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real sshd on the loopback device.
 *
 * @param ssh the client's command with the options that this server needs
 * @param log what it says
 */
record SshServer(Process process, int port, String ssh, Path log) implements AutoCloseable {

  /**
   * Starts it with new keys; without ssh and rsync on this machine the test is skipped, in CI it
   * fails.
   *
   * @param keys an empty folder without a blank in its path
   */
  static SshServer start(Path keys) throws IOException, InterruptedException {
    return start(keys, 10);
  }

  /**
   * The same, with a limit of what shares one connection.
   *
   * @param sessions the most at one time, the lock's among them
   */
  static SshServer start(Path keys, int sessions) throws IOException, InterruptedException {
    Path sshd = Path.of("/usr/sbin/sshd");
    for (Path program : List.of(sshd, Path.of("/usr/bin/ssh"), Path.of("/usr/bin/rsync"))) {
      Programs.require(Files.isExecutable(program), program + " is needed");
    }
    if (Files.isWritable(Path.of("/run"))) {
      // as root, sshd insists on this empty folder
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
    for (String key : List.of("host", "user")) {
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys + "/" + key);
    }
    Files.copy(keys.resolve("user.pub"), keys.resolve("authorized_keys"));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    // SHLVL: a bash that thinks it is not the first one does not read the user's .bashrc, which may
    // take longer than the command
    Files.writeString(
        keys.resolve("sshd_config"),
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
        MaxStartups 100
        SetEnv SHLVL=1
        MaxSessions %d
        """
            .formatted(port, keys, keys, keys, sessions));
    Process process =
        new ProcessBuilder(sshd.toString(), "-D", "-e", "-f", keys + "/sshd_config")
            .redirectErrorStream(true)
            .redirectOutput(keys.resolve("sshd.log").toFile())
            .start();
    String ssh =
        "ssh -F /dev/null -i %s/user -o UserKnownHostsFile=%s/known_hosts -o IdentitiesOnly=yes"
            .formatted(keys, keys);
    SshServer server = new SshServer(process, port, ssh, keys.resolve("sshd.log"));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!server.listens()) {
      if (System.nanoTime() - end >= 0) {
        server.close();
        throw new AssertionError(Files.readString(server.log));
      }
      Thread.sleep(20);
    }
    Files.writeString(
        keys.resolve("known_hosts"),
        "[127.0.0.1]:" + port + " " + Files.readString(keys.resolve("host.pub")));
    return server;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      // not yet
      return false;
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  /** How often somebody has connected and was let in. */
  long connections() throws IOException {
    return Files.readString(log).lines().filter(line -> line.startsWith("Accepted")).count();
  }

  /** The region in that folder. */
  String url(Path folder) {
    return "ssh://127.0.0.1:" + port + folder.toString().replace(" ", "%20");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
