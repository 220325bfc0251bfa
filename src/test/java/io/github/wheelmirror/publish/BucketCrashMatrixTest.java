package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.publish.BucketProcess.Act;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Work on a bucket of a real server whose process is killed (-9) after one of its requests was
 * done, before it gets the answer. A sample of the requests by default, a larger one with {@code
 * -Dlong=true}, each with {@code -Dpoints=all} (half an hour); {@code -Dseed=NUMBER} chooses other
 * ones.
 */
@Timeout(7200)
class BucketCrashMatrixTest {
  private static final String SLUG = TestTree.SLUG;
  private static final int SAMPLE =
      "all".equals(System.getProperty("points"))
          ? Integer.MAX_VALUE
          : Boolean.getBoolean("long") ? 10 : 1;

  private final Random random = new Random(Long.getLong("seed", 20260301));
  @TempDir Path folder;
  private MotoServer moto;
  private TestTree tree;
  private Snapshot one;
  private Snapshot two;
  private Snapshot three;
  private int regions;

  @BeforeEach
  void start() throws Exception {
    moto = MotoServer.start(folder);
    tree = new TestTree(folder.resolve("inputs"));
    one = tree.snapshot(SLUG, "one", Map.of("alpha", List.of("1.0"), "beta", List.of("1.0")));
    two = tree.snapshot(SLUG, "two", Map.of("alpha", List.of("2.0"), "beta", List.of("1.0")));
    three = tree.snapshot(SLUG, "three", Map.of("alpha", List.of("3.0"), "gamma", List.of("1.0")));
  }

  @AfterEach
  void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  /** What is killed. */
  enum Scenario {
    FIRST_RELEASE(Act.RELEASE, 0),
    SECOND_RELEASE(Act.RELEASE, 1),
    ROLLBACK(Act.ROLL_BACK, 2),
    PRUNE(Act.PRUNE, 3),
    QUARANTINE(Act.TAKE_OUT, 2);

    private final Act act;
    private final int before;

    Scenario(Act act, int before) {
      this.act = act;
      this.before = before;
    }
  }

  /** Without {@code -Dlong=true} two of them. */
  static List<Scenario> scenarios() {
    List<Scenario> all = new ArrayList<>(List.of(Scenario.values()));
    Collections.shuffle(all, new Random(Long.getLong("seed", 20260301)));
    return SAMPLE > 1 ? all : all.subList(0, 2);
  }

  /** A prefix of the bucket, through the relay or straight. */
  private record Place(String prefix, String url, String region) {
    String through(HttpRelay relay, MotoServer moto) {
      return region.replace(moto.endpoint(), relay.url());
    }
  }

  private List<Snapshot> all() {
    return List.of(one, two, three);
  }

  /** The snapshot that the scenario's work is about. */
  private Snapshot subject(Scenario scenario) {
    return switch (scenario) {
      case FIRST_RELEASE, ROLLBACK -> one;
      case SECOND_RELEASE, QUARANTINE -> two;
      case PRUNE -> three;
    };
  }

  /** What clients may see meanwhile; the last is what they see in the end. */
  private List<Snapshot> visible(Scenario scenario) {
    return switch (scenario) {
      case FIRST_RELEASE -> List.of(one);
      case SECOND_RELEASE -> List.of(one, two);
      case ROLLBACK -> List.of(two, one);
      case PRUNE -> List.of(three);
      case QUARANTINE -> List.of(two);
    };
  }

  private Place prepared(Scenario scenario) throws IOException {
    String prefix = MotoServer.PREFIX + "r" + regions++ + "/";
    String region = "s3://" + MotoServer.BUCKET + "/" + prefix + "?endpoint=" + moto.endpoint();
    Place place =
        new Place(prefix, moto.endpoint() + "/" + MotoServer.BUCKET + "/" + prefix, region);
    for (Snapshot snapshot : all().subList(0, scenario.before)) {
      Act.RELEASE.on(region(place, false), tree.wheelhouse(), snapshot);
    }
    return place;
  }

  /**
   * @param later whether the leases of a killed run are over
   */
  private S3Region region(Place place, boolean later) throws IOException {
    S3Settings settings = BucketProcess.settings(place.region(), place.url());
    ObjectStore store = S3ObjectStore.connect(settings, HostNetwork.PLAIN);
    return new S3Region(
        new BucketContext(
            settings.name(),
            settings.publicUrl(),
            settings.lockWait(),
            RegionCommands.NONE,
            Signing.NONE,
            later ? new LaterStore(store, Duration.ofMinutes(5)) : store,
            Clock.systemUTC(),
            BucketContext.Pauses.REAL));
  }

  /** How many requests the work has if nobody kills it, and what the bucket holds then. */
  private record Calm(List<String> requests, Set<String> keys) {}

  private Calm calm(Scenario scenario) throws Exception {
    Place place = prepared(scenario);
    try (HttpRelay relay =
        HttpRelay.to(moto.endpoint(), (number, request) -> HttpRelay.Fate.PASSED)) {
      Process process = start(scenario, place, relay);
      assertThat(process.waitFor()).as(log()).isZero();
      return new Calm(relay.requests(), keys(place));
    }
  }

  private Process start(Scenario scenario, Place place, HttpRelay relay) throws IOException {
    return BucketProcess.start(
        place.through(relay, moto),
        place.url(),
        scenario.act,
        tree,
        List.of(subject(scenario)),
        1,
        folder.resolve("child.log"));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("child.log"));
  }

  /** All keys but those of runs' own notes, which {@code prune} removes when they are a day old. */
  private Set<String> keys(Place place) {
    Set<String> keys = new TreeSet<>();
    try (S3Client client = moto.client()) {
      client
          .listObjectsV2Paginator(
              request -> request.bucket(MotoServer.BUCKET).prefix(place.prefix()))
          .contents()
          .forEach(object -> keys.add(object.key().substring(place.prefix().length())));
    }
    List<String> notes = List.of("state/locks/", "state/journal/", "state/staging/");
    keys.removeIf(key -> notes.stream().anyMatch(key::startsWith));
    return keys;
  }

  /** Whether it died there. */
  private boolean killed(Scenario scenario, Place place, int after) throws Exception {
    AtomicReference<Process> child = new AtomicReference<>();
    HttpRelay.Judge judge =
        new HttpRelay.Judge() {
          @Override
          public HttpRelay.Fate before(int number, String request) {
            return number < after
                ? HttpRelay.Fate.PASSED
                : number == after ? HttpRelay.Fate.ANSWER_LOST : HttpRelay.Fate.DEAD;
          }

          @Override
          public void after(int number) {
            Process process = child.get();
            if (number == after && process != null) {
              process.destroyForcibly();
            }
          }
        };
    try (HttpRelay relay = HttpRelay.to(moto.endpoint(), judge)) {
      Process process = start(scenario, place, relay);
      child.set(process);
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("the run hangs: " + log());
      }
      return process.exitValue() == 128 + 9;
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void clientsSeeAWholeReleaseAndTheNextRunEndsAsIfNothingHadHappened(Scenario scenario)
      throws Exception {
    RealPip pip = RealPip.need();
    Calm calm = calm(scenario);
    assertThat(calm.requests()).hasSizeGreaterThan(8);
    List<Integer> points =
        new ArrayList<>(IntStream.rangeClosed(1, calm.requests().size()).boxed().toList());
    if (points.size() > SAMPLE) {
      Collections.shuffle(points, random);
      points = points.subList(0, SAMPLE);
    }
    int died = 0;
    for (int point : points) {
      String as = scenario + ", killed after request " + point + " of " + calm.requests().size();
      Place place = prepared(scenario);
      died += killed(scenario, place, point) ? 1 : 0;
      requireWhole(scenario, place, as, pip);
      scenario.act.on(region(place, true), tree.wheelhouse(), subject(scenario));
      requireEnd(scenario, place, as);
      assertThat(keys(place)).as(as).isEqualTo(calm.keys());
    }
    System.out.printf(
        "%s of a bucket: %d requests, %d runs, %d of them killed%n",
        scenario, calm.requests().size(), points.size(), died);
    // parallel requests may be some fewer in another run
    assertThat(died).isGreaterThanOrEqualTo(points.size() * 3 / 4);
  }

  private void requireWhole(Scenario scenario, Place place, String as, RealPip pip)
      throws Exception {
    BucketLook look = new BucketLook(URI.create(place.url()));
    if (scenario == Scenario.QUARANTINE) {
      // the bytes go before the pages that list them, on purpose
      return;
    }
    Optional<String> serving = region(place, false).current(SLUG).map(Release::snapshot);
    List<String> ids = visible(scenario).stream().map(Snapshot::id).toList();
    if (scenario != Scenario.FIRST_RELEASE || serving.isPresent()) {
      assertThat(serving).as(as).hasValueSatisfying(id -> assertThat(id).isIn(ids));
    }
    List<String> names = new ArrayList<>();
    visible(scenario).forEach(snapshot -> names.addAll(files(snapshot)));
    // the pages of the moving URL follow the pointer: before them there was nothing
    if (scenario != Scenario.FIRST_RELEASE || look.isThere(SLUG)) {
      assertThat(look.files(SLUG)).as(as).isNotEmpty().isSubsetOf(names);
    }
    for (Snapshot snapshot : visible(scenario)) {
      if (serving.equals(Optional.of(snapshot.id()))) {
        String pinned = "@" + snapshot.id();
        assertThat(look.files(pinned)).as(as).isEqualTo(files(snapshot));
        Path target = Files.createTempDirectory(folder, "pip");
        List<String> projects =
            snapshot.manifest().files().stream().map(file -> file.project().value()).toList();
        assertThat(pip.install(URI.create(place.url() + pinned + "/simple/"), projects, target))
            .as(as)
            .isNotEmpty();
      }
    }
  }

  private static List<String> files(Snapshot snapshot) {
    return snapshot.manifest().files().stream().map(ManifestFile::filename).sorted().toList();
  }

  private void requireEnd(Scenario scenario, Place place, String as) throws Exception {
    BucketLook look = new BucketLook(URI.create(place.url()));
    List<Snapshot> visible = visible(scenario);
    Snapshot last = visible.get(visible.size() - 1);
    S3Region region = region(place, true);
    assertThat(region.current(SLUG).map(Release::snapshot)).as(as).contains(last.id());
    assertThat(region.status().get(0).interrupted()).as(as).isEmpty();
    if (scenario == Scenario.QUARANTINE) {
      ManifestFile out = last.manifest().files().get(0);
      assertThat(keys(place))
          .as(as)
          .doesNotContain(TreeLayout.wheel(out.sha256(), out.filename()))
          .anyMatch(key -> key.startsWith("state/") && key.contains(out.sha256()));
      assertThat(region.quarantine().digests()).as(as).containsExactly(out.sha256());
    } else {
      assertThat(look.files(SLUG)).as(as).isEqualTo(files(last));
      assertThat(look.files("@" + last.id())).as(as).isEqualTo(files(last));
    }
  }
}
