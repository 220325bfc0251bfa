package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.PylockFiles;
import io.github.wheelmirror.tree.ServerConfig;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real pip and uv install from the lock files of a released snapshot, and libraries of others read
 * its documents.
 */
@Timeout(900)
class HandedDocumentsTest {

  private static final String READ_BY_OTHERS =
      """
      import json, sys, tomllib
      from cyclonedx.schema import OutputFormat, SchemaVersion
      from cyclonedx.validation import make_schemabased_validator
      from packageurl import PackageURL
      from packaging.pylock import Pylock

      bill, provenance, *locks = sys.argv[1:]
      text = open(bill, encoding="utf-8").read()
      problem = make_schemabased_validator(OutputFormat.JSON, SchemaVersion.V1_6).validate_str(text)
      assert problem is None, problem
      purls = [one["purl"] for one in json.loads(text)["components"]]
      for purl in purls:
          assert PackageURL.from_string(purl).to_string() == purl, purl
      print("components", len(purls))
      statements = [json.loads(line) for line in open(provenance, encoding="utf-8")]
      assert all(one["_type"] == "https://in-toto.io/Statement/v1" for one in statements)
      print("statements", len(statements))
      for lock in locks:
          read = Pylock.from_dict(tomllib.load(open(lock, "rb")))
          print("packages", len(read.packages), "environments", len(read.environments))
      """;

  @TempDir static Path shared;
  private static ReleasedMirror mirror;
  private static List<Interpreter> pythons = List.of();

  @TempDir Path folder;
  private int jobs;

  /** Two Pythons, so that there are markers; the newest pip needs 3.10. */
  @BeforeAll
  static void release() throws IOException {
    Map<String, Interpreter> found = new TreeMap<>();
    for (Interpreter one : MirrorRun.interpreters().all()) {
      if (List.of("3.11", "3.12").contains(one.facts().shortVersion()) && Clients.hasPip(one)) {
        found.putIfAbsent(one.pythonTag(), one);
      }
    }
    pythons = List.copyOf(found.values());
    Programs.require(!pythons.isEmpty(), "there is no CPython 3.11 or 3.12 with pip");
    mirror = new ReleasedMirror(shared, pythons);
  }

  private Nginx nginx() throws Exception {
    ServerConfig config = new ServerConfig(mirror.region(), "/wheel/");
    return Nginx.start(folder.resolve("nginx"), config.nginxHttp(), config.nginxServer());
  }

  private static String name(String branch) {
    return "pylock." + branch.replaceAll("[/.]", "-") + ".toml";
  }

  private Path job() throws IOException {
    return Files.createDirectories(folder.resolve("job-" + ++jobs));
  }

  @Test
  void pipInstallsALockFileFromTheMovingAndThePinnedUrl() throws Exception {
    Peers peers = Peers.need();
    try (Nginx nginx = nginx()) {
      for (Interpreter python : pythons) {
        for (String branch : ReleasedMirror.BRANCHES) {
          for (Manifest release : List.of(mirror.newest(), mirror.first())) {
            boolean newest = release.equals(mirror.newest());
            String start = newest ? mirror.moving() : mirror.pinned(release);
            peers.pipInstall(job(), python, nginx.url() + "wheel/" + start + "/" + name(branch));
            assertTaken(nginx, release, branch, python);
          }
        }
      }
    }
  }

  @Test
  void uvAndPipInstallTheLockFileOfAChannel() throws Exception {
    Peers peers = Peers.need();
    Path uv = Programs.need("uv");
    try (Nginx nginx = nginx()) {
      Map<String, byte[]> locks = PylockFiles.absolute(mirror.newest(), nginx.url() + "wheel/");
      assertThat(locks).hasSameSizeAs(ReleasedMirror.BRANCHES);
      for (String branch : ReleasedMirror.BRANCHES) {
        String path = TreeLayout.channelFile(mirror.moving(), name(branch));
        Path file = mirror.region().resolve(path);
        Files.write(file, locks.get(name(branch)));
        String url = nginx.url() + "wheel/" + path;
        for (Interpreter python : pythons) {
          peers.uvInstall(job(), uv, python, url);
          assertTaken(nginx, mirror.newest(), branch, python);
          peers.uvInstall(job(), uv, python, file.toString());
          assertTaken(nginx, mirror.newest(), branch, python);
          peers.pipInstall(job(), python, url);
          assertTaken(nginx, mirror.newest(), branch, python);
        }
      }
    }
  }

  private static void assertTaken(Nginx nginx, Manifest release, String branch, Interpreter python)
      throws Exception {
    Taken taken = new Taken();
    for (String request : nginx.newRequests()) {
      if (request.matches("GET 20[06] .*\\.whl")) {
        taken.add(request);
      }
    }
    assertThat(taken.wheels()).hasSizeGreaterThan(5);
    assertThat(taken)
        .as(branch + " on " + python.pythonTag())
        .isEqualTo(ReleasedMirror.expected(release, branch, python));
  }

  @Test
  void librariesOfOthersReadWhatASnapshotHandsOut() throws IOException {
    Manifest release = mirror.newest();
    List<String> names = new ArrayList<>(List.of("sbom.cdx.json", "provenance.intoto.jsonl"));
    ReleasedMirror.BRANCHES.forEach(branch -> names.add(name(branch)));
    List<String> arguments =
        names.stream()
            .map(each -> mirror.region().resolve(TreeLayout.document(release.id(), each)))
            .map(Path::toString)
            .toList();

    String output = Peers.need().python(job(), READ_BY_OTHERS, arguments);

    long built =
        release.files().stream().filter(file -> file.origin().buildKey().isPresent()).count();
    assertThat(built).isPositive();
    assertThat(output)
        .contains("components " + release.files().size(), "statements " + built)
        .containsPattern("packages 1[0-9] environments " + pythons.size());
  }
}
