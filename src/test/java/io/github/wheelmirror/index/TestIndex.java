package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.RemoteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes index clients that never really wait, with bounds that a test can reach. */
final class TestIndex {

  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final List<IndexLocation> explicit = new ArrayList<>();
  private IndexSettings.Limits limits =
      new IndexSettings.Limits(4, Duration.ofSeconds(20), 1 << 20, 1 << 20);
  private String defaultUrl = "";
  private boolean offline;
  private boolean anew;
  private boolean only;
  final Seen seen = new Seen();
  final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

  TestIndex(Path folder) {
    this.folder = folder;
    variables.put("PIP_RETRIES", "3");
    variables.put("PIP_TIMEOUT", "5");
  }

  TestIndex variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  TestIndex index(String url) {
    return location(new IndexLocation(IndexLocation.Kind.INDEX, url, false, Credentials.NONE));
  }

  TestIndex location(IndexLocation location) {
    explicit.add(location);
    return this;
  }

  TestIndex defaultIndex(String url) {
    defaultUrl = url;
    return this;
  }

  TestIndex limits(IndexSettings.Limits newLimits) {
    limits = newLimits;
    return this;
  }

  TestIndex offline() {
    offline = true;
    return this;
  }

  TestIndex only() {
    only = true;
    return this;
  }

  TestIndex anew() {
    anew = true;
    return this;
  }

  SimpleIndex open() {
    PipConfiguration pip = PipConfiguration.read(environment());
    return new SimpleIndex(
        new IndexSettings(
            pip, defaultUrl, explicit, only, folder.resolve("cache"), limits, offline, anew),
        seen,
        new RetryPolicy(pip.retries(), waits::add, InstantSource.fixed(NOW), () -> 1.0));
  }

  PipEnvironment environment() {
    return new PipEnvironment(
        variables, folder.resolve("home"), folder.resolve("etc"), folder.resolve("prefix"), folder);
  }

  static RemoteFile file(String url, byte[] content, String index) {
    return file(url, Map.of("sha256", Sha256.of(content)), content.length, index);
  }

  static RemoteFile file(String url, Map<String, String> hashes, long size, String index) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    return new RemoteFile(name, url, hashes, "", false, "", "", size, Map.of(), false, index);
  }

  static String json(String files) {
    return "{\"meta\":{\"api-version\":\"1.1\"},\"name\":\"x\",\"files\":[" + files + "]}";
  }

  static String jsonFile(String name, byte[] content) {
    return "{\"filename\":\""
        + name
        + "\",\"url\":\"../../files/"
        + name
        + "\",\"hashes\":{\"sha256\":\""
        + Sha256.of(content)
        + "\"}}";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Each cached page in the folder of a client, with what changes whenever anything is written. */
  static Map<Path, Object> times(Path folder) throws IOException {
    Map<Path, Object> times = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(file, Files.getAttribute(file, "unix:ctime"));
      }
    }
    return times;
  }
}
