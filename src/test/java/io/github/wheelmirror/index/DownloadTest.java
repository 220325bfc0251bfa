package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.Downloaded;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.index.WebServer.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {

  private static final String PATH = "/f/foo-1.0.tar.gz";

  @TempDir Path folder;
  private final byte[] content = new byte[300_000];
  private Path target;

  @BeforeEach
  void fill() {
    new Random(1).nextBytes(content);
    target = folder.resolve("house/foo-1.0.tar.gz");
  }

  @Test
  void aFileArrivesWholeUnderItsName() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      server.on(PATH, request -> new Response(200, Map.of(), content));

      Downloaded done = index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
      assertThat(done.sha256()).isEqualTo(Sha256.of(content));
      assertThat(done.size()).isEqualTo(content.length);
      assertThat(done.fetched()).isEqualTo(content.length);
      assertThat(server.requests.get(0).header("Accept-encoding")).isEqualTo("identity");
      assertOnlyTheTarget();
    }
  }

  @Test
  void aFileThatIsThereIsNotFetchedAgain() throws Exception {
    Files.createDirectories(target.getParent());
    Files.write(target, content);
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      assertThat(index.download(file(server.url(PATH)), target).fetched()).isZero();
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void otherContentUnderTheNameIsReplaced() throws Exception {
    Files.createDirectories(target.getParent());
    Files.writeString(target, "something else");
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      server.on(PATH, request -> new Response(200, Map.of(), content));
      index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
    }
  }

  @Test
  void aResetInTheMiddleIsResumedWhereItStopped() throws Exception {
    try (RawServer server =
            new RawServer(
                RawServer.resetsAfter(
                    head("200 OK", content.length, "ETag: \"e\"") + part(0, 100_000)),
                RawServer.says(rest(100_000)));
        SimpleIndex index = client(server.url("/simple/"))) {
      Downloaded done = index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
      assertThat(done.fetched()).isEqualTo(content.length);
      assertThat(server.requests.get(1)).contains("Range: bytes=100000-", "If-Range: \"e\"");
      assertOnlyTheTarget();
    }
  }

  @Test
  void aTruncatedAnswerIsResumed() throws Exception {
    try (RawServer server =
            new RawServer(
                RawServer.says(head("200 OK", content.length, "ETag: W/\"e\"") + part(0, 5_000)),
                RawServer.says(rest(5_000)));
        SimpleIndex index = client(server.url("/simple/"))) {
      index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
      assertThat(server.requests.get(1)).contains("Range: bytes=5000-").doesNotContain("If-Range");
    }
  }

  @Test
  void anAnswerThatEndsEarlyWithoutALengthIsResumedByTheSizeOfTheIndex() throws Exception {
    try (RawServer server =
            new RawServer(
                RawServer.says("HTTP/1.1 200 OK\r\n\r\n" + part(0, 7_000)),
                RawServer.says(rest(7_000)));
        SimpleIndex index = client(server.url("/simple/"))) {
      index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
    }
  }

  @Test
  void aServerThatIgnoresRangesStartsAgain() throws Exception {
    String whole = head("200 OK", content.length, "") + part(0, content.length);
    try (RawServer server =
            new RawServer(RawServer.says(whole.substring(0, 9_000)), RawServer.says(whole));
        SimpleIndex index = client(server.url("/simple/"))) {
      index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
    }
  }

  @Test
  void anotherRangeThanTheOneAskedForStartsAgain() throws Exception {
    String other =
        head("206 Partial", 10, "Content-Range: bytes 5-14/" + content.length) + part(5, 15);
    String whole = head("200 OK", content.length, "") + part(0, content.length);
    try (RawServer server =
            new RawServer(
                RawServer.says(whole.substring(0, 9_000)),
                RawServer.says(other),
                RawServer.says(whole));
        SimpleIndex index = client(server.url("/simple/"))) {
      index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
      assertThat(server.requests.get(2)).doesNotContain("Range:");
    }
  }

  @Test
  void aRangeThatTheServerCannotSatisfyStartsAgain() throws Exception {
    String whole = head("200 OK", content.length, "") + part(0, content.length);
    try (RawServer server =
            new RawServer(
                RawServer.says(whole.substring(0, 9_000)),
                RawServer.says(head("416 No", 0, "")),
                RawServer.says(whole));
        SimpleIndex index = client(server.url("/simple/"))) {
      index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
    }
  }

  @Test
  void anInterruptedRunIsResumedByTheNextOne() throws Exception {
    try (RawServer server =
        new RawServer(
            RawServer.says(head("200 OK", content.length, "") + part(0, 100_000)),
            RawServer.says(head("500 Down", 0, "")),
            RawServer.says(head("500 Down", 0, "")),
            RawServer.says(head("500 Down", 0, "")),
            RawServer.says(rest(100_000)))) {
      RemoteFile file = file(server.url(PATH));
      try (SimpleIndex index = client(server.url("/simple/"))) {
        assertThatThrownBy(() -> index.download(file, target))
            .isInstanceOf(MirrorException.class)
            .hasMessageContaining("500");
      }
      assertThat(target).doesNotExist();
      assertThat(names(target.resolveSibling(".tmp")))
          .containsExactly(Sha256.of(content) + ".part");

      try (SimpleIndex index = client(server.url("/simple/"))) {
        assertThat(index.download(file, target).fetched()).isEqualTo(content.length - 100_000);
      }
      assertThat(target).hasBinaryContent(content);
      assertOnlyTheTarget();
    }
  }

  @Test
  void whatAKilledProcessLeftIsResumed() throws Exception {
    Path tmp = Files.createDirectories(target.resolveSibling(".tmp"));
    String key = Sha256.of(content);
    Files.write(tmp.resolve(key + ".11111111.part"), Arrays.copyOf(content, 1_000));
    Files.write(tmp.resolve(key + ".22222222.part"), Arrays.copyOf(content, 2_000));
    Files.write(tmp.resolve(key + ".33333333.part"), new byte[content.length + 1]);
    try (RawServer server = new RawServer(RawServer.says(rest(2_000)));
        SimpleIndex index = client(server.url("/simple/"))) {
      index.download(file(server.url(PATH)), target);

      assertThat(server.requests.get(0)).contains("Range: bytes=2000-");
      assertThat(target).hasBinaryContent(content);
      assertOnlyTheTarget();
    }
  }

  @Test
  void aCompleteLeftoverNeedsNoRequest() throws Exception {
    Path tmp = Files.createDirectories(target.resolveSibling(".tmp"));
    Files.write(tmp.resolve(Sha256.of(content) + ".x.part"), content);
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      index.download(file(server.url(PATH)), target);

      assertThat(server.requests).isEmpty();
      assertThat(target).hasBinaryContent(content);
    }
  }

  @Test
  void aDamagedLeftoverIsFetchedAgainFromTheStart() throws Exception {
    Path tmp = Files.createDirectories(target.resolveSibling(".tmp"));
    Files.write(tmp.resolve(Sha256.of(content) + ".x.part"), new byte[1_000]);
    try (RawServer server =
            new RawServer(
                RawServer.says(rest(1_000)),
                RawServer.says(head("200 OK", content.length, "") + part(0, content.length)));
        SimpleIndex index = client(server.url("/simple/"))) {
      index.download(file(server.url(PATH)), target);

      assertThat(server.requests.get(1)).doesNotContain("Range:");
      assertThat(target).hasBinaryContent(content);
    }
  }

  @Test
  void aWrongHashIsFetchedOnceMoreAndThenRefusedWithBothHashes() throws Exception {
    byte[] wrong = content.clone();
    wrong[17] ^= 1;
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      server.on(PATH, request -> new Response(200, Map.of(), wrong));

      assertThatThrownBy(() -> index.download(file(server.url(PATH)), target))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining(server.url(PATH))
          .hasMessageContaining(Sha256.of(wrong))
          .hasMessageContaining(Sha256.of(content));
      assertThat(server.requests).hasSize(2);
      assertThat(target).doesNotExist();
      assertThat(names(target.resolveSibling(".tmp"))).isEmpty();
    }
  }

  @Test
  void aHashThatIsWrongOnceIsForgiven() throws Exception {
    byte[] wrong = content.clone();
    wrong[17] ^= 1;
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      server.on(
          PATH,
          request -> new Response(200, Map.of(), server.requests.size() == 1 ? wrong : content));
      index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
    }
  }

  @Test
  void everyHashOfTheIndexMustBeRight() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      server.on(PATH, request -> new Response(200, Map.of(), content));
      RemoteFile file =
          TestIndex.file(
              server.url(PATH),
              Map.of("sha256", Sha256.of(content), "sha512", "0".repeat(128)),
              -1,
              server.url("/simple/"));

      assertThatThrownBy(() -> index.download(file, target))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("sha512");
    }
  }

  @Test
  void aFileThatIsBiggerThanTheIndexSaysIsStopped() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      server.on(PATH, request -> new Response(200, Map.of(), content));
      RemoteFile file =
          TestIndex.file(server.url(PATH), Arrays.copyOf(content, 1_000), server.url("/simple/"));

      assertThatThrownBy(() -> index.download(file, target))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("bigger than 1000 bytes");
      assertThat(server.requests).hasSize(1);
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void anEndlessFileOfUnknownSizeIsStopped() throws Exception {
    RawServer.Script endless =
        (socket, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          byte[] zeros = new byte[65_536];
          while (!Thread.currentThread().isInterrupted()) {
            out.write(zeros);
          }
        };
    try (RawServer server = new RawServer(endless);
        SimpleIndex index = client(server.url("/simple/"))) {
      RemoteFile file =
          TestIndex.file(
              server.url(PATH), Map.of("sha256", Sha256.of(content)), -1, server.url("/simple/"));

      assertThatThrownBy(() -> index.download(file, target))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("bigger than 1048576 bytes");
    }
  }

  @Test
  void aDownloadThatStallsIsResumed() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                RawServer.silentAfter(head("200 OK", content.length, "") + part(0, 50_000), end),
                RawServer.says(rest(50_000)));
        SimpleIndex index =
            new TestIndex(folder)
                .variable("PIP_TIMEOUT", "0.5")
                .index(server.url("/simple/"))
                .open()) {
      index.download(file(server.url(PATH)), target);

      assertThat(target).hasBinaryContent(content);
    }
    end.countDown();
  }

  @Test
  void aDownloadThatOnlyDripsIsLeftAndResumed() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    RawServer.Script drips =
        (socket, out) -> {
          out.write(head("200 OK", content.length, "").getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; end.getCount() > 0; i++) {
            out.write(content[i]);
            out.flush();
            Thread.sleep(20);
          }
        };
    try (RawServer server = new RawServer(drips, RawServer.says(head("500 Down", 0, "")));
        SimpleIndex index =
            new TestIndex(folder)
                .limits(new IndexSettings.Limits(1, Duration.ofMillis(400), 1 << 20, 1 << 20))
                .index(server.url("/simple/"))
                .open()) {
      assertThatThrownBy(() -> index.download(file(server.url(PATH)), target))
          .isInstanceOf(MirrorException.class);
      assertThat(server.requests).hasSize(4);
      assertThat(server.requests.get(1)).containsPattern("Range: bytes=[1-9]");
    }
    end.countDown();
  }

  @Test
  void aFileThatIsListedButMissingIsAnError() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      assertThatThrownBy(() -> index.download(file(server.url(PATH)), target))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("404");
      assertThat(target.resolveSibling(".tmp")).isEmptyDirectory();
    }
  }

  @Test
  void aFileWithoutAStrongHashIsRefusedUnlessItsIndexIsTrusted() throws Exception {
    try (WebServer server = new WebServer()) {
      server.on(PATH, request -> new Response(200, Map.of(), content));
      RemoteFile file = TestIndex.file(server.url(PATH), Map.of(), -1, server.url("/simple/"));
      try (SimpleIndex index = client(server.url("/simple/"))) {
        assertThatThrownBy(() -> index.download(file, target))
            .isInstanceOf(MirrorException.class)
            .hasMessageContaining("tells no sha256")
            .extracting(failure -> ((MirrorException) failure).kind())
            .isEqualTo(MirrorException.Kind.INPUT);
        assertThat(server.requests).isEmpty();
      }
      IndexLocation trusted =
          new IndexLocation(
              IndexLocation.Kind.INDEX, server.url("/simple/"), true, Credentials.NONE);
      try (SimpleIndex index = new TestIndex(folder).location(trusted).open()) {
        assertThat(index.download(file, target).sha256()).isEqualTo(Sha256.of(content));
      }
    }
  }

  @Test
  void bytesWithoutAHashAreNotPutTogetherFromTwoAnswers() throws Exception {
    byte[] newer = content.clone();
    newer[0] ^= 1;
    String old = head("200 OK", content.length, "") + part(0, 50_000);
    String whole =
        head("200 OK", content.length, "") + new String(newer, StandardCharsets.ISO_8859_1);
    try (RawServer server = new RawServer(RawServer.says(old), RawServer.says(whole))) {
      assertThat(unhashed(server)).isEqualTo(newer);
      assertThat(server.requests.get(1)).doesNotContain("Range:");
    }
  }

  @Test
  void aRangeIsAskedForWithTheMarkOfWhatCameBefore() throws Exception {
    String tag = "ETag: \"one\"";
    String old = head("200 OK", content.length, tag) + part(0, 50_000);
    String range =
        tag + "\r\nContent-Range: bytes 50000-" + (content.length - 1) + "/" + content.length;
    String rest =
        head("206 Partial", content.length - 50_000, range) + part(50_000, content.length);
    try (RawServer server = new RawServer(RawServer.says(old), RawServer.says(rest))) {
      assertThat(unhashed(server)).isEqualTo(content);
      assertThat(server.requests.get(1))
          .contains("Range: bytes=50000-")
          .contains("If-Range: \"one\"");
    }
  }

  @Test
  void aRangeThatEndsBeforeTheFileDoesIsNotTheFile() throws Exception {
    String tag = "ETag: \"one\"";
    String first =
        head("206 Partial", 10, tag + "\r\nContent-Range: bytes 0-9/" + content.length)
            + part(0, 10);
    String whole = head("200 OK", content.length, tag) + part(0, content.length);
    try (RawServer server = new RawServer(RawServer.says(first), RawServer.says(whole))) {
      assertThat(unhashed(server)).isEqualTo(content);
    }
  }

  private byte[] unhashed(RawServer server) throws IOException {
    IndexLocation trusted =
        new IndexLocation(IndexLocation.Kind.INDEX, server.url("/simple/"), true, Credentials.NONE);
    try (SimpleIndex index = new TestIndex(folder).location(trusted).open()) {
      index.download(
          TestIndex.file(server.url(PATH), Map.of(), -1, server.url("/simple/")), target);
    }
    return Files.readAllBytes(target);
  }

  @Test
  void bytesThatAServerCallsPackedAreKeptAsTheyAre() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    byte[] archive = packed.toByteArray();
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      server.on(PATH, request -> new Response(200, Map.of("Content-Encoding", "gzip"), archive));
      index.download(TestIndex.file(server.url(PATH), archive, server.url("/simple/")), target);

      assertThat(target).hasBinaryContent(archive);
    }
  }

  @Test
  void manyClientsFetchTheSameFileAtOnce() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex one = client(server.url("/simple/"));
        SimpleIndex two = client(server.url("/simple/"))) {
      server.on(PATH, request -> new Response(200, Map.of(), content));
      List<String> digests =
          IntStream.range(0, 16)
              .parallel()
              .mapToObj(i -> (i % 2 == 0 ? one : two).download(file(server.url(PATH)), target))
              .map(Downloaded::sha256)
              .distinct()
              .toList();

      assertThat(digests).containsExactly(Sha256.of(content));
      assertThat(target).hasBinaryContent(content);
      assertOnlyTheTarget();
    }
  }

  @Test
  void anInterruptEndsTheWaitAndKeepsWhatCame() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                RawServer.silentAfter(head("200 OK", content.length, "") + part(0, 50_000), end));
        SimpleIndex index = client(server.url("/simple/"))) {
      Thread[] worker = new Thread[1];
      List<MirrorException> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
      worker[0] =
          new Thread(
              () -> {
                try {
                  index.download(file(server.url(PATH)), target);
                } catch (MirrorException e) {
                  failures.add(e);
                }
              });
      worker[0].start();
      while (bytesIn(target.resolveSibling(".tmp")) < 50_000) {
        Thread.sleep(5);
      }
      worker[0].interrupt();
      worker[0].join();

      assertThat(failures).hasSize(1);
      assertThat(failures.get(0)).hasMessageContaining("interrupted");
      assertThat(bytesIn(target.resolveSibling(".tmp"))).isEqualTo(50_000);
      assertThat(target).doesNotExist();
    }
    end.countDown();
  }

  @Test
  void aTargetThatCannotBeWrittenIsAnErrorThatSaysSo() throws Exception {
    Files.writeString(folder.resolve("house"), "a file");
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server.url("/simple/"))) {
      assertThatThrownBy(() -> index.download(file(server.url(PATH)), target))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("cannot be written");
    }
  }

  @Test
  void offlineNothingIsDownloaded() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = new TestIndex(folder).index(server.url("/simple/")).offline().open()) {
      assertThatThrownBy(() -> index.download(file(server.url(PATH)), target))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("offline");
    }
  }

  @Test
  void aLeftoverThatAnotherProcessStillWritesIsCopiedNotShared() throws Exception {
    Path tmp = Files.createDirectories(folder.resolve("tmp"));
    Path theirs = tmp.resolve("k.other.part");
    Files.write(theirs, new byte[10]);
    try (PartFile part = PartFile.open(tmp, "k", List.of("sha256"), 100)) {
      assertThat(part.size()).isEqualTo(10);
      part.append(ByteBuffer.wrap(new byte[5]));
      assertThat(theirs).hasBinaryContent(new byte[10]);
      assertThat(part.digests()).containsEntry("sha256", Sha256.of(new byte[15]));
    }
  }

  private SimpleIndex client(String url) {
    return new TestIndex(folder)
        .index(url)
        .limits(new IndexSettings.Limits(8, Duration.ofSeconds(20), 1 << 20, 1 << 20))
        .open();
  }

  private RemoteFile file(String url) {
    return TestIndex.file(url, content, url.replace(PATH, "/simple/"));
  }

  private String rest(int from) {
    return head(
            "206 Partial Content",
            content.length - from,
            "Content-Range: bytes " + from + "-" + (content.length - 1) + "/" + content.length)
        + part(from, content.length);
  }

  private static String head(String status, int length, String header) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Length: "
        + length
        + "\r\n"
        + (header.isEmpty() ? "" : header + "\r\n")
        + "\r\n";
  }

  private String part(int from, int to) {
    return new String(Arrays.copyOfRange(content, from, to), StandardCharsets.ISO_8859_1);
  }

  private void assertOnlyTheTarget() throws IOException {
    assertThat(names(java.util.Objects.requireNonNull(target.getParent())))
        .containsExactly(".tmp", "foo-1.0.tar.gz");
    assertThat(names(target.resolveSibling(".tmp"))).isEmpty();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static long bytesIn(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
