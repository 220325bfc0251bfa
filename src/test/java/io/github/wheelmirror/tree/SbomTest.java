package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SbomTest {
  @TempDir Path folder;

  private ReleaseScenario scenario() {
    return new ReleaseScenario(folder, "cp311").branch("master");
  }

  private static JsonNode sbom(Manifest manifest) {
    var bytes = new ByteArrayOutputStream();
    try {
      Sbom.write(bytes, manifest.slug(), manifest.files());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Json.tree(bytes.toByteArray(), "the bill");
  }

  @Test
  void aComponentNamesItsFileItsHashAndWhereItIsFrom() {
    Manifest manifest =
        scenario()
            .mirrored("master", "foo", "1!1.0+cpu.1")
            .built("master", TestWheel.of("own", "2.0").buildTag("1"), false)
            .snapshot()
            .manifest();
    JsonNode components = sbom(manifest).path("components");
    JsonNode foo = components.path(0);
    ManifestFile file = manifest.files().get(0);
    assertThat(foo.path("purl").asText())
        .isEqualTo("pkg:pypi/foo@1%211.0%2Bcpu.1?file_name=foo-1%211.0%2Bcpu.1-py3-none-any.whl");
    assertThat(foo.path("hashes").path(0).path("content").asText()).isEqualTo(file.sha256());
    assertThat(foo.path("externalReferences").path(0).path("url").asText())
        .isEqualTo("https://files.example.org/" + file.filename());
    JsonNode own = components.path(1);
    assertThat(own.has("externalReferences")).isFalse();
    JsonNode sdist = own.path("pedigree").path("ancestors").path(0);
    assertThat(sdist.path("purl").asText()).isEqualTo("pkg:pypi/own@2.0");
    assertThat(sdist.path("hashes").path(0).path("content").asText()).isEqualTo("cd".repeat(32));
  }

  @Test
  void theLicenceIsTheExpressionElseTheWordsElseTheClassifiers() {
    Manifest manifest =
        scenario()
            .mirrored("master", wheel("a", "License-Expression: MIT OR Apache-2.0", "License: x"))
            .mirrored("master", wheel("b", "License: BSD", "Classifier: License :: Other"))
            .mirrored(
                "master",
                wheel(
                    "c",
                    "License: UNKNOWN",
                    "Classifier: License :: OSI Approved :: Apache Software License"))
            .mirrored("master", wheel("d"))
            .mirrored("master", wheel("e", "License: " + "\"L\u0007{}".repeat(500)))
            .snapshot()
            .manifest();
    assertThat(sbom(manifest).path("components").findValues("licenses"))
        .extracting(JsonNode::toString)
        .startsWith(
            "[{\"expression\":\"MIT OR Apache-2.0\"}]",
            "[{\"license\":{\"name\":\"BSD\"}}]",
            "[{\"license\":{\"name\":\"Apache Software License\"}}]")
        .hasSize(4);
    assertThat(manifest.files().get(4).license()).hasSizeLessThanOrEqualTo(200).startsWith("\"L");
    assertThat(Manifest.read(manifest.bytes(), "manifest.json")).isEqualTo(manifest);
  }

  private static TestWheel wheel(String name, String... lines) {
    TestWheel wheel = TestWheel.of(name, "1.0");
    for (String line : lines) {
      wheel = wheel.metadata(line);
    }
    return wheel;
  }

  @Test
  void aMachineThatHasOnlyTheReleaseTellsTheSameLicences() {
    Snapshot first = scenario().mirrored("master", wheel("a", "License: BSD")).snapshot();
    ManifestFile file = first.manifest().files().get(0);
    ReleaseScenario other =
        new ReleaseScenario(folder.resolve("elsewhere"), "cp311").branch("master");
    assertThat(other.reused("master", file).snapshot(first.manifest()).id()).isEqualTo(first.id());
  }

  @Test
  void theSerialNumberIsOfTheContent() {
    Manifest one = scenario().mirrored("master", "foo", "1.0").snapshot().manifest();
    Manifest two = scenario().mirrored("master", "foo", "1.1").snapshot().manifest();
    assertThat(serial(one)).isEqualTo(serial(one)).isNotEqualTo(serial(two));
    assertThat(Stream.of(one, two).map(SbomTest::serial))
        .allMatch(
            text ->
                text.matches(
                    "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  }

  private static String serial(Manifest manifest) {
    return sbom(manifest).path("serialNumber").asText();
  }
}
