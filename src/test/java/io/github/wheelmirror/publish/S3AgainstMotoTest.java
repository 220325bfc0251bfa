package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.publish.ObjectStore.Facts;
import io.github.wheelmirror.publish.ObjectStore.Listed;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;

/** Regions in a bucket of a real server, and the real pip and uv that install from it. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class S3AgainstMotoTest {
  private static final String SLUG = TestTree.SLUG;
  private static final String UBUNTU = "ubuntu-24.04-x86_64";
  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private TestTree tree;
  private MotoServer moto;

  @BeforeEach
  void start() throws Exception {
    moto = MotoServer.start(folder);
    tree = new TestTree(folder);
  }

  @AfterEach
  void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  private S3Region region() {
    return new S3Region(moto.settings());
  }

  private StagedRelease stage(S3Region region, Snapshot snapshot) {
    return region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
  }

  private Release release(S3Region region, Snapshot snapshot) {
    Optional<Release> base = region.current(snapshot.slug());
    return region.flip(stage(region, snapshot), base, Instant.now());
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(moto.url() + path)).build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  @Test
  void pipAndUvInstallFromTheBucketWithoutAnythingInFrontOfIt() throws Exception {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha", "beta");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha", "gamma");
    S3Region region = region();
    release(region, one);
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged = stage(region, two);

    assertThat(region.stagedProblems(staged)).isEmpty();
    Release second = region.flip(staged, base, Instant.now());
    assertThat(region.servedProblems(second)).isEmpty();

    String pinned = moto.url() + "@" + one.id() + "/simple/";
    String moving = moto.url() + SLUG + "/simple/";
    assertThat(pip(pinned, "alpha", "beta")).containsExactly("alpha-1.0", "beta-1.0");
    assertThat(pip(moving, "alpha", "gamma")).containsExactly("alpha-2.0", "gamma-2.0");
    assertThat(uv(pinned, "alpha", "beta")).containsExactly("alpha-1.0", "beta-1.0");
    assertThat(uv(moving, "alpha", "gamma")).containsExactly("alpha-2.0", "gamma-2.0");
    assertThat(get(SLUG + "/simple/beta/").statusCode()).isIn(403, 404);
  }

  private List<String> pip(String index, String... projects) throws Exception {
    return installed(
        Stream.concat(
            Stream.of(
                "python3",
                "-m",
                "pip",
                "--isolated",
                "install",
                "--no-cache-dir",
                "--no-deps",
                "--no-compile",
                "--index-url",
                index,
                "--target"),
            Stream.of(projects)),
        projects.length);
  }

  private List<String> uv(String index, String... projects) throws Exception {
    boolean able;
    try {
      able = new ProcessBuilder("uv", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      able = false;
    }
    if ("true".equals(System.getenv("CI"))) {
      assertThat(able).as("uv is needed").isTrue();
    }
    org.junit.jupiter.api.Assumptions.assumeTrue(able, "uv is needed");
    return installed(
        Stream.concat(
            Stream.of(
                "uv",
                "pip",
                "install",
                "--no-config",
                "--no-cache",
                "--no-deps",
                "--python",
                "python3",
                "--default-index",
                index,
                "--target"),
            Stream.of(projects)),
        projects.length);
  }

  /** Runs the command with a new target folder before its last arguments. */
  private List<String> installed(Stream<String> command, int projects) throws Exception {
    Path target = Files.createTempDirectory(folder, "installed");
    List<String> argv = new ArrayList<>(command.toList());
    argv.add(argv.size() - projects, target.toString());
    Path log = folder.resolve("install.log");
    Process process =
        new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    try (Stream<Path> files = Files.list(target)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".dist-info"))
          .map(name -> name.replace(".dist-info", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void objectsCarryTypeLifetimeAndDigestAndTheStateIsNotForClients() throws Exception {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    release(region(), snapshot);
    ManifestFile file = snapshot.manifest().files().get(0);
    String wheel = TreeLayout.wheel(file.sha256(), file.filename());

    HttpResponse<byte[]> page = get("@" + snapshot.id() + "/simple/alpha/");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    assertThat(get("@" + snapshot.id() + "/simple/alpha/index.v1_json").headers().map())
        .containsEntry("Content-Type", List.of("application/vnd.pypi.simple.v1+json"));
    assertThat(get(SLUG + "/simple/alpha/").headers().firstValue("Cache-Control"))
        .contains("no-cache");
    assertThat(Sha256.of(get(wheel).body())).isEqualTo(file.sha256());
    assertThat(get("state/journal/" + SLUG + "/000000000001.flip.json").statusCode())
        .isEqualTo(403);
    try (S3Client client = moto.client()) {
      assertThat(
              client
                  .headObject(
                      request ->
                          request
                              .bucket(MotoServer.BUCKET)
                              .key(MotoServer.PREFIX + wheel)
                              .checksumMode(ChecksumMode.ENABLED))
                  .checksumSHA256())
          .isEqualTo(S3Parts.base64(file.sha256()));
    }
    assertThat(moto.store(S3ObjectStore.PART).head(wheel))
        .contains(new Facts(file.size(), file.sha256()));
  }

  @Test
  void ofManyRunsWithOneBaseOneReleasesAndTheOthersAreToldWhoDid() throws Exception {
    Release base = release(region(), tree.snapshot(SLUG, "1.0", "alpha"));
    List<Callable<Release>> runs = new ArrayList<>();
    for (int i = 2; i < 6; i++) {
      S3Region region = region();
      StagedRelease staged = stage(region, tree.snapshot(SLUG, i + ".0", "alpha"));
      runs.add(() -> region.flip(staged, Optional.of(base), Instant.now()));
    }

    List<Release> released = new ArrayList<>();
    for (Future<Release> run : together(runs)) {
      try {
        released.add(run.get());
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOf(MirrorException.class)
            .hasMessageContaining("somebody else released")
            .hasMessageContaining("process " + ProcessHandle.current().pid());
      }
    }

    assertThat(released).hasSize(1);
    assertThat(region().current(SLUG)).contains(released.get(0));
    assertThat(region().history(SLUG)).hasSize(2);
    assertThat(region().status().get(0).interrupted()).isEmpty();
  }

  private static <T> List<Future<T>> together(List<Callable<T>> work) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    try {
      return pool.invokeAll(work);
    } finally {
      pool.shutdown();
    }
  }

  /** The condition itself, without any lease that keeps the runs apart. */
  @Test
  void ofManyConditionalPutsOneTakesPlace() throws Exception {
    for (Condition condition : List.of(Condition.ABSENT, Condition.is("\"none\""))) {
      List<Callable<Optional<String>>> puts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        byte[] bytes = {(byte) i};
        ObjectStore store = moto.store(S3ObjectStore.PART);
        puts.add(() -> store.put("raced", ObjectContent.of("raced", bytes), condition));
      }
      int met = 0;
      for (Future<Optional<String>> put : together(puts)) {
        met += put.get().isPresent() ? 1 : 0;
      }
      assertThat(met).isEqualTo(condition.absent() ? 1 : 0);
    }
  }

  @Test
  void twoChannelsAreReleasedAtOnceWhilePruneRunsBesideThem() throws Exception {
    S3Region first = region();
    for (String slug : List.of(SLUG, UBUNTU)) {
      release(first, tree.snapshot(slug, "1.0", "alpha", "beta"));
    }
    List<Callable<Object>> runs = new ArrayList<>();
    for (String slug : List.of(SLUG, UBUNTU)) {
      S3Region region = region();
      runs.add(
          () -> {
            for (int i = 2; i < 5; i++) {
              release(region, tree.snapshot(slug, i + ".0", "alpha", "beta"));
            }
            return slug;
          });
    }
    Retention little = new Retention(1, Duration.ZERO, List.of(), Duration.ZERO, 1);
    runs.add(
        () -> {
          Pruned last = region().prune(little, Instant.now(), true);
          for (int i = 0; i < 4; i++) {
            last = region().prune(little, Instant.now(), false);
          }
          return last;
        });

    for (Future<Object> run : together(runs)) {
      assertThat(run.get()).isNotNull();
    }
    region().prune(little, Instant.now(), false);
    region().prune(little, Instant.now(), false);

    for (String slug : List.of(SLUG, UBUNTU)) {
      assertThat(pip(moto.url() + slug + "/simple/", "alpha", "beta"))
          .containsExactly("alpha-4.0", "beta-4.0");
      Release now = region().current(slug).orElseThrow();
      assertThat(now.serial()).isEqualTo(4);
      assertThat(region().recall(slug, now.snapshot()).snapshot()).isEqualTo(now.snapshot());
    }
    // of each channel, the current one and the one before
    assertThat(region().manifests()).hasSize(4);
    assertThat(moto.store(S3ObjectStore.PART).list("pool/")).hasSize(2 * 2 * 2);
  }

  @Test
  void aRollbackLeadsClientsBackAndMovesNoWheel() throws Exception {
    S3Region region = region();
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    release(region, one);
    Release second = release(region, tree.snapshot(SLUG, "2.0", "alpha"));

    Release back = region.flip(region.recall(SLUG, one.id()), Optional.of(second), Instant.now());

    assertThat(back.serial()).isEqualTo(3);
    assertThat(region.servedProblems(back)).isEmpty();
    assertThat(pip(moto.url() + SLUG + "/simple/", "alpha")).containsExactly("alpha-1.0");
  }

  @Test
  void largeObjectsGoInPartsAndAreThereOnceOrNotAtAll() throws Exception {
    byte[] large = new byte[12 * MEBIBYTE];
    new java.util.Random(1).nextBytes(large);
    ObjectStore store = moto.store(5 * MEBIBYTE);
    ObjectContent content =
        new ObjectContent(
            from -> new ByteArrayInputStream(large, (int) from, large.length - (int) from),
            large.length,
            Sha256.of(large),
            "application/octet-stream",
            ObjectContent.IMMUTABLE);

    assertThat(store.put("large", content, Condition.ABSENT)).isPresent();

    assertThat(store.head("large")).contains(new Facts(large.length, Sha256.of(large)));
    try (InputStream in = store.open("large")) {
      assertThat(Sha256.of(in.readAllBytes())).isEqualTo(Sha256.of(large));
    }
    ObjectContent unreadable =
        new ObjectContent(
            from -> {
              if (from > 0) {
                throw new IOException("the disk is gone");
              }
              return new ByteArrayInputStream(large);
            },
            large.length,
            Sha256.of(large),
            "application/octet-stream",
            ObjectContent.IMMUTABLE);
    assertThatThrownBy(() -> store.put("torn", unreadable, Condition.ABSENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the disk is gone");
    assertThat(store.head("torn")).isEmpty();
    try (S3Client client = moto.client()) {
      assertThat(
              client.listMultipartUploads(request -> request.bucket(MotoServer.BUCKET)).uploads())
          .isEmpty();
    }
  }

  @Test
  void moreObjectsThanOneAnswerHoldsAreListedAndRemoved() throws Exception {
    ObjectStore store = moto.store(S3ObjectStore.PART);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1234; i++) {
      keys.add("many/" + (10_000 + i) + "/x");
    }
    SyncBatch.each(
        keys, key -> store.put(key, ObjectContent.of(key, new byte[] {1}), Condition.NONE));

    assertThat(store.list("many/")).extracting(Listed::key).isEqualTo(keys);
    assertThat(store.folders("many/")).hasSize(1234).contains("10000", "11233");
    store.delete(keys);
    assertThat(store.list("many/")).isEmpty();
  }

  @Test
  void whatTheServerRefusesIsToldWithAWayOut() {
    S3Settings right = moto.settings();
    S3Settings wrong =
        S3Settings.parse(
            "cloud",
            "s3://no-such-bucket?endpoint=" + moto.endpoint(),
            right.credentials(),
            "",
            right.lockWait(),
            right.commands(),
            right.signing());

    assertThatThrownBy(() -> new S3Region(wrong).current(SLUG))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
              assertThat(e.what()).contains("region cloud");
              assertThat(e.why()).contains("s3://no-such-bucket/channels/", "404 NoSuchBucket");
              assertThat(e.fix()).contains("make the bucket no-such-bucket");
            });
  }

  @Test
  void aReleaseThatIsCurrentIsFoundSoWithoutAnyWrite() throws Exception {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    release(region(), snapshot);
    Map<String, Instant> before = times();

    assertThat(release(region(), snapshot).serial()).isEqualTo(1);

    assertThat(times()).isEqualTo(before);
  }

  private Map<String, Instant> times() throws IOException {
    Map<String, Instant> times = new java.util.TreeMap<>();
    moto.store(S3ObjectStore.PART)
        .list("")
        .forEach(object -> times.put(object.key() + object.etag(), object.modified()));
    return times;
  }
}
