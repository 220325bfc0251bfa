package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.ProjectPage;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.index.WebServer.Response;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationsTest {

  private static final ProjectName FOO = ProjectName.parse("foo");
  private static final ProjectName FOO_BAR = ProjectName.parse("foo-bar");
  private static final byte[] CONTENT = TestIndex.bytes("content");

  @TempDir Path folder;
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WebServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void filesComeInPipsOrder() throws IOException {
    put("wheels/foo-1.0-py3-none-any.whl");
    put("wheels/foo-2.0-py3-none-any.whl");
    put("wheels/other-1.0-py3-none-any.whl");
    put("more/foo-3.0.tar.gz");
    Files.writeString(folder.resolve("wheels/list.html"), "<a href=foo-0.1.zip>x</a>");
    put("wheels/foo-0.1.zip");
    server.page("/flat.html", "text/html", "<a href=foo-7.0.zip>x</a><a href=bar-1.0.zip>x</a>");
    server.page("/extra/foo/", "text/html", "<a href=foo-6.0.zip>x</a>");
    server.page("/simple/foo/", "text/html", "<a href=foo-5.0.zip>x</a><a href=foo-4.0.zip>x</a>");
    TestIndex client =
        new TestIndex(folder)
            .variable("PIP_FIND_LINKS", server.url("/flat.html") + " wheels " + more())
            .variable("PIP_EXTRA_INDEX_URL", server.url("/extra"))
            .defaultIndex(server.url("/simple"));
    try (SimpleIndex index = client.open()) {
      ProjectPage page = index.project(FOO);

      assertThat(page.files())
          .extracting(RemoteFile::filename)
          .containsExactly(
              "foo-2.0-py3-none-any.whl",
              "foo-1.0-py3-none-any.whl",
              "foo-0.1.zip",
              "foo-3.0.tar.gz",
              "foo-7.0.zip",
              "foo-0.1.zip",
              "foo-5.0.zip",
              "foo-4.0.zip",
              "foo-6.0.zip");
      index.project(ProjectName.parse("bar"));
      assertThat(server.paths().stream().filter("/flat.html"::equals)).hasSize(1);
    }
  }

  @Test
  void localFilesAreNamedByLocationSoThatAPlanCanTravel() throws IOException {
    put("wheels/foo-1.0-py3-none-any.whl");
    RemoteFile file;
    try (SimpleIndex index = wheels("wheels").open()) {
      file = index.project(FOO).files().get(0);
    }
    assertThat(file.url()).isEqualTo("find-links:0/foo-1.0-py3-none-any.whl");
    assertThat(file.index()).isEqualTo("find-links:0");
    assertThat(file.hashes()).isEqualTo(Map.of("sha256", Sha256.of(CONTENT)));
    assertThat(file.size()).isEqualTo(CONTENT.length);
    assertThat(file.toString()).doesNotContain(folder.toString());

    put("elsewhere/foo-1.0-py3-none-any.whl");
    Path target = folder.resolve("house/foo-1.0-py3-none-any.whl");
    try (SimpleIndex index = wheels("elsewhere").open()) {
      assertThat(index.download(file, target).fetched()).isZero();
    }
    assertThat(target).hasBinaryContent(CONTENT);

    Files.writeString(folder.resolve("elsewhere/foo-1.0-py3-none-any.whl"), "other bytes");
    try (SimpleIndex index = wheels("elsewhere").open()) {
      assertThatThrownBy(() -> index.download(file, folder.resolve("house/other.whl")))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining(Sha256.of(CONTENT));
    }
    try (SimpleIndex index = new TestIndex(folder).index(server.url("/simple")).open()) {
      assertThatThrownBy(() -> index.download(file, folder.resolve("house/other.whl")))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("find-links:0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "foo_bar-1.0-py3-none-any.whl, true",
    "Foo.Bar-1.0-py3-none-any.whl, true",
    "foo-bar-1.0.tar.gz, true",
    "foo_bar-1.0.zip, true",
    "foo-1.0.tar.gz, false",
    "foo-bar-baz-1.0.tar.gz, false",
    "foo_bar-1.0.tar.bz2, false",
    "foo_bar.tar.gz, false",
    "foo_bar-1.0.exe, false"
  })
  void aFolderShowsWhatPipSeesInIt(String filename, boolean seen) throws IOException {
    put("wheels/" + filename);
    try (SimpleIndex index = wheels("wheels").open()) {
      ProjectPage page = index.project(FOO_BAR);

      assertThat(page.exists()).isEqualTo(seen);
      assertThat(page.files()).hasSize(seen ? 1 : 0);
    }
  }

  @Test
  void aFindLinksFolderThatDoesNotExistIsIgnoredWithAWarningAsPipDoes() {
    TestIndex client =
        new TestIndex(folder)
            .variable("PIP_FIND_LINKS", "/nowhere/at/all")
            .defaultIndex(server.url("/simple"));
    try (SimpleIndex index = client.open()) {
      assertThat(index.project(FOO).exists()).isFalse();
      assertThat(index.warnings()).hasSize(1);
      assertThat(index.warnings().get(0)).contains("/nowhere/at/all");
    }
  }

  @Test
  void anExplicitFindLinksFolderMustExist() {
    TestIndex client =
        new TestIndex(folder)
            .location(
                new IndexLocation(
                    IndexLocation.Kind.FIND_LINKS, "missing", false, Credentials.NONE));

    assertThatThrownBy(client::open)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void aLocalIndexIsReadFromItsIndexPages() throws IOException {
    put("repo/files/foo-1.0.tar.gz");
    put("repo/simple/foo/foo-2.0.tar.gz");
    Files.writeString(
        folder.resolve("repo/simple/foo/index.html"),
        "<a href=\"../../files/foo-1.0.tar.gz\">x</a><a href=foo-2.0.tar.gz data-yanked>x</a>"
            + "<a href=\"foo-9.0.tar.gz\">missing</a>"
            + "<a href=\"https://h/foo-3.0.zip#sha256="
            + "c".repeat(64)
            + "\">x</a>");
    TestIndex client =
        new TestIndex(folder)
            .variable("PIP_INDEX_URL", folder.resolve("repo/simple").toUri().toString());
    try (SimpleIndex index = client.open()) {
      ProjectPage page = index.project(FOO);

      assertThat(page.files())
          .extracting(RemoteFile::url)
          .containsExactly(
              "index:0/../files/foo-1.0.tar.gz",
              "index:0/foo/foo-2.0.tar.gz",
              "https://h/foo-3.0.zip");
      assertThat(page.files().get(1).yanked()).isTrue();
      assertThat(page.files().get(0).hashes()).containsKey("sha256");
      assertThat(page.ignored()).hasSize(1);
      assertThat(index.project(FOO_BAR).exists()).isFalse();
      Path target = folder.resolve("house/foo-1.0.tar.gz");
      index.download(page.files().get(0), target);
      assertThat(target).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void aRemotePageMayNotPointAtLocalFiles() {
    server.page("/simple/foo/", "text/html", "<a href=\"file:///etc/foo-1.0.zip\">x</a>");
    try (SimpleIndex index = new TestIndex(folder).index(server.url("/simple")).open()) {
      assertThat(index.project(FOO).files()).isEmpty();
      assertThat(index.project(FOO).ignored()).hasSize(1);
    }
  }

  @Test
  void aSingleRemoteFileIsAFindLinksLocationToo() {
    server.on("/d/foo-1.0.zip", request -> new Response(200, Map.of(), CONTENT));
    TestIndex client =
        new TestIndex(folder)
            .variable("PIP_NO_INDEX", "1")
            .variable(
                "PIP_FIND_LINKS", server.url("/d/foo-1.0.zip") + "#sha256=" + Sha256.of(CONTENT));
    try (SimpleIndex index = client.open()) {
      RemoteFile file = index.project(FOO).files().get(0);
      assertThat(file.hashes()).containsValue(Sha256.of(CONTENT));
      assertThat(index.project(FOO_BAR).exists()).isFalse();
      index.download(file, folder.resolve("house/foo-1.0.zip"));
    }
  }

  @Test
  void oneIndexThatFailsIsNotMadeUpForByAnother() {
    server.page("/simple/foo/", "text/html", "<a href=foo-5.0.zip>x</a>");
    server.page("/extra/foo/", "text/plain", "oops");
    TestIndex client =
        new TestIndex(folder).index(server.url("/simple")).index(server.url("/extra"));
    try (SimpleIndex index = client.open()) {
      assertThatThrownBy(() -> index.project(FOO))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("/extra/foo/");
    }
  }

  @Test
  void theSameIndexTwiceIsAskedOnce() {
    server.page("/simple/foo/", "text/html", "<a href=foo-5.0.zip>x</a>");
    TestIndex client =
        new TestIndex(folder).index(server.url("/simple")).index(server.url("/simple/"));
    try (SimpleIndex index = client.open()) {
      assertThat(index.project(FOO).files()).hasSize(1);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void explicitIndexesReplaceAllOfPipsLocations() throws IOException {
    put("wheels/foo-1.0-py3-none-any.whl");
    server.page("/mine/foo/", "text/html", "<a href=foo-5.0.zip>x</a>");
    TestIndex client =
        new TestIndex(folder)
            .variable("PIP_FIND_LINKS", "wheels")
            .variable("PIP_INDEX_URL", server.url("/simple"))
            .variable("PIP_EXTRA_INDEX_URL", server.url("/extra"))
            .index(server.url("/mine"));
    try (SimpleIndex index = client.open()) {
      assertThat(index.project(FOO).files())
          .extracting(RemoteFile::filename)
          .containsExactly("foo-5.0.zip");
      assertThat(server.paths()).containsExactly("/mine/foo/");
    }
  }

  @Test
  void withoutAnyLocationThereIsAnErrorThatNamesTheOption() {
    assertThatThrownBy(() -> new TestIndex(folder).variable("PIP_NO_INDEX", "yes").open())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("no package index");
  }

  @Test
  void anUnencryptedIndexThatPipWouldIgnoreIsAnError() {
    TestIndex client = new TestIndex(folder).variable("PIP_INDEX_URL", "http://h.invalid/simple");
    assertThatThrownBy(client::open)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("trusted-host");

    client.variable("PIP_TRUSTED_HOST", "h.invalid");
    try (SimpleIndex index = client.open()) {
      assertThat(index.warnings()).isEmpty();
    }
    try (SimpleIndex index = new TestIndex(folder).index("http://h.invalid/simple").open()) {
      assertThat(index.warnings()).anyMatch(warning -> warning.contains("without encryption"));
    }
  }

  @ParameterizedTest
  @CsvSource({"ftp://h/simple", "not-a-folder", "https://", "'https://u:secret@h h/'"})
  void anIndexThatIsNoneIsAnErrorThatShowsNoPassword(String value) {
    assertThatThrownBy(() -> new TestIndex(folder).index(value).open())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("cannot be used")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aHostThatJavaCannotNameIsAnErrorThatSaysSo() {
    assertThatThrownBy(
            () -> new TestIndex(folder).index("http://u:secret@pypi_mirror:8080/simple").open())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("Java connects to no host of that name")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "file://FOLDER/a b+c%25/, ''",
    "file:FOLDER/a%20b%2Bc%25, ''",
    "file://localhostFOLDER/a%20b+c%25, ''",
    "FOLDER/a b+c%, ''",
    "a b+c%, ''",
    "file:a b, a whole path",
    "file://elsewhere/a, 'elsewhere'",
    "file://elsewhere, 'elsewhere'",
    "file:///%zz, it is no path"
  })
  void aLocalFolderMayHaveAnyName(String value, String problem) throws IOException {
    put("a b+c%/foo-1.0.tar.gz");
    TestIndex client =
        new TestIndex(folder)
            .variable("PIP_NO_INDEX", "1")
            .location(
                new IndexLocation(
                    IndexLocation.Kind.FIND_LINKS,
                    value.replace("FOLDER", folder.toString()),
                    false,
                    Credentials.NONE));
    if (problem.isEmpty()) {
      try (SimpleIndex index = client.open()) {
        assertThat(index.project(FOO).files()).hasSize(1);
      }
    } else {
      assertThatThrownBy(client::open)
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining(problem);
    }
  }

  private String more() {
    return folder.resolve("more").toUri().toString();
  }

  private TestIndex wheels(String path) {
    return new TestIndex(folder).variable("PIP_NO_INDEX", "1").variable("PIP_FIND_LINKS", path);
  }

  private void put(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, CONTENT);
  }
}
