package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.build.RemoteFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HtmlProjectPageTest {

  private static final String SHA = "b".repeat(64);
  private final PageFiles files =
      new PageFiles("https://h/simple/", url -> Optional.of(url.toString()));

  @Test
  void readsAllThatAnAnchorTells() throws Exception {
    read(
        "<!DOCTYPE html><html><head><meta name=\"pypi:repository-version\" content=\"1.0\"></head>"
            + "<body><a href=\"../../f/foo-1.0%2Blocal-py3-none-any.whl#sha256="
            + SHA
            + "\" data-requires-python=\"&gt;=3.8,&lt;4\" data-yanked=\"bad &amp; old\""
            + " data-core-metadata=\"sha256="
            + SHA
            + "\">something else</a></body></html>");

    RemoteFile file = only();
    assertThat(file.filename()).isEqualTo("foo-1.0+local-py3-none-any.whl");
    assertThat(file.url()).isEqualTo("https://h/f/foo-1.0%2Blocal-py3-none-any.whl");
    assertThat(file.hashes()).isEqualTo(Map.of("sha256", SHA));
    assertThat(file.requiresPython()).isEqualTo(">=3.8,<4");
    assertThat(file.yankedReason()).isEqualTo("bad & old");
    assertThat(file.coreMetadata()).isEqualTo(Map.of("sha256", SHA));
  }

  @Test
  void anEmptyYankedAttributeCounts() throws Exception {
    read("<a href=foo-1.0.zip data-yanked>x</a>");

    assertThat(only().yanked()).isTrue();
    assertThat(only().yankedReason()).isEmpty();
  }

  @Test
  void theOldMetadataAttributeCountsUnlessThereIsTheNewOne() throws Exception {
    read(
        "<a href=foo-1.0.zip data-dist-info-metadata=true>x</a>"
            + "<a href=foo-2.0.zip data-dist-info-metadata=true data-core-metadata=false>x</a>");

    assertThat(files.files()).extracting(RemoteFile::hasCoreMetadata).containsExactly(true, false);
  }

  @Test
  void baseHrefIsWhatLinksAreRelativeTo() throws Exception {
    read("<base href=\"/elsewhere/\"><a href=\"foo-1.0.zip\">x</a>");

    assertThat(only().url()).isEqualTo("https://h/elsewhere/foo-1.0.zip");
  }

  @Test
  void weakHashesAreLeftOut() throws Exception {
    read("<a href=\"foo-1.0.zip#md5=d41d8cd98f00b204e9800998ecf8427e\">x</a>");

    assertThat(only().hashes()).isEmpty();
  }

  @Test
  void illegalCharactersInLinksAreEscaped() throws Exception {
    read("<a href=\"a b/fo\u00f6-1.0[x].zip\">x</a>");

    assertThat(only().url()).isEqualTo("https://h/simple/foo/a%20b/fo%C3%B6-1.0%5Bx%5D.zip");
    assertThat(only().filename()).isEqualTo("fo\u00f6-1.0[x].zip");
  }

  @Test
  void linksThatAreNoFilesAreLeftOut() throws Exception {
    read(
        "<a href=\"../\">up</a><a href=\"?C=N;O=D\">sort</a><a name=top>x</a><a href=\"\">y</a>"
            + "<a href=\"mailto:x@y\">z</a><a href=\"x%2F..%2Ffoo-1.0.zip\">t</a>"
            + "<a href=\"https://h/foo%0a-1.0.zip\">c</a><a href=\"foo-1.0.zip\">ok</a>");

    assertThat(only().filename()).isEqualTo("foo-1.0.zip");
    assertThat(files.ignored()).hasSize(5).allMatch(entry -> !entry.reason().isBlank());
    assertThat(files.ignored()).noneMatch(entry -> entry.entry().contains("\n"));
  }

  @Test
  void anErrorPageWithoutLinksIsAnEmptyPage() throws Exception {
    read("<html><h1>Welcome to the captive portal</h1></html>");

    assertThat(files.files()).isEmpty();
  }

  @Test
  void anotherMajorVersionIsRefused() {
    assertThatThrownBy(
            () ->
                read("<meta name=\"pypi:repository-version\" content=\"2.0\"><a href=x.zip>x</a>"))
        .isInstanceOf(MalformedPageException.class)
        .hasMessageContaining("2.0");
  }

  @Test
  void theCharsetOfTheHeaderIsUsed() throws Exception {
    HtmlProjectPage.read(
        "<a href=\"foo-1.0.zip\" data-yanked=\"\u00e4\">x</a>"
            .getBytes(StandardCharsets.ISO_8859_1),
        "text/html; charset=ISO-8859-1",
        URI.create("https://h/simple/foo/"),
        files);

    assertThat(only().yankedReason()).isEqualTo("\u00e4");
  }

  @Test
  void deepNestingDoesNotExhaustTheStack() throws Exception {
    read("<div>".repeat(100_000) + "<a href=foo-1.0.zip>x</a>");

    assertThat(files.files()).hasSize(1);
  }

  @Test
  void aPageOfMillionsOfTagsIsRefusedBeforeItFillsTheMemory() {
    assertThatThrownBy(() -> read("<b>".repeat(1_000_001)))
        .isInstanceOf(MalformedPageException.class)
        .hasMessageContaining("tags");
  }

  private RemoteFile only() {
    List<RemoteFile> all = files.files();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private void read(String body) throws MalformedPageException {
    HtmlProjectPage.read(
        body.getBytes(StandardCharsets.UTF_8),
        "text/html",
        URI.create("https://h/simple/foo/"),
        files);
  }
}
