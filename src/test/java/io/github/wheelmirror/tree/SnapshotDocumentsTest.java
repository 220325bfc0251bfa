package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.wheelmirror.constraints.Pin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lock files, bill of materials and provenance of a snapshot. */
class SnapshotDocumentsTest {
  @TempDir Path folder;

  private Snapshot snapshot() {
    return new ReleaseScenario(folder, "cp311", "cp312")
        .branch("master")
        .branch("stable/2025.1")
        .mirrored("master", "foo", "1.0")
        .built("master", TestWheel.of("own", "2.0").buildTag("1"), false)
        .mirrored("stable/2025.1", "foo", "0.9")
        .snapshot();
  }

  private static byte[] read(Snapshot snapshot, String path) throws IOException {
    return Files.readAllBytes(
        snapshot.directory().resolve(TreeLayout.document(snapshot.id(), path)));
  }

  @Test
  void eachBranchHasALockOfWhatItIsServed() throws IOException {
    Snapshot snapshot = snapshot();
    assertThat(snapshot.manifest().more())
        .extracting(ManifestDocument::path)
        .containsExactly(
            "provenance.intoto.jsonl",
            "pylock.master.toml",
            "pylock.stable-2025-1.toml",
            "sbom.cdx.json");
    JsonNode lock = new TomlMapper().readTree(read(snapshot, "pylock.master.toml"));
    assertThat(lock.get("lock-version").asText()).isEqualTo("1.0");
    assertThat(lock.get("created-by").asText()).isEqualTo("wheel-mirror");
    assertThat(lock.get("environments").get(0).asText())
        .isEqualTo(
            "implementation_name == 'cpython' and python_version == '3.11'"
                + " and sys_platform == 'linux' and platform_machine == 'x86_64'");
    assertThat(texts(lock.get("packages"), "name")).containsExactly("foo", "own");
    JsonNode foo = lock.get("packages").get(0);
    ManifestFile file = file(snapshot, "foo-1.0-py3-none-any.whl");
    assertThat(foo.get("version").asText()).isEqualTo("1.0");
    assertThat(foo.has("marker")).isFalse();
    JsonNode wheel = foo.get("wheels").get(0);
    assertThat(wheel.get("name").asText()).isEqualTo(file.filename());
    assertThat(wheel.get("path").asText())
        .isEqualTo("../" + TreeLayout.wheel(file.sha256(), file.filename()));
    assertThat(wheel.get("size").asLong()).isEqualTo(file.size());
    assertThat(wheel.get("hashes").get("sha256").asText()).isEqualTo(file.sha256());
    JsonNode stable = new TomlMapper().readTree(read(snapshot, "pylock.stable-2025-1.toml"));
    assertThat(texts(stable.get("packages"), "version")).containsExactly("0.9");
  }

  @Test
  void aTimeThatPythonCannotReadIsNotInALock() throws IOException {
    ManifestFile file = file(snapshot(), "foo-1.0-py3-none-any.whl");
    assertThat(lockOf(file, "2024-01-01T00:00:00.5Z"))
        .contains("upload-time = 2024-01-01T00:00:00Z");
    for (String time : List.of("", "+10000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "today")) {
      assertThat(lockOf(file, time)).contains("[[packages.wheels]]").doesNotContain("upload-time");
    }
  }

  private static String lockOf(ManifestFile file, String time) {
    ManifestFile timed =
        new ManifestFile(
            file.filename(),
            file.project(),
            file.version(),
            file.sha256(),
            file.size(),
            file.metadataSha256(),
            file.metadataSize(),
            file.requiresPython(),
            file.yanked(),
            file.yankedReason(),
            time,
            file.origin(),
            file.superseded());
    ManifestDocument none = ManifestDocument.of("none", new byte[0]);
    Manifest manifest =
        new Manifest(
            Manifest.SCHEMA_VERSION,
            "debian-12-x86_64",
            List.of("cp311"),
            List.of(),
            List.of(timed),
            List.of(),
            List.of(),
            List.of(),
            none,
            none,
            List.of(
                new ManifestServed(
                    "master",
                    new Pin(file.project(), file.version()),
                    file.filename(),
                    List.of("cp311"),
                    false)));
    byte[] lock = PylockFiles.relative(manifest).get("pylock.master.toml");
    return new String(Objects.requireNonNull(lock), StandardCharsets.UTF_8);
  }

  private static ManifestFile file(Snapshot snapshot, String name) {
    return snapshot.manifest().files().stream()
        .filter(each -> each.filename().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.get(field).asText()));
    return texts;
  }

  @Test
  void aRegionsOwnLockNamesItsUrl() throws IOException {
    Snapshot snapshot = snapshot();
    Map<String, byte[]> files =
        PylockFiles.absolute(snapshot.manifest(), "https://mirror.example/wheel/");
    JsonNode lock =
        new TomlMapper().readTree(Objects.requireNonNull(files.get("pylock.master.toml")));
    ManifestFile file = file(snapshot, "foo-1.0-py3-none-any.whl");
    JsonNode wheel = lock.get("packages").get(0).get("wheels").get(0);
    assertThat(wheel.has("path")).isFalse();
    assertThat(wheel.get("url").asText())
        .isEqualTo(
            "https://mirror.example/wheel/" + TreeLayout.wheel(file.sha256(), file.filename()));
  }

  @Test
  void branchesThatDifferInPunctuationOnlyHaveFilesOfTheirOwn() {
    var names =
        PylockFiles.names(
            List.of(
                "stable/2025.1", "stable-2025-1", "Stable/2025.1", "a-b", "a-b--2", "a/b", "x/y"));
    assertThat(names)
        .containsEntry("stable-2025-1", "pylock.stable-2025-1.toml")
        .containsEntry("x/y", "pylock.x-y.toml");
    assertThat(names.get("stable/2025.1")).matches("pylock\\.stable-2025-1--[0-9a-f]{12}\\.toml");
    assertThat(names.values()).doesNotHaveDuplicates().hasSize(7);
    assertThat(PylockFiles.names(List.of("é\"]\n")).values())
        .allMatch(name -> name.matches("pylock\\.[^.]+\\.toml"));
  }

  @Test
  void aBranchWithALongNameHasAFileToo() {
    String longest = "stable/" + "b".repeat(240);
    var names = PylockFiles.names(List.of(longest, longest + "c", "b".repeat(200)));
    assertThat(names.values())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.length() < 240)
        .contains("pylock." + "b".repeat(200) + ".toml");
    assertThat(names.get(longest)).isEqualTo(PylockFiles.names(List.of(longest)).get(longest));
  }

  @Test
  void noTextLeadsOutOfItsString() throws IOException {
    for (String text :
        List.of("a\"b", "a\\", "\"\"\"", "a\nb = 1", "\u0000\u001b\u007f", "é€", "\r\t")) {
      JsonNode read = new TomlMapper().readTree("x = " + PylockFiles.quoted(text) + "\n");
      assertThat(read.get("x").asText()).isEqualTo(text);
      assertThat(read.size()).isEqualTo(1);
    }
  }

  @Test
  void theBillOfMaterialsNamesEachWheel() throws IOException {
    Snapshot snapshot = snapshot();
    JsonNode sbom = JsonMapper.builder().build().readTree(read(snapshot, TreeLayout.sbom()));
    assertThat(sbom.get("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(sbom.get("serialNumber").asText())
        .matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(texts(sbom.get("components"), "purl"))
        .containsExactly(
            "pkg:pypi/foo@0.9?file_name=foo-0.9-py3-none-any.whl",
            "pkg:pypi/foo@1.0?file_name=foo-1.0-py3-none-any.whl",
            "pkg:pypi/own@2.0?file_name=own-2.0-1-py3-none-any.whl");
    assertThat(sbom.get("components").get(2).get("properties").get(0).get("value").asText())
        .isEqualTo("built");
    assertThat(new String(read(snapshot, TreeLayout.sbom()), StandardCharsets.UTF_8))
        .doesNotContain("timestamp");
  }

  @Test
  void theProvenanceTellsOfOwnWheelsAlone() throws IOException {
    Snapshot snapshot = snapshot();
    List<String> lines =
        new String(read(snapshot, TreeLayout.provenance()), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(lines).hasSize(1);
    JsonNode statement = JsonMapper.builder().build().readTree(lines.get(0));
    assertThat(statement.get("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
    assertThat(statement.get("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");
    JsonNode subject = statement.get("subject").get(0);
    assertThat(subject.get("name").asText()).isEqualTo("own-2.0-1-py3-none-any.whl");
    assertThat(subject.get("digest").get("sha256").asText())
        .isEqualTo(file(snapshot, "own-2.0-1-py3-none-any.whl").sha256());
    JsonNode definition = statement.get("predicate").get("buildDefinition");
    assertThat(definition.get("externalParameters").get("project").asText()).isEqualTo("own");
    assertThat(definition.get("resolvedDependencies").get(0).get("digest").get("sha256").asText())
        .hasSize(64);
  }

  @Test
  void aManifestOfTheFirstTimeKeepsItsId() {
    Snapshot snapshot = snapshot();
    byte[] first = snapshot.manifest().with(List.of()).bytes();
    assertThat(new String(first, StandardCharsets.UTF_8)).doesNotContain("\"more\"");
    assertThat(Manifest.read(first, "it").bytes()).isEqualTo(first);
  }
}
