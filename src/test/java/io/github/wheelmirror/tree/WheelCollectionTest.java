package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class WheelCollectionTest {

  private static final Instant NOW = Instant.parse("2030-02-01T00:00:00Z");
  private static final Store.Order MONTH = new Store.Order(NOW.minus(Duration.ofDays(30)), false);

  @TempDir Path folder;
  private Path house;
  private Wheelhouse wheelhouse;

  @BeforeEach
  void open() {
    house = folder.resolve("house");
    wheelhouse = new Wheelhouse(house);
  }

  private WheelFile add(String name) {
    return add(new Wheelhouse(house), name);
  }

  private WheelFile add(Wheelhouse to, String name) {
    Path in =
        TestWheel.of(name, "1.0").write(folder.resolve("in-" + Thread.currentThread().getId()));
    return to.add(
        in, new WheelSource("", false, "", "", new Origin.Mirrored("https://a.org/" + name, "a")));
  }

  private WheelFile addUsed(String name, String day) throws IOException {
    WheelFile file = add(name);
    use(file, day);
    return file;
  }

  private void use(WheelFile file, String day) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve("house-uses").resolve(file.sha256()),
        FileTime.from(Instant.parse(day + "T00:00:00Z")));
  }

  private Store.Collected collect(Store.Order order) {
    return new WheelCollection(new Wheelhouse(house)).collect(order);
  }

  /** Every file and folder with what a run that changes nothing must not change. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        state.put(file.toString(), facts.fileKey() + " " + facts.lastModifiedTime());
      }
    }
    return state;
  }

  @Test
  void whatWasNotUsedForLongGoesWithAllThatBelongsToIt() throws IOException {
    WheelFile old = addUsed("old", "2030-01-01");
    WheelFile used = addUsed("used", "2030-01-02");

    Store.Collected collected = collect(MONTH);

    assertThat(collected.removed().count()).isEqualTo(1);
    assertThat(collected.removed().bytes()).isGreaterThan(old.size());
    assertThat(collected.kept().count()).isEqualTo(1);
    assertThat(wheelhouse.all()).containsExactly(used);
    assertThat(state().keySet()).noneMatch(file -> file.contains(old.sha256().substring(2)));
  }

  @Test
  void aDryRunCountsTheSameAndChangesNothing() throws IOException {
    addUsed("old", "2030-01-01");
    addUsed("used", "2030-01-30");
    Map<String, String> before = state();

    Store.Collected dry = collect(new Store.Order(MONTH.unusedSince(), true));

    assertThat(state()).isEqualTo(before);
    assertThat(collect(MONTH)).isEqualTo(dry);
  }

  @Test
  void useIsNotedOnceADayAndNeverInTheWheelhouse() throws IOException {
    WheelFile file = addUsed("foo", "2030-01-01");
    Map<String, String> before = state();
    Instant day = Instant.parse("2030-01-01T23:00:00Z");

    assertThat(wheelhouse.use(List.of(file), day)).containsExactly(file);
    assertThat(state()).isEqualTo(before);

    wheelhouse.use(List.of(file), day.plus(Duration.ofHours(2)));
    Map<String, String> after = state();
    after.keySet().removeIf(path -> !path.contains("house/"));
    before.keySet().removeIf(path -> !path.contains("house/"));
    assertThat(after).isEqualTo(before);
    assertThat(collect(new Store.Order(day, false)).removed().count()).isZero();
  }

  @Test
  void halvesThatAKilledRunLeftAreNoWheelsAndGoWhenTheyAreOld() throws IOException {
    WheelFile whole = addUsed("whole", "2030-01-30");
    // killed while adding: before the note, and before the mark
    WheelFile unnoted = add("unnoted");
    Files.delete(house.resolve("files/" + unnoted.sha256() + ".json"));
    Files.delete(folder.resolve("house-uses/" + unnoted.sha256()));
    Files.setLastModifiedTime(
        house.resolve(TreeLayout.wheel(unnoted.sha256(), unnoted.filename())),
        FileTime.fromMillis(0));
    Files.setLastModifiedTime(
        house.resolve(TreeLayout.metadata(unnoted.sha256(), unnoted.filename())),
        FileTime.fromMillis(0));
    // killed while removing: after the wheel, and after its folder
    WheelFile bare = addUsed("bare", "2030-01-01");
    Files.delete(wheelhouse.path(bare).orElseThrow());
    WheelFile noted = addUsed("noted", "2030-01-01");
    Files.delete(wheelhouse.path(noted).orElseThrow());
    Files.delete(wheelhouse.metadata(noted.sha256(), noted.filename()).orElseThrow());
    Files.delete(house.resolve(TreeLayout.poolFolder(noted.sha256())));

    assertThat(new Wheelhouse(house).all()).containsExactly(whole);
    assertThat(collect(MONTH).removed().count()).isEqualTo(3);

    assertThat(new Wheelhouse(house).all()).containsExactly(whole);
    assertThat(collect(MONTH).removed()).isEqualTo(Store.Amount.NONE);
    // what is gone can come again
    assertThat(add("unnoted")).isEqualTo(unnoted);
    assertThat(add("bare")).isEqualTo(bare);
    assertThat(new Wheelhouse(house).all()).hasSize(3);
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    WheelFile old = addUsed("old", "2030-01-01");
    Path beside = house.resolve(TreeLayout.poolFolder(old.sha256())).resolve("notes.txt");
    Path other = house.resolve("pool/sha256/ab/mine.whl");
    Files.writeString(beside, "mine");
    Files.createDirectories(other.getParent());
    Files.writeString(other, "mine");

    collect(new Store.Order(Instant.MAX, false));

    assertThat(wheelhouse.all()).isEmpty();
    assertThat(beside).exists();
    assertThat(other).exists();
  }

  @Test
  void recordsOfBuildsGoWithTheirWheels() throws IOException {
    WheelFile old = addUsed("old", "2030-01-01");
    WheelFile used = addUsed("used", "2030-01-30");
    wheelhouse.recordBuild("01".repeat(32), old);
    wheelhouse.recordBuild("02".repeat(32), used);
    wheelhouse.recordBuild("03".repeat(32), old);
    for (String key : List.of("01", "02")) {
      Files.setLastModifiedTime(
          house.resolve("builds/" + key.repeat(32) + ".json"), FileTime.fromMillis(0));
    }
    // a build that is just about to add its wheel
    Files.setLastModifiedTime(
        house.resolve("builds/" + "03".repeat(32) + ".json"), FileTime.from(NOW));
    Store.Order dry = new Store.Order(MONTH.unusedSince(), true);
    Store.Collected before = new BuildRecords(wheelhouse).collect(dry);

    collect(MONTH);

    assertThat(new BuildRecords(wheelhouse).collect(MONTH)).isEqualTo(before);
    assertThat(before.removed().count()).isEqualTo(1);
    assertThat(wheelhouse.byKey("02".repeat(32))).contains(used);
    assertThat(house.resolve("builds/" + "01".repeat(32) + ".json")).doesNotExist();
  }

  @Test
  void theLocksOfWheelsThatStayAreNamed() throws IOException {
    for (String lock : List.of("aa", "bb")) {
      Path in = TestWheel.of(lock, "1.0").write(folder.resolve("in"));
      WheelFile file =
          wheelhouse.add(
              in,
              WheelSource.built(
                  new Origin.Built(
                      "00".repeat(32),
                      "cd".repeat(32),
                      "1",
                      true,
                      List.of(),
                      new RequirementsUsed(lock.repeat(32), "")),
                  ""));
      use(file, lock.equals("aa") ? "2030-01-01" : "2030-01-30");
    }
    WheelCollection collection = new WheelCollection(wheelhouse);
    collection.collect(new Store.Order(MONTH.unusedSince(), true));
    assertThat(collection.locks()).containsExactly("bb".repeat(32));
  }

  @Test
  void aLimitTakesTheLongestUnusedFirstAndNeitherNeededNorLatelyUsedOnes() throws IOException {
    WheelFile needed = addUsed("needed", "2029-01-01");
    WheelFile oldest = addUsed("oldest", "2029-02-01");
    WheelFile older = addUsed("older", "2029-03-01");
    WheelFile lately = addUsed("lately", "2030-01-31");
    WheelCollection collection = new WheelCollection(wheelhouse);
    Set<String> keep = Set.of(needed.sha256());
    long all = collect(new Store.Order(Instant.EPOCH, true)).kept().bytes();

    assertThat(collection.trim(all, keep, NOW).removed()).isEqualTo(Store.Amount.NONE);
    assertThat(collection.trim(all - 1, keep, NOW).removed().count()).isEqualTo(1);
    assertThat(wheelhouse.all()).containsExactlyInAnyOrder(needed, older, lately);
    assertThat(oldest.size()).isPositive();

    WheelCollection.Trimmed most = collection.trim(1, keep, NOW);

    assertThat(wheelhouse.all()).containsExactlyInAnyOrder(needed, lately);
    assertThat(most.left().count()).isEqualTo(2);
    assertThat(most.left().bytes()).isGreaterThan(1);
  }

  @Test
  void whatWasUsedStaysWhileAnotherThreadCollects() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> collecting =
          other.submit(
              () -> {
                while (!ended.get()) {
                  CollectingProcess.collect(house);
                }
              });
      for (int seed = 0; seed < 20; seed++) {
        addAndUse(new Random(seed));
      }
      ended.set(true);
      collecting.get();
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void whatWasUsedStaysWhileAnotherProcessCollectsAndIsKilled() throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      Process process = CollectingProcess.start(house);
      try {
        for (int round = 0; round < 10; round++) {
          addAndUse(new Random(seed * 100L + round));
        }
        assertThat(process.isAlive()).isTrue();
      } finally {
        process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
      }
      addAndUse(new Random(seed));
    }
  }

  /**
   * As a run does it: what is there is used, what is not is added; then all of it must be there.
   */
  private void addAndUse(Random random) throws IOException {
    age();
    Wheelhouse run = new Wheelhouse(house);
    List<WheelFile> mine = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String name = "wheel" + random.nextInt(8);
      WheelFile there =
          run.all().stream()
              .filter(file -> file.project().toString().equals(name))
              .findFirst()
              .filter(file -> !run.use(List.of(file), Instant.now()).isEmpty())
              .orElseGet(() -> add(run, name));
      mine.add(there);
      if (random.nextInt(4) == 0) {
        run.useAgain(Instant.now());
      }
    }
    for (WheelFile file : mine) {
      assertThat(Sha256.of(run.path(file).orElseThrow())).isEqualTo(file.sha256());
      assertThat(new Wheelhouse(house).find(file.sha256(), file.filename())).contains(file);
    }
  }

  /** Nobody has used anything for ten days. */
  private void age() throws IOException {
    Path marks = folder.resolve("house-uses");
    if (!Files.isDirectory(marks)) {
      return;
    }
    try (Stream<Path> files = Files.list(marks)) {
      for (Path mark : files.toList()) {
        if (Sha256.isDigest(mark.getFileName().toString()) && Files.exists(mark)) {
          try {
            Files.setLastModifiedTime(
                mark, FileTime.from(Instant.now().minus(Duration.ofDays(10))));
          } catch (java.nio.file.NoSuchFileException e) {
            continue;
          }
        }
      }
    }
  }
}
