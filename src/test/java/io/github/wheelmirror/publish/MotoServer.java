package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Signing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/** A real server of the protocol of S3, {@code moto} from PyPI, with one bucket. */
final class MotoServer implements AutoCloseable {
  static final String BUCKET = "mirror-bucket";
  static final String PREFIX = "team/wheel/";

  private static final Pattern RUNNING = Pattern.compile("Running on (http://127[^\\s]+)");
  private static final long SECONDS = 60;

  private final Process process;
  private final String endpoint;

  private MotoServer(Process process, String endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Whether it is installed; in CI it must be. */
  static boolean isHere(Path folder) throws IOException, InterruptedException {
    boolean able = python(folder, "-c", "import moto.server, flask").waitFor() == 0;
    if ("true".equals(System.getenv("CI"))) {
      assertThat(able).as("moto[server] is needed").isTrue();
    }
    return able;
  }

  /** Starts it on a free port; a machine without it fails the test in CI and skips it elsewhere. */
  static MotoServer start(Path folder) throws IOException, InterruptedException {
    assumeTrue(isHere(folder), "moto[server] is needed, below target/tools/moto as .ci/run has it");
    Path log = folder.resolve("moto.log");
    Process process = python(folder, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      Matcher running = RUNNING.matcher(Files.readString(log));
      if (running.find()) {
        MotoServer server = new MotoServer(process, running.group(1));
        server.prepare();
        return server;
      }
      Thread.sleep(50);
    }
    process.destroyForcibly();
    throw new IOException(Files.readString(log));
  }

  private static Process python(Path folder, String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("moto.log").toFile()));
    Path tools = Path.of(System.getProperty("basedir", "")).resolve("target/tools/moto");
    if (Files.isDirectory(tools)) {
      builder.environment().put("PYTHONPATH", tools.toAbsolutePath().toString());
    }
    return builder.start();
  }

  /**
   * The policy of the documentation: clients read everything but the state of runs. Only this
   * server has a permission of its own for HEAD.
   */
  private void prepare() {
    try (S3Client client = client()) {
      client.createBucket(request -> request.bucket(BUCKET));
      client.putBucketPolicy(
          request ->
              request
                  .bucket(BUCKET)
                  .policy(
                      """
                      {"Version": "2012-10-17",
                       "Statement": [{
                         "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:HeadObject"],
                         "Resource": [%s]}]}"""
                          .formatted(
                              List.of(
                                      "pool/*",
                                      "@*",
                                      "snapshots/*",
                                      "channels/*",
                                      "debian-*",
                                      "ubuntu-*",
                                      "quarantine.json",
                                      // regions of tests that need several
                                      "r*")
                                  .stream()
                                  .map(
                                      each ->
                                          String.format(
                                              Locale.ROOT,
                                              "\"arn:aws:s3:::%s/%s%s\"",
                                              BUCKET,
                                              PREFIX,
                                              each))
                                  .collect(java.util.stream.Collectors.joining(", ")))));
    }
  }

  /** Where clients see the region. */
  String url() {
    return endpoint + "/" + BUCKET + "/" + PREFIX;
  }

  String endpoint() {
    return endpoint;
  }

  S3Settings settings() {
    return S3Settings.parse(
        "cloud",
        "s3://" + BUCKET + "/" + PREFIX + "?endpoint=" + endpoint,
        new Credentials("moto", "access", new Secret("secret")),
        url(),
        Duration.ofMinutes(2),
        RegionCommands.NONE,
        Signing.NONE);
  }

  /** The same client as a region's. */
  S3Client client() {
    return S3Clients.of(settings(), HostNetwork.PLAIN);
  }

  S3ObjectStore store(long part) {
    return new S3ObjectStore(settings(), client(), part);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
