package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReleaseScenario;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots as the builder and the verifier make them, released, served and installed from. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class VerifiedReleaseTest {
  private static final String SLUG = ReleaseScenario.SLUG;
  private static final String BRANCH = "stable/2025.1";

  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path root;
  private final Manifest second;

  VerifiedReleaseTest(@TempDir Path folder) {
    this.folder = folder;
    root = folder.resolve("region");
    ReleaseScenario one = scenario(folder, "1.0");
    Manifest first = release(root, one, one.verified());
    ReleaseScenario two = scenario(folder, "2.0");
    second = release(root, two, two.verified(first));
  }

  private static ReleaseScenario scenario(Path folder, String version) {
    return new ReleaseScenario(folder, "cp311", "cp312")
        .branch(BRANCH)
        .mirrored(BRANCH, "alpha", version)
        .mirrored(BRANCH, "beta", "1.0");
  }

  private static Manifest release(Path root, ReleaseScenario scenario, VerifiedSnapshot verified) {
    DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged = region.stage(verified, scenario.wheelhouse(), Progress.NONE);
    Release release = region.flip(staged, base, Instant.now());
    return region.manifest(SLUG, release.snapshot());
  }

  private StaticServer serve() {
    return StaticServer.start(new RegionTree(new RegionSettings("main", root)), 0);
  }

  private HttpResponse<byte[]> get(URI url, String accept)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).header("Accept", accept).build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  @Test
  void everyLinkOfEveryPageLeadsToTheFileOfTheManifest() throws Exception {
    try (StaticServer server = serve()) {
      List<String> seen = new ArrayList<>();
      for (String mount : List.of(SLUG, "@" + second.id())) {
        for (ManifestPage page : second.pages()) {
          URI url = server.url().resolve(mount + "/simple/" + page.project() + "/");
          HttpResponse<byte[]> json = get(url, "application/vnd.pypi.simple.v1+json");
          assertThat(Sha256.of(json.body())).isEqualTo(page.jsonSha256());
          assertThat(Sha256.of(get(url, "text/html").body())).isEqualTo(page.htmlSha256());
          for (JsonNode file : Json.tree(json.body(), "a page").get("files")) {
            URI link = url.resolve(file.get("url").asText());
            assertThat(Sha256.of(get(link, "*/*").body()))
                .isEqualTo(file.get("hashes").get("sha256").asText());
            assertThat(get(URI.create(link + ".metadata"), "*/*").statusCode()).isEqualTo(200);
            seen.add(file.get("filename").asText());
          }
        }
      }
      List<String> files = second.files().stream().map(ManifestFile::filename).toList();
      assertThat(files).hasSize(3);
      assertThat(seen).isEqualTo(Stream.concat(files.stream(), files.stream()).toList());
    }
  }

  @Test
  void pipTakesTheCurrentVersionAndWithOlderConstraintsTheSupersededOne() throws Exception {
    try (StaticServer server = serve()) {
      String moving = server.url() + SLUG + "/simple/";
      String pinned = server.url() + "@" + second.id() + "/simple/";

      assertThat(pipDownload(moving, "alpha", "beta"))
          .containsExactly("alpha-2.0-py3-none-any.whl", "beta-1.0-py3-none-any.whl");
      assertThat(pipDownload(pinned, "alpha==1.0")).containsExactly("alpha-1.0-py3-none-any.whl");
    }
  }

  private List<String> pipDownload(String index, String... requirements) throws Exception {
    Path target = Files.createTempDirectory(folder, "pip");
    Path log = folder.resolve("pip.log");
    List<String> command =
        new ArrayList<>(List.of("python3", "-m", "pip", "--isolated", "download"));
    command.addAll(List.of("--no-cache-dir", "--no-deps", "--disable-pip-version-check"));
    command.addAll(List.of("--index-url", index, "--dest", target.toString()));
    command.addAll(List.of(requirements));
    int end;
    try {
      end =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
    } catch (IOException e) {
      boolean mustHave = "true".equals(System.getenv("CI"));
      assertThat(mustHave).as("this machine must have python3: " + e).isFalse();
      abort("no python3 here");
      throw e;
    }
    assertThat(end).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
    try (Stream<Path> files = Files.list(target)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
