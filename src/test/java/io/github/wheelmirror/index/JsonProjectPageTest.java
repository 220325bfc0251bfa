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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonProjectPageTest {

  private static final String SHA = "a".repeat(64);
  private final PageFiles files =
      new PageFiles("https://h/simple/", url -> Optional.of(url.toString()));

  @Test
  void readsAllThatPep691And700And714TellAboutAFile() throws Exception {
    read(
        "{\"meta\":{\"api-version\":\"1.4\",\"_last-serial\":7},\"name\":\"foo\",\"versions\":[\"1.0\"],"
            + "\"files\":[{\"filename\":\"foo-1.0.tar.gz\",\"url\":\"../../f/foo-1.0.tar.gz\","
            + "\"hashes\":{\"sha256\":\""
            + "A".repeat(64)
            + "\",\"md5\":\"1\"},\"requires-python\":\">=3.8\",\"size\":12,"
            + "\"upload-time\":\"2024-05-06T07:08:09.123456Z\",\"yanked\":\"broken\","
            + "\"core-metadata\":{\"sha256\":\""
            + SHA
            + "\"},\"provenance\":{\"deep\":[[]]}}],\"project-status\":{\"status\":\"active\"}}");

    RemoteFile file = only();
    assertThat(file.filename()).isEqualTo("foo-1.0.tar.gz");
    assertThat(file.url()).isEqualTo("https://h/f/foo-1.0.tar.gz");
    assertThat(file.hashes()).isEqualTo(Map.of("sha256", SHA));
    assertThat(file.requiresPython()).isEqualTo(">=3.8");
    assertThat(file.size()).isEqualTo(12);
    assertThat(file.uploadTime()).isEqualTo("2024-05-06T07:08:09.123456Z");
    assertThat(file.yanked()).isTrue();
    assertThat(file.yankedReason()).isEqualTo("broken");
    assertThat(file.hasCoreMetadata()).isTrue();
    assertThat(file.coreMetadata()).isEqualTo(Map.of("sha256", SHA));
    assertThat(file.index()).isEqualTo("https://h/simple/");
  }

  @Test
  void aPageWithOnlyTheRequiredKeysIsEnough() throws Exception {
    read("{\"files\":[{\"filename\":\"foo-1.0.zip\",\"url\":\"foo-1.0.zip\",\"hashes\":{}}]}");

    RemoteFile file = only();
    assertThat(file.hashes()).isEmpty();
    assertThat(file.requiresPython()).isEmpty();
    assertThat(file.yanked()).isFalse();
    assertThat(file.size()).isEqualTo(-1);
    assertThat(file.uploadTime()).isEmpty();
    assertThat(file.hasCoreMetadata()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"yanked\":null", "\"yanked\":false", "\"yanked\":\"\"", "\"size\":null"})
  void nullFalseAndEmptyYankedMeanNotYanked(String more) throws Exception {
    read(page(more));

    assertThat(only().yanked()).isFalse();
  }

  @Test
  void yankedTrueHasNoReason() throws Exception {
    read(page("\"yanked\":true,\"requires-python\":null"));

    assertThat(only().yanked()).isTrue();
    assertThat(only().yankedReason()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dist-info-metadata", "data-dist-info-metadata", "core-metadata"})
  void theOldNamesOfCoreMetadataCount(String key) throws Exception {
    read(page("\"" + key + "\":true"));

    assertThat(only().hasCoreMetadata()).isTrue();
    assertThat(only().coreMetadata()).isEmpty();
  }

  @Test
  void theNewNameOfCoreMetadataWins() throws Exception {
    read(page("\"dist-info-metadata\":true,\"core-metadata\":false"));

    assertThat(only().hasCoreMetadata()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"filename\":\"../foo-1.0.zip\",\"url\":\"a\"}",
        "{\"filename\":\"a/foo-1.0.zip\",\"url\":\"a\"}",
        "{\"filename\":\"foo\\\\-1.0.zip\",\"url\":\"a\"}",
        "{\"filename\":\"foo-1.0\\u0000.zip\",\"url\":\"a\"}",
        "{\"filename\":\"foo-1.0\\u202e.zip\",\"url\":\"a\"}",
        "{\"filename\":\"..\",\"url\":\"a\"}",
        "{\"filename\":\"\",\"url\":\"a\"}",
        "{\"filename\":7,\"url\":\"a\"}",
        "{\"filename\":\"foo-1.0.zip\"}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":[]}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":\"http://[\"}",
        "{\"filename\":\"foo-1.0.exe\",\"url\":\"a\"}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":\"a\",\"hashes\":[]}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":\"a\",\"hashes\":{\"sha256\":1}}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":\"a\",\"hashes\":{\"sha256\":\"abc\"}}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":\"a\",\"size\":-1}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":\"a\",\"size\":1.5}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":\"a\",\"size\":99999999999999999999}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":\"a\",\"yanked\":3}",
        "{\"filename\":\"foo-1.0.zip\",\"url\":\"a\",\"requires-python\":3}",
        "null",
        "[]",
        "7"
      })
  void anEntryThatIsNoUsableFileIsLeftOutWithAReason(String entry) throws Exception {
    read(TestIndex.json(entry + ",{\"filename\":\"foo-2.0.zip\",\"url\":\"b\"}"));

    assertThat(files.files()).extracting(RemoteFile::filename).containsExactly("foo-2.0.zip");
    assertThat(files.ignored()).hasSize(1);
    assertThat(files.ignored().get(0).reason()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"files\":{}}",
        "{\"files\":[",
        "{\"files\":[]}}",
        "{\"files\":[]} x",
        "{\"meta\":[],\"files\":[]}",
        "{\"meta\":{\"api-version\":\"2.0\"},\"files\":[]}",
        "{\"meta\":{\"api-version\":\"one\"},\"files\":[]}",
        "{\"files\":[],\"meta\":{\"api-version\":\"10.0\"}}",
        "<!DOCTYPE html><title>down</title>"
      })
  void whatIsNoPageOfVersionOneIsRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedPageException.class);
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(100_000);

    assertThatThrownBy(() -> read("{\"x\":" + deep)).isInstanceOf(MalformedPageException.class);
    assertThatThrownBy(() -> read(page("\"x\":" + deep)))
        .isInstanceOf(MalformedPageException.class);
  }

  @Test
  void theSameUrlCountsOnce() throws Exception {
    String file = "{\"filename\":\"foo-1.0.zip\",\"url\":\"a#sha256=" + SHA + "\"}";
    read(TestIndex.json(file + "," + file));

    assertThat(files.files()).hasSize(1);
    assertThat(only().hashes()).containsEntry("sha256", SHA);
  }

  @Test
  void passwordsInLinksAreDropped() throws Exception {
    read(
        TestIndex.json(
            "{\"filename\":\"foo-1.0.zip\",\"url\":\"https://u:secret@h/foo-1.0.zip?x=1\"}"));

    assertThat(only().url()).isEqualTo("https://h/foo-1.0.zip?x=1");
  }

  private static String page(String more) {
    return TestIndex.json("{\"filename\":\"foo-1.0.zip\",\"url\":\"foo-1.0.zip\"," + more + "}");
  }

  private RemoteFile only() {
    List<RemoteFile> all = files.files();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private void read(String body) throws MalformedPageException {
    JsonProjectPage.read(
        body.getBytes(StandardCharsets.UTF_8), URI.create("https://h/simple/foo/"), files);
  }
}
