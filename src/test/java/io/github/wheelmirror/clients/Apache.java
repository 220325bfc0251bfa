package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real Apache on loopback, with the modules of Debian and a configuration of its own. */
final class Apache implements AutoCloseable {
  private static final List<String> MODULES =
      List.of("mpm_event", "alias", "authz_core", "dir", "headers", "mime", "rewrite");

  private final Process process;
  private final int port;

  private Apache(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param host what stands in its virtual host
   */
  static Apache start(Path folder, String host) throws IOException, InterruptedException {
    Path program = Programs.need("apache2");
    Path modules = Path.of("/usr/lib/apache2/modules");
    Programs.require(Files.isDirectory(modules), modules + " is missing");
    Files.createDirectories(folder);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String loaded =
        MODULES.stream()
            .map(name -> "LoadModule %s_module %s/mod_%s.so".formatted(name, modules, name))
            .collect(Collectors.joining("\n"));
    Path configuration = folder.resolve("apache.conf");
    Files.writeString(
        configuration,
        """
        %s
        ServerName localhost
        ServerRoot "%s"
        PidFile "%s/pid"
        ErrorLog "%s/error.log"
        DefaultRuntimeDir "%s"
        TypesConfig /dev/null
        User www-data
        Group www-data
        Listen 127.0.0.1:%d
        <VirtualHost *>
        %s
        </VirtualHost>
        """
            .formatted(loaded, folder, folder, folder, folder, port, host));
    Process process =
        new ProcessBuilder(program.toString(), "-f", configuration.toString(), "-DFOREGROUND")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    Apache apache = new Apache(process, port);
    while (!apache.listens()) {
      assertThat(process.isAlive()).as(() -> words(folder)).isTrue();
      Thread.sleep(20);
    }
    return apache;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      // not yet
      return false;
    }
  }

  private static String words(Path folder) {
    try (Stream<Path> logs = Files.list(folder)) {
      StringBuilder words = new StringBuilder("Apache ended: ");
      for (Path log : logs.filter(each -> each.toString().endsWith(".log")).toList()) {
        words.append(Files.readString(log));
      }
      return words.toString();
    } catch (IOException e) {
      return "Apache ended: " + e;
    }
  }

  /** Its root, with a final slash. */
  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
