package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class PageWriterTest {

  private static final ProjectName FOO = ProjectName.parse("foo");
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final String METADATA = "fedcba9876543210".repeat(4);

  private static ManifestFile file(
      String version, String requiresPython, boolean yanked, String reason, boolean superseded) {
    return new ManifestFile(
        "foo-" + version + "-py3-none-any.whl",
        FOO,
        Version.parse(version),
        SHA,
        1234,
        METADATA,
        99,
        requiresPython,
        yanked,
        reason,
        "2025-02-03T04:05:06.000007Z",
        new Origin.Mirrored("https://files.example.org/foo", "https://index.example.org/"),
        superseded);
  }

  private static ManifestFile file(String version) {
    return file(version, "", false, "", false);
  }

  private static Document html(ManifestFile... files) {
    String text = text(PageWriter.html(FOO, List.of(files)));
    Parser parser = Parser.htmlParser().setTrackErrors(10);
    Document document = Jsoup.parse(text, "https://mirror.example.org/wheel/s/simple/foo/", parser);
    assertThat(parser.getErrors()).isEmpty();
    return document;
  }

  private static JsonNode json(ManifestFile... files) {
    return Json.tree(PageWriter.json(FOO, List.of(files)), "page");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void theHtmlPageIsAsTheStandardsSay() {
    Document page = html(file("1.0", ">=3.8,<4", false, "", false));
    assertThat(page.outerHtml()).startsWith("<!doctype html>\n<html lang=\"en\">");
    assertThat(page.charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(page.title()).isEqualTo("Links for foo");
    assertThat(page.select("meta[name=pypi:repository-version]").attr("content")).isEqualTo("1.1");
    Element link = java.util.Objects.requireNonNull(page.selectFirst("a"));
    assertThat(link).isNotNull();
    assertThat(link.text()).isEqualTo("foo-1.0-py3-none-any.whl");
    assertThat(link.absUrl("href"))
        .isEqualTo(
            "https://mirror.example.org/wheel/pool/sha256/01/"
                + SHA.substring(2)
                + "/foo-1.0-py3-none-any.whl#sha256="
                + SHA);
    assertThat(link.attr("data-requires-python")).isEqualTo(">=3.8,<4");
    assertThat(link.attr("data-core-metadata")).isEqualTo("sha256=" + METADATA);
    assertThat(link.hasAttr("data-dist-info-metadata")).isFalse();
    assertThat(link.hasAttr("data-yanked")).isFalse();
  }

  @Test
  void hostileTextStaysInItsAttribute() {
    String text = "\"><script>alert('x')</script>&amp;\u0000\u0085\ufffe";
    Document page = html(file("1.0", text, true, text, false));
    assertThat(page.select("script")).isEmpty();
    assertThat(page.select("a").attr("data-yanked"))
        .isEqualTo("\"><script>alert('x')</script>&amp;   ");
  }

  @Test
  void theJsonPageHasTheFieldsOfPep691And700() {
    JsonNode page = json(file("1.0", ">=3.8", false, "", false));
    assertThat(page.at("/meta/api-version").asText()).isEqualTo("1.1");
    assertThat(page.path("name").asText()).isEqualTo("foo");
    assertThat(page.path("versions")).hasToString("[\"1.0\"]");
    JsonNode file = page.path("files").get(0);
    assertThat(file.path("filename").asText()).isEqualTo("foo-1.0-py3-none-any.whl");
    assertThat(file.path("url").asText())
        .isEqualTo("../../../pool/sha256/01/" + SHA.substring(2) + "/foo-1.0-py3-none-any.whl");
    assertThat(file.at("/hashes/sha256").asText()).isEqualTo(SHA);
    assertThat(file.path("requires-python").asText()).isEqualTo(">=3.8");
    assertThat(file.path("size").asLong()).isEqualTo(1234);
    assertThat(file.path("upload-time").asText()).isEqualTo("2025-02-03T04:05:06.000007Z");
    assertThat(file.path("yanked").isBoolean()).isTrue();
    assertThat(file.path("yanked").asBoolean()).isFalse();
    assertThat(file.at("/core-metadata/sha256").asText()).isEqualTo(METADATA);
    // PEP 714: never the old name in JSON
    assertThat(file.has("dist-info-metadata")).isFalse();
  }

  @Test
  void unknownFactsAreLeftOut() {
    JsonNode file = json(file("1.0")).path("files").get(0);
    assertThat(file.has("requires-python")).isFalse();
    assertThat(html(file("1.0")).select("a").hasAttr("data-requires-python")).isFalse();
  }

  @Test
  void aYankedFileSaysSoWithAndWithoutAReason() {
    assertThat(html(file("1.0", "", true, "", false)).select("a").hasAttr("data-yanked")).isTrue();
    assertThat(json(file("1.0", "", true, "", false)).at("/files/0/yanked").asBoolean()).isTrue();
    assertThat(json(file("1.0", "", true, "broken", false)).at("/files/0/yanked").asText())
        .isEqualTo("broken");
  }

  @Test
  void aSupersededFileIsYankedInFavourOfTheWantedVersions() {
    ManifestFile old = file("1.0", "", false, "", true);
    JsonNode page = json(file("1.10"), old, file("1.9"));
    assertThat(page.at("/files/0/yanked").asText()).isEqualTo("superseded by 1.9, 1.10");
    assertThat(html(old).select("a").attr("data-yanked"))
        .isEqualTo("superseded: no branch pins it any more");
    assertThat(json(file("1.0", "", true, "CVE", true)).at("/files/0/yanked").asText())
        .isEqualTo("CVE");
  }

  @Test
  void filesAreInTheOrderOfVersionAndName() {
    JsonNode page = json(file("1.10"), file("1.9"), file("2.0"), file("2.0rc1"));
    assertThat(page.path("versions")).hasToString("[\"1.9\",\"1.10\",\"2.0rc1\",\"2.0\"]");
    assertThat(html(file("1.10"), file("1.9")).select("a").eachText())
        .containsExactly("foo-1.9-py3-none-any.whl", "foo-1.10-py3-none-any.whl");
  }

  @Test
  void aPlusInAFileNameIsEscapedInTheUrlOnly() {
    Element link = java.util.Objects.requireNonNull(html(file("1.0+local")).selectFirst("a"));
    assertThat(link).isNotNull();
    assertThat(link.attr("href")).contains("/foo-1.0%2Blocal-py3-none-any.whl#");
    assertThat(link.text()).isEqualTo("foo-1.0+local-py3-none-any.whl");
  }

  @Test
  void theRootListsTheProjects() {
    List<ProjectName> names = List.of(ProjectName.parse("zope.interface"), FOO);
    Document page = Jsoup.parse(text(PageWriter.rootHtml(names)));
    assertThat(page.select("a").eachAttr("href")).containsExactly("foo/", "zope-interface/");
    assertThat(Json.tree(PageWriter.rootJson(names), "root").path("projects"))
        .hasToString("[{\"name\":\"foo\"},{\"name\":\"zope-interface\"}]");
  }

  @Test
  void halfACharacterIsWrittenAsAnother() {
    ManifestFile hostile = file("1.0", ">=3\ud800", true, "a\udc00b", false);
    assertThat(json(hostile).path("files").path(0).path("yanked").asText()).isEqualTo("a?b");
    assertThat(html(hostile).select("a").attr("data-yanked")).isEqualTo("a b");
  }
}
