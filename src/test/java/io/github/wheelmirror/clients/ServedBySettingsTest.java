package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.publish.DirectoryRegion;
import io.github.wheelmirror.publish.RegionSettings;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReleaseScenario;
import io.github.wheelmirror.tree.ServerConfig;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link RealClientsTest} does not ask real nginx and real Apache with the configurations of
 * the goal {@code server-config}.
 */
@Timeout(120)
class ServedBySettingsTest {

  private static final String SLUG = ReleaseScenario.SLUG;
  private static final String JSON = "application/vnd.pypi.simple.v1+json";

  /** What pip sends. */
  private static final String PIP =
      JSON + ", application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01";

  private enum Server {
    NGINX,
    APACHE
  }

  /** A running one. */
  private record Web(URI url, AutoCloseable server) implements AutoCloseable {

    HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url.resolve(path))
              .method(method, HttpRequest.BodyPublishers.noBody());
      if (headers.length > 0) {
        request.headers(headers);
      }
      return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
      return ask("GET", path, headers);
    }

    @Override
    public void close() throws Exception {
      server.close();
    }
  }

  @TempDir Path folder;
  private Path root = Path.of("");
  private List<Manifest> releases = List.of();

  @BeforeEach
  void release() throws IOException {
    // Apache gives up root's rights
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    // characters that have a meaning in patterns and configurations of both
    root = folder.resolve("re[gi]on ;#*? of 'us' @PREFIX@");
    ReleaseScenario one = scenario("1.0+cpu.1");
    Manifest first = release(one, one.verified());
    ReleaseScenario two = scenario("2.0");
    releases = List.of(first, release(two, two.verified(first)));
  }

  private ReleaseScenario scenario(String version) {
    return new ReleaseScenario(folder, "cp311")
        .branch("stable/2025.1")
        .mirrored("stable/2025.1", "alpha", version);
  }

  private Manifest release(ReleaseScenario scenario, VerifiedSnapshot verified) {
    Region region = new DirectoryRegion(new RegionSettings("main", root));
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged = region.stage(verified, scenario.wheelhouse(), Progress.NONE);
    Release release = region.flip(staged, base, Instant.now());
    return region.manifest(SLUG, release.snapshot());
  }

  private Web start(Server server, String prefix) throws Exception {
    ServerConfig config = new ServerConfig(root, prefix);
    Path own = folder.resolve("server");
    if (server == Server.NGINX) {
      Nginx nginx = Nginx.start(own, config.nginxHttp(), config.nginxServer());
      return new Web(nginx.url().resolve(prefix), nginx);
    }
    Apache apache = Apache.start(own, config.apache());
    return new Web(apache.url().resolve(prefix), apache);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }

  private static String sha256(HttpResponse<String> answer) {
    return Sha256.of(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private ManifestFile wheel(String version) {
    return releases.get(1).files().stream()
        .filter(file -> file.version().toString().equals(version))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void pagesComeInTheFormThatIsAskedFor(Server server) throws Exception {
    for (String prefix : List.of("/", "/a.b/c~d/")) {
      try (Web web = start(server, prefix)) {
        Manifest newest = releases.get(1);
        for (String mount : List.of(SLUG, "@" + newest.id())) {
          String page = mount + "/simple/alpha/";
          HttpResponse<String> html = web.get(page);
          HttpResponse<String> json = web.get(page, "Accept", PIP);
          assertThat(sha256(html)).isEqualTo(newest.pages().get(0).htmlSha256());
          assertThat(sha256(json)).isEqualTo(newest.pages().get(0).jsonSha256());
          assertThat(header(html, "ETag")).isNotEqualTo(header(json, "ETag"));
          for (String refused : List.of(";q=0", "; q=0.000", " ;q=0.0 ")) {
            HttpResponse<String> answer = web.get(page, "Accept", JSON + refused + ", text/html");
            assertThat(header(answer, "Content-Type")).as(refused).startsWith("text/html");
            assertThat(sha256(answer)).isEqualTo(sha256(html));
          }
          for (String wanted : List.of(";q=0.5, text/html;q=0", ";q=0.01", ", text/html;q=0")) {
            assertThat(header(web.get(page, "Accept", JSON + wanted), "Content-Type"))
                .as(wanted)
                .isEqualTo(JSON);
          }
          assertThat(web.get(page + "index.v1_json").body()).isEqualTo(json.body());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void wheelsSayTheirSizeAndTheirMetadataIsWhole(Server server) throws Exception {
    ManifestFile file = wheel("1.0+cpu.1");
    String path = TreeLayout.rootWheelUrl(file.sha256(), file.filename());
    try (Web web = start(server, "/wheel/")) {
      HttpResponse<String> head = web.ask("HEAD", path);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(file.size()));
      HttpResponse<String> metadata = web.get(path + ".metadata");
      assertThat(sha256(metadata)).isEqualTo(file.metadataSha256());
      assertThat(header(metadata, "Content-Type")).isEqualTo("application/octet-stream");
      assertThat(web.get(path.replace("%2B", "+")).statusCode()).isEqualTo(200);
      assertThat(web.ask("DELETE", path).statusCode()).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reportsCanBeReadAndAreNotListed(Server server) throws Exception {
    Region region = new DirectoryRegion(new RegionSettings("main", root));
    Map<String, String> types =
        Map.of(
            "index.html", "text/html; charset=utf-8",
            "report.css", "text/css; charset=utf-8",
            "report.js", "text/javascript; charset=utf-8",
            "status.json", "application/json",
            "logs/alpha-1.0.txt", "text/plain; charset=utf-8");
    SortedMap<String, byte[]> report = new TreeMap<>();
    types.keySet().forEach(path -> report.put(path, path.getBytes(StandardCharsets.UTF_8)));
    region.publish(region.current(SLUG).orElseThrow(), report);
    String folder = "reports/" + SLUG + "/2/";
    try (Web web = start(server, "/wheel/")) {
      for (Map.Entry<String, String> type : types.entrySet()) {
        HttpResponse<String> answer = web.get(folder + type.getKey());
        assertThat(answer.body()).isEqualTo(type.getKey());
        assertThat(header(answer, "Content-Type")).isEqualToIgnoringCase(type.getValue());
      }
      assertThat(web.get(folder, "Accept", "text/html,*/*;q=0.8").body()).isEqualTo("index.html");
      for (String listing : List.of("reports/", "reports/" + SLUG + "/", folder + "logs/")) {
        assertThat(web.get(listing).statusCode()).as(listing).isIn(403, 404);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void documentsComeWithTheirTypes(Server server) throws Exception {
    try (Web web = start(server, "/wheel/")) {
      for (String path : List.of("constraints/stable/2025.1.txt", "pylock.stable-2025-1.toml")) {
        HttpResponse<String> answer = web.get(SLUG + "/" + path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
      }
      for (String path : List.of("coverage.json", "sbom.cdx.json")) {
        assertThat(header(web.get(SLUG + "/" + path), "Content-Type"))
            .isEqualTo("application/json");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%73tate/journal.jsonl", SLUG + "/../state/journal.jsonl"})
  void theStateHasNoOtherName(String path) throws Exception {
    for (Server server : Server.values()) {
      try (Web web = start(server, "/wheel/")) {
        assertThat(web.get(path).statusCode()).isEqualTo(404);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReleaseAndAWayBackAreSeenAtOnce(Server server) throws Exception {
    String page = SLUG + "/simple/alpha/";
    Region region = new DirectoryRegion(new RegionSettings("main", root));
    try (Web web = start(server, "/wheel/")) {
      HttpResponse<String> newer = web.get(page);
      assertThat(sha256(newer)).isEqualTo(releases.get(1).pages().get(0).htmlSha256());
      region.flip(region.recall(SLUG, releases.get(0).id()), region.current(SLUG), Instant.now());

      for (HttpResponse<String> answer :
          List.of(
              web.get(page),
              web.get(page, "If-None-Match", header(newer, "ETag")),
              web.get(page, "If-Modified-Since", header(newer, "Last-Modified")))) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(sha256(answer)).isEqualTo(releases.get(0).pages().get(0).htmlSha256());
      }
    }
  }
}
