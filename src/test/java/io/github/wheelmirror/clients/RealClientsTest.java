package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.publish.RegionSettings;
import io.github.wheelmirror.publish.RegionTree;
import io.github.wheelmirror.publish.StaticServer;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestServed;
import io.github.wheelmirror.tree.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real pip and real uv install every served pin of every branch on every Python of this host from a
 * released mirror; the files that they take are those of the manifest. Behind nginx at a mount
 * prefix, as serving.md configures it, and behind {@code serve}.
 */
@Timeout(900)
class RealClientsTest {

  private static final String JSON = "application/vnd.pypi.simple.v1+json";

  @TempDir static Path shared;
  private static ReleasedMirror mirror;
  private static NginxBlocks blocks;

  @TempDir Path folder;
  private int jobs;

  @BeforeAll
  static void release() throws IOException {
    mirror = new ReleasedMirror(shared, pythons());
    blocks = new NginxBlocks(mirror.region());
  }

  /** One of each minor version. */
  private static List<Interpreter> pythons() {
    Map<String, Interpreter> byTag = new LinkedHashMap<>();
    for (Interpreter one : MirrorRun.interpreters().all()) {
      List<Integer> version = one.facts().version();
      boolean wanted = version.get(0) == 3 && version.get(1) >= 9;
      if (wanted && !byTag.containsKey(one.pythonTag()) && Clients.hasPip(one)) {
        byTag.put(one.pythonTag(), one);
      }
    }
    Programs.require(!byTag.isEmpty(), "there is no CPython 3.9 or later with pip 22.2 or later");
    return List.copyOf(byTag.values());
  }

  @Test
  void theMirrorHasEveryKindOfWheel() {
    assertThat(mirror.newest().files())
        .extracting(file -> file.filename())
        .anyMatch(name -> name.matches("own_compiled-0\\.11\\.0-1-cp3(\\d+)-cp3\\1-.*"))
        .anyMatch(name -> name.startsWith("own_abi3-3.0-1-cp39-abi3-"))
        .contains("own_pure-0.8.1-1-py3-none-any.whl", "epoch-1!2.0-py3-none-any.whl");
    for (Interpreter python : mirror.pythons()) {
      assertThat(ReleasedMirror.served(mirror.newest(), "master", python)).hasSize(11);
    }
    assertThat(mirror.newest().id()).isNotEqualTo(mirror.first().id());
  }

  @Test
  void pipDownloadsFromAPlainNginxWhatTheManifestSays() throws Exception {
    try (Nginx nginx = Nginx.start(folder.resolve("nginx"), "", blocks.minimal())) {
      for (Job job : jobs(nginx.url() + "wheel/" + mirror.moving(), mirror.newest())) {
        Map<String, String> digests = Clients.pipDownload(job);

        Taken seen = taken(nginx.newRequests());
        assertThat(seen).isEqualTo(expected(mirror.newest(), job));
        Map<String, String> promised = new TreeMap<>();
        seen.wheels().forEach((name, path) -> promised.put(name, Taken.digest(path)));
        assertThat(digests).isEqualTo(promised);
      }
    }
  }

  @Test
  void pipInstallsFromThePinnedUrlWhatThatReleaseSaysThoughANewerOneIsThere() throws Exception {
    try (Nginx nginx = recommended()) {
      String pinned = nginx.url() + "wheel/" + mirror.pinned(mirror.first());
      for (Job job : jobs(pinned, mirror.first())) {
        Taken reported = Clients.pipInstall(job, true);

        assertThat(reported).isEqualTo(expected(mirror.first(), job));
      }
    }
  }

  @Test
  void uvInstallsWhatTheManifestSays() throws Exception {
    Path uv = Programs.need("uv");
    try (Nginx plain = Nginx.start(folder.resolve("plain"), "", blocks.minimal());
        Nginx recommended = recommended()) {
      uvInstalls(uv, plain, mirror.moving(), mirror.newest());
      uvInstalls(uv, recommended, mirror.moving(), mirror.newest());
      uvInstalls(uv, recommended, mirror.pinned(mirror.first()), mirror.first());
    }
  }

  private void uvInstalls(Path uv, Nginx nginx, String path, Manifest release) throws Exception {
    for (Job job : jobs(nginx.url() + "wheel/" + path, release)) {
      Clients.uvInstall(uv, job);

      assertThat(taken(nginx.newRequests())).isEqualTo(expected(release, job));
      assertInstalled(job, release);
    }
  }

  @Test
  void pipAndUvInstallByNameFromServeWhatTheManifestSays() throws Exception {
    Path uv = Programs.need("uv");
    RegionTree tree = new RegionTree(new RegionSettings("region", mirror.region()));
    try (StaticServer server = StaticServer.start(tree, 0)) {
      String url = server.url() + mirror.moving();
      for (Job job : jobs(url, mirror.newest())) {
        Job byName = withoutVersions(job);

        assertThat(Clients.pipInstall(byName, false)).isEqualTo(expected(mirror.newest(), job));
        assertInstalled(byName, mirror.newest());
      }
      for (Job job : jobs(url, mirror.newest())) {
        Job byName = withoutVersions(job);
        Clients.uvInstall(uv, byName);

        assertInstalled(byName, mirror.newest());
      }
    }
  }

  @Test
  void theRecommendedRulesNegotiateJsonAndSayWhatMayBeCached() throws Exception {
    String page = "/simple/pure-lib/";
    String moving = "wheel/" + mirror.moving() + page;
    try (Nginx nginx = recommended()) {
      HttpResponse<String> html = nginx.get(moving);
      HttpResponse<String> json = nginx.get(moving, "Accept", JSON + ", text/html;q=0.01");
      HttpResponse<String> pinned =
          nginx.get("wheel/" + mirror.pinned(mirror.first()) + page, "Accept", JSON);

      assertThat(header(html, "Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(html.body()).startsWith("<!DOCTYPE html>");
      assertThat(header(json, "Content-Type")).isEqualTo(JSON);
      assertThat(json.body()).startsWith("{");
      assertThat(header(json, "Vary")).isEqualTo("Accept");
      assertThat(header(json, "Cache-Control")).isEqualTo("no-cache");
      assertThat(header(pinned, "Cache-Control")).contains("immutable");
      assertThat(nginx.get(moving, "If-None-Match", header(html, "ETag")).statusCode())
          .isEqualTo(304);
      String wheel = expectedPaths(mirror.newest()).get(0);
      HttpResponse<String> file = nginx.get("wheel/" + wheel.replace("+", "%2B"));
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(header(file, "Cache-Control")).contains("immutable");
      assertThat(file.headers().firstValue("Vary")).isEmpty();
      assertThat(nginx.get("wheel/state/journal.jsonl").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void bothServersAnswerAsTheirGeneratedConfigurationsWantIt() throws Exception {
    Path region = folder.resolve("copy of a region");
    Process copy =
        new ProcessBuilder("cp", "-a", mirror.region().toString(), region.toString()).start();
    assertThat(copy.waitFor()).isZero();
    openToAll(folder);
    List<String> wheels = expectedPaths(mirror.newest());
    String out =
        wheels.stream().filter(each -> each.contains("own_pure")).findFirst().orElseThrow();
    Path taken = region.resolve(out).getParent();
    Path quarantine = region.resolve("pool/.quarantine").resolve(Taken.digest(out));
    Files.createDirectories(quarantine.getParent());
    Files.move(taken, quarantine);
    ServerConfig config = new ServerConfig(region, "/some.where/wheel/");
    try (Nginx nginx =
        Nginx.start(folder.resolve("nginx"), config.nginxHttp(), config.nginxServer())) {
      answers(nginx.url().resolve("some.where/wheel/"), wheels.get(0), out);
    }
    try (Apache apache = Apache.start(folder.resolve("apache"), config.apache())) {
      answers(apache.url().resolve("some.where/wheel/"), wheels.get(0), out);
      Job job = jobs(apache.url() + "some.where/wheel/" + mirror.moving(), mirror.newest()).get(0);
      List<String> one =
          job.requirements().stream().filter(each -> each.startsWith("pure-lib")).toList();
      assertThat(
              Clients.pipDownload(
                  new Job(
                      job.python(),
                      job.branch(),
                      job.index(),
                      job.constraints(),
                      one,
                      job.folder())))
          .hasSize(1);
    }
  }

  /** Apache gives up root's rights. */
  private static void openToAll(Path folder) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    permissions.addAll(PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(folder, permissions);
  }

  private static HttpResponse<String> get(URI url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void answers(URI root, String wheel, String out) throws Exception {
    for (String mount : List.of(mirror.moving(), mirror.pinned(mirror.newest()))) {
      URI page = root.resolve(mount + "/simple/pure-lib/");
      HttpResponse<String> html = get(page);
      HttpResponse<String> json = get(page, "Accept", JSON + ", text/html;q=0.01");
      assertThat(header(html, "Content-Type")).startsWith("text/html");
      assertThat(header(json, "Content-Type")).isEqualTo(JSON);
      assertThat(json.body()).startsWith("{");
      assertThat(header(html, "Vary")).contains("Accept");
      assertThat(header(json, "Vary")).contains("Accept");
      String cache = header(json, "Cache-Control");
      assertThat(cache).contains(mount.startsWith("@") ? "immutable" : "no-cache");
      assertThat(get(page, "If-None-Match", header(html, "ETag")).statusCode()).isEqualTo(304);
      // pages are older after a rollback: a time that is only later is no proof
      assertThat(get(page, "If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT").statusCode())
          .isEqualTo(200);
      HttpRequest post =
          HttpRequest.newBuilder(page).POST(HttpRequest.BodyPublishers.ofString("x")).build();
      assertThat(
              HttpClient.newHttpClient()
                  .send(post, HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(405);
      HttpResponse<String> bare = get(root.resolve(mount + "/simple/pure-lib"));
      assertThat(bare.statusCode()).isEqualTo(301);
      assertThat(get(root.resolve(mount + "/simple/")).statusCode()).isEqualTo(200);
      assertThat(get(root.resolve(mount + "/simple/no-such-project/")).statusCode()).isEqualTo(404);
    }
    String escaped = wheel.replace("+", "%2B");
    HttpResponse<String> part = get(root.resolve(escaped), "Range", "bytes=0-3");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).startsWith("PK");
    assertThat(header(part, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(part, "Cache-Control")).contains("immutable");
    assertThat(part.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(get(root.resolve(escaped + ".metadata")).body()).startsWith("Metadata-Version");
    for (String gone : List.of(out, out + ".metadata")) {
      assertThat(get(root.resolve(gone.replace("+", "%2B"))).statusCode()).as(gone).isEqualTo(410);
    }
    for (String hidden :
        List.of(
            "state/journal.jsonl",
            "state/",
            ".tmp/",
            "pool/.tmp/",
            "pool/.quarantine/" + Taken.digest(out) + "/",
            "channels/.hidden")) {
      assertThat(get(root.resolve(hidden)).statusCode()).as(hidden).isEqualTo(404);
    }
    for (String folder : List.of("", "pool/", "pool/sha256/", "channels/", "snapshots/")) {
      assertThat(get(root.resolve(folder)).statusCode()).as(folder).isIn(403, 404);
    }
    assertThat(
            header(
                get(root.resolve("channels/" + mirror.moving() + "/current.json")),
                "Cache-Control"))
        .isEqualTo("no-cache");
  }

  private Nginx recommended() throws Exception {
    return Nginx.start(
        folder.resolve("recommended"), blocks.recommendedHttp(), blocks.recommended());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static List<String> expectedPaths(Manifest release) {
    return List.copyOf(
        ReleasedMirror.expected(release, "master", mirror.pythons().get(0)).wheels().values());
  }

  /** One for each branch and Python, asking for every pin that the release serves there. */
  private List<Job> jobs(String url, Manifest release) throws IOException {
    List<Job> all = new ArrayList<>();
    for (String branch : ReleasedMirror.BRANCHES) {
      for (Interpreter python : mirror.pythons()) {
        List<String> pins =
            ReleasedMirror.served(release, branch, python).stream()
                .map(ManifestServed::pin)
                .map(Object::toString)
                .toList();
        assertThat(pins).hasSizeGreaterThan(5);
        Path own = Files.createDirectories(folder.resolve("job-" + ++jobs));
        String constraints = url + "/constraints/" + branch + ".txt";
        all.add(new Job(python, branch, url + "/simple/", constraints, pins, own));
      }
    }
    return all;
  }

  private static Job withoutVersions(Job job) {
    List<String> names = job.requirements().stream().map(pin -> pin.split("===")[0]).toList();
    return new Job(job.python(), job.branch(), job.index(), job.constraints(), names, job.folder());
  }

  private static Taken expected(Manifest release, Job job) {
    return ReleasedMirror.expected(release, job.branch(), job.python());
  }

  /** The wheels among requests. */
  private static Taken taken(List<String> requests) {
    Taken taken = new Taken();
    for (String request : requests) {
      if (request.matches("GET 20[06] .*\\.whl")) {
        taken.add(request);
      }
    }
    return taken;
  }

  /** What lies in the target folder is what is in the expected wheels, and nothing else. */
  private static void assertInstalled(Job job, Manifest release) throws IOException {
    Taken expected = expected(release, job);
    for (String path : expected.wheels().values()) {
      try (ZipFile wheel = new ZipFile(mirror.region().resolve(path).toFile())) {
        List<? extends ZipEntry> entries = wheel.stream().toList();
        for (ZipEntry entry : entries) {
          if (!entry.getName().endsWith("/RECORD")) {
            assertThat(Sha256.of(job.target().resolve(entry.getName())))
                .as("%s of %s", entry.getName(), path)
                .isEqualTo(Sha256.of(wheel.getInputStream(entry).readAllBytes()));
          }
        }
      }
    }
    try (Stream<Path> installed = Files.list(job.target())) {
      assertThat(installed.filter(file -> file.toString().endsWith(".dist-info")))
          .hasSameSizeAs(expected.wheels().values());
    }
  }
}
