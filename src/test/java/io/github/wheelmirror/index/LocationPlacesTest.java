package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.ListedFile;
import io.github.wheelmirror.selection.Place;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locations as an installer meets them: what is broken is an answer, not an error. */
class LocationPlacesTest {

  private static final ProjectName FOO = ProjectName.parse("foo");

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
  void eachLocationIsAPlaceOfItsOwnWithItsRole() throws IOException {
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.write(links.resolve("foo-1.0-py3-none-any.whl"), TestIndex.bytes("wheel"));
    server.page(
        "/simple/foo/",
        WebServer.JSON,
        "{\"meta\":{\"api-version\":\"1.0\"},\"name\":\"foo\",\"files\":[{\"filename\":"
            + "\"foo-2.0.tar.gz\",\"url\":\"foo-2.0.tar.gz\",\"hashes\":{},\"yanked\":true,"
            + "\"requires-python\":\">=3.9\"}]}");
    TestIndex client =
        new TestIndex(folder)
            .index(server.url("/simple/"))
            .index(server.url("/other/"))
            .location(
                new IndexLocation(
                    IndexLocation.Kind.FIND_LINKS,
                    links.toString(),
                    false,
                    io.github.wheelmirror.Credentials.NONE));

    List<Place> places = ask(client);

    assertThat(places)
        .extracting(Place::role)
        .containsExactly(Role.FIND_LINKS_DIRECTORY, Role.INDEX, Role.INDEX);
    assertThat(places)
        .extracting(Place::answer)
        .containsExactly(Answer.SERVED, Answer.SERVED, Answer.NOT_FOUND);
    assertThat(places.get(0).name()).isEqualTo(links.toString());
    assertThat(places.get(0).files())
        .extracting(ListedFile::filename)
        .containsExactly("foo-1.0-py3-none-any.whl");
    assertThat(places.get(1).files())
        .containsExactly(new ListedFile("foo-2.0.tar.gz", ">=3.9", true, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalIsAnAnswer(int status) {
    server.on("/simple/foo/", request -> WebServer.status(status, Map.of()));
    assertThat(ask(new TestIndex(folder).index(server.url("/simple/"))))
        .extracting(Place::answer)
        .containsExactly(Answer.REFUSED);
  }

  @Test
  void aBucketThatRefusesWhatItDoesNotHaveIsAnAnswerEachTime() {
    server.on("/simple/foo/", request -> WebServer.status(403, Map.of("Server", "AmazonS3")));
    TestIndex client = new TestIndex(folder).index(server.url("/simple/"));
    assertThat(ask(client)).extracting(Place::answer).containsExactly(Answer.REFUSED);
    assertThat(ask(client)).extracting(Place::answer).containsExactly(Answer.REFUSED);
  }

  @Test
  void aServerThatFailsIsToldWithItsReason() {
    server.on("/simple/foo/", request -> WebServer.status(500, Map.of()));
    List<String> warnings = new ArrayList<>();
    try (SimpleIndex index = new TestIndex(folder).index(server.url("/simple/")).open()) {
      assertThat(index.places(List.of(FOO)).get(FOO))
          .extracting(Place::answer)
          .containsExactly(Answer.UNUSABLE);
      warnings.addAll(index.warnings());
    }
    assertThat(warnings).anyMatch(words -> words.contains("500"));
  }

  @Test
  void aPageThatIsNoJsonIsMalformedAndOneOfAnotherTypeUnusable() {
    server.page("/simple/foo/", WebServer.JSON, "{\"files\": [");
    server.page("/other/foo/", "image/png", "x");
    assertThat(
            ask(new TestIndex(folder).index(server.url("/simple/")).index(server.url("/other/"))))
        .extracting(Place::answer)
        .containsExactly(Answer.MALFORMED, Answer.UNUSABLE);
  }

  @Test
  void aLoginPageIsAPageWithoutFilesToInstallersAndToldToPeople() {
    String login = "<html><body><form action='/login'><input name='user'></form></body></html>";
    server.page("/simple/foo/", "text/html", login);
    server.on("/other/foo/", request -> WebServer.status(302, Map.of("Location", "/login")));
    server.page("/login", "text/html", login);
    TestIndex client =
        new TestIndex(folder).index(server.url("/simple/")).index(server.url("/other/"));
    try (SimpleIndex index = client.open()) {
      assertThat(index.places(List.of(FOO)).getOrDefault(FOO, List.of()))
          .allSatisfy(place -> assertThat(place.files()).isEmpty())
          .extracting(Place::answer)
          .containsExactly(Answer.SERVED, Answer.SERVED);
      assertThat(index.warnings()).filteredOn(words -> words.contains("login page")).hasSize(2);
    }
  }

  @Test
  void pagesInAFolderAreAPlaceOfTheirOwnAndOnlyWhatTheyTellIsTold() throws IOException {
    Path links = Files.createDirectory(folder.resolve("links"));
    Path more = Files.createDirectory(links.resolve("more"));
    String hash = "a".repeat(64);
    Files.write(links.resolve("foo-1.0.tar.gz"), TestIndex.bytes("one"));
    Files.write(more.resolve("foo-2.0.tar.gz"), TestIndex.bytes("two"));
    Files.write(more.resolve("foo-3.0.tar.gz"), TestIndex.bytes("three"));
    Files.writeString(
        links.resolve("page.html"),
        "<a href='more/foo-2.0.tar.gz'>x</a><a href='more/foo-3.0.tar.gz#sha256=" + hash + "'>");

    List<Place> places = ask(findLinks(links));

    assertThat(places)
        .extracting(Place::role)
        .containsExactly(Role.FIND_LINKS_DIRECTORY, Role.FIND_LINKS_DIRECTORY_PAGES);
    List<ListedFile> files = new ArrayList<>(places.get(0).files());
    files.addAll(places.get(1).files());
    assertThat(files)
        .extracting(ListedFile::filename)
        .containsExactly("foo-1.0.tar.gz", "foo-2.0.tar.gz", "foo-3.0.tar.gz");
    assertThat(files).allMatch(ListedFile::local);
    assertThat(files)
        .extracting(ListedFile::hashes)
        .containsExactly(Map.of(), Map.of(), Map.of("sha256", hash));
    assertThat(files.get(0).measured()).containsKey("sha256");
    assertThat(ask(findLinks(links.resolve("page.html"))))
        .as("a page that is named itself is one for uv too")
        .extracting(Place::role)
        .containsExactly(Role.FIND_LINKS_PAGE);
  }

  @Test
  void theUploadTimeOfAPageIsKept() {
    server.page(
        "/simple/foo/",
        WebServer.JSON,
        "{\"meta\":{\"api-version\":\"1.1\"},\"name\":\"foo\",\"versions\":[],\"files\":[{\"filename\":"
            + "\"foo-2.0.tar.gz\",\"url\":\"foo-2.0.tar.gz\",\"hashes\":{},\"size\":1,"
            + "\"upload-time\":\"2024-05-01T12:00:00.000900Z\"}]}");
    assertThat(ask(new TestIndex(folder).index(server.url("/simple/"))).get(0).files())
        .extracting(ListedFile::uploaded)
        .containsExactly(Instant.parse("2024-05-01T12:00:00.000900Z"));
  }

  private TestIndex findLinks(Path place) {
    return new TestIndex(folder)
        .defaultIndex(server.url("/simple/"))
        .only()
        .location(
            new IndexLocation(
                IndexLocation.Kind.FIND_LINKS,
                place.toString(),
                false,
                io.github.wheelmirror.Credentials.NONE));
  }

  @Test
  void aServerThatIsDownIsNotAskedForEver() {
    List<ProjectName> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(ProjectName.parse("p" + i));
      server.on("/simple/p" + i + "/", request -> WebServer.status(500, Map.of()));
    }
    try (SimpleIndex index = new TestIndex(folder).index(server.url("/simple/")).open()) {
      Map<ProjectName, List<Place>> places = index.places(many);

      assertThat(places).hasSize(40);
      assertThat(places.values())
          .allSatisfy(
              own -> assertThat(own).extracting(Place::answer).containsExactly(Answer.UNUSABLE));
      assertThat(index.warnings()).anyMatch(words -> words.contains("is not asked any more"));
    }
    assertThat(server.paths().stream().distinct().count()).isLessThan(20);
  }

  @Test
  void findLinksAloneDoNotBringPipsIndexWithThem() throws IOException {
    Path links = Files.createDirectory(folder.resolve("links"));
    TestIndex client =
        new TestIndex(folder)
            .defaultIndex(server.url("/simple/"))
            .only()
            .location(
                new IndexLocation(
                    IndexLocation.Kind.FIND_LINKS,
                    links.toString(),
                    false,
                    io.github.wheelmirror.Credentials.NONE));
    assertThat(ask(client)).extracting(Place::role).containsExactly(Role.FIND_LINKS_DIRECTORY);
    assertThat(server.paths()).isEmpty();
  }

  @Test
  void offlineWithoutACachedPageNobodyKnowsTheAnswer() {
    try (SimpleIndex index = new TestIndex(folder).index(server.url("/simple/")).offline().open()) {
      assertThatThrownBy(() -> index.places(List.of(FOO))).hasMessageContaining("offline");
    }
  }

  private static List<Place> ask(TestIndex client) {
    try (SimpleIndex index = client.open()) {
      return index.places(List.of(FOO)).getOrDefault(FOO, List.of());
    }
  }
}
