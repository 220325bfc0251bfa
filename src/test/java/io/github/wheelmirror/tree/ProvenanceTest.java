package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.LockedWheel;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

  private static ManifestFile own(RequirementsUsed requirements) {
    return new ManifestFile(
        "own-2.0-1-py3-none-any.whl",
        ProjectName.parse("own"),
        Version.parse("2.0"),
        "ef".repeat(32),
        1,
        "01".repeat(32),
        1,
        "",
        false,
        "",
        "",
        new Origin.Built(
            "ab".repeat(32), "cd".repeat(32), "1", true, List.of("libz.so.1"), requirements),
        false);
  }

  private static String text(List<ManifestFile> files, LockedRequirements requirements) {
    var bytes = new ByteArrayOutputStream();
    try {
      Provenance.write(bytes, ReleaseScenario.SLUG, files, requirements);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode statement(ManifestFile file, LockedRequirements requirements) {
    String lines = text(List.of(file, file), requirements);
    assertThat(lines).endsWith("}\n");
    List<String> each = lines.lines().toList();
    assertThat(each).hasSize(2);
    assertThat(each.get(0)).isEqualTo(each.get(1));
    return Json.tree(each.get(0).getBytes(StandardCharsets.UTF_8), "the statement");
  }

  @Test
  void aStatementNamesTheWheelTheSourceAndEachLockedRequirement() {
    RemoteFile remote =
        new RemoteFile(
            "setuptools-80.9.0-py3-none-any.whl",
            "https://files.example.org/setuptools-80.9.0-py3-none-any.whl",
            Map.of("sha256", "12".repeat(32)),
            "",
            false,
            "",
            "",
            1,
            Map.of(),
            false,
            "https://index.example.org/simple/");
    BuildLock lock =
        new BuildLock(
            "34".repeat(32),
            new TargetId(ReleaseScenario.SLUG, "cp311"),
            List.of("setuptools"),
            List.of("setuptools<82"),
            "2025-06-30",
            "",
            List.of(),
            List.of(
                new LockedWheel(ProjectName.parse("setuptools"), Version.parse("80.9.0"), remote)));
    ManifestFile own = own(new RequirementsUsed(lock.digest(), ""));
    JsonNode statement = statement(own, LockedRequirements.of("", List.of(lock)));
    assertThat(statement.path("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
    assertThat(statement.path("predicateType").asText())
        .isEqualTo("https://slsa.dev/provenance/v1");
    JsonNode subject = statement.path("subject").path(0);
    assertThat(subject.path("name").asText()).isEqualTo(own.filename());
    assertThat(subject.path("digest").path("sha256").asText()).isEqualTo(own.sha256());
    JsonNode build = statement.path("predicate").path("buildDefinition");
    assertThat(build.path("externalParameters").path("source").path("uri").asText())
        .isEqualTo("pkg:pypi/own@2.0");
    JsonNode internal = build.path("internalParameters");
    assertThat(internal.path("buildKey").asText()).isEqualTo("ab".repeat(32));
    assertThat(internal.path("requirementConstraints").path(0).asText()).isEqualTo("setuptools<82");
    assertThat(internal.path("requirementsAsOf").asText()).isEqualTo("2025-06-30");
    assertThat(internal.path("externalLibraries").path(0).asText()).isEqualTo("libz.so.1");
    JsonNode dependencies = build.path("resolvedDependencies");
    assertThat(dependencies.findValuesAsText("sha256"))
        .containsExactly("cd".repeat(32), "12".repeat(32));
    assertThat(dependencies.path(1).path("downloadLocation").asText()).isEqualTo(remote.url());
  }

  @Test
  void withoutALockItSaysWhy() {
    JsonNode statement =
        statement(own(new RequirementsUsed("", "no upload times")), LockedRequirements.NONE);
    JsonNode build = statement.path("predicate").path("buildDefinition");
    assertThat(build.path("internalParameters").path("requirementsNotLocked").asText())
        .isEqualTo("no upload times");
    assertThat(build.path("resolvedDependencies")).hasSize(1);
  }

  @Test
  void nothingBuiltIsNoLine() {
    assertThat(text(List.of(), LockedRequirements.NONE)).isEmpty();
  }
}
