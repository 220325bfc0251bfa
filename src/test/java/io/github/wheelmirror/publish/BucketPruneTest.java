package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.FaultyStore.Kind;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Retention.Fate;
import io.github.wheelmirror.tree.Retention.Reason;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BucketPruneTest {
  private static final String SLUG = TestTree.SLUG;
  private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");
  private static final Duration GRACE = Duration.ofDays(7);

  private final TestTree tree;

  BucketPruneTest(@TempDir Path folder) {
    tree = new TestTree(folder);
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private static Retention keep(int releases, String... pinned) {
    return new Retention(releases, Duration.ZERO, List.of(pinned), GRACE, 1);
  }

  /** Releases 1.0, 2.0, … of one project beside one that never changes, one a day. */
  private List<Snapshot> released(TestBucket bucket, int releases) {
    List<Snapshot> all = new ArrayList<>();
    for (int i = 1; i <= releases; i++) {
      Snapshot snapshot =
          tree.snapshot(
              SLUG, "r" + i, Map.of("alpha", List.of(i + ".0"), "stable", List.of("1.0")));
      all.add(snapshot);
      bucket.release(bucket.region(), snapshot, day(i));
    }
    return all;
  }

  private static Pruned prune(TestBucket bucket, Retention retention, int day) {
    return bucket.region().prune(retention, day(day), false);
  }

  private static Map<String, Reason> reasons(Pruned pruned) {
    return pruned.snapshots().stream()
        .collect(java.util.stream.Collectors.toMap(Fate::snapshot, Fate::reason));
  }

  private static String alpha(Snapshot snapshot) {
    ManifestFile file =
        snapshot.manifest().files().stream()
            .filter(each -> each.project().value().equals("alpha"))
            .findFirst()
            .orElseThrow();
    return TreeLayout.wheel(file.sha256(), file.filename());
  }

  @Test
  void everySnapshotStaysForAReasonAndTheWheelsOfTheOthersGoAfterTheirGrace() {
    TestBucket bucket = new TestBucket(tree);
    List<Snapshot> all = released(bucket, 6);
    List<String> ids = all.stream().map(Snapshot::id).toList();

    Pruned first = prune(bucket, keep(3, ids.get(0).substring(0, 8)), 100);

    assertThat(reasons(first))
        .containsEntry(ids.get(0), Reason.PINNED)
        .containsEntry(ids.get(1), Reason.NONE)
        .containsEntry(ids.get(2), Reason.NONE)
        .containsEntry(ids.get(3), Reason.LAST)
        .containsEntry(ids.get(4), Reason.PREVIOUS)
        .containsEntry(ids.get(5), Reason.CURRENT);
    assertThat(bucket.store().objects().keySet())
        .noneMatch(key -> key.contains(ids.get(1)))
        .contains(alpha(all.get(1)), TreeLayout.manifest(ids.get(3)));
    assertThat(first.removedPages().count()).isPositive();
    assertThat(first.removedWheels().count()).isZero();
    assertThat(first.waiting().count()).isEqualTo(2);

    assertThat(prune(bucket, keep(3, ids.get(0)), 106).removedWheels().count()).isZero();
    Pruned last = prune(bucket, keep(3, ids.get(0)), 107);

    assertThat(last.removedWheels().count()).isEqualTo(2);
    assertThat(bucket.store().objects())
        .doesNotContainKeys(alpha(all.get(1)), alpha(all.get(1)) + ".metadata")
        .containsKey(alpha(all.get(0)));
    assertThat(bucket.files("@" + ids.get(0))).contains("alpha-1.0-py3-none-any.whl");
    assertThat(bucket.files(SLUG)).contains("alpha-6.0-py3-none-any.whl");
    int writes = bucket.store().writes();
    prune(bucket, keep(3, ids.get(0)), 200);
    assertThat(bucket.store().writes()).isEqualTo(writes);
  }

  @Test
  void whatIsOnlyToldChangesNothingAndIsWhatIsDone() {
    TestBucket bucket = new TestBucket(tree);
    released(bucket, 5);
    int writes = bucket.store().writes();

    Pruned told = bucket.region().prune(keep(1), day(100), true);

    assertThat(bucket.store().writes()).isEqualTo(writes);
    assertThat(prune(bucket, keep(1), 100)).isEqualTo(told);
  }

  @Test
  void whatSomebodyIsAboutToReleaseStaysForADay() {
    TestBucket bucket = new TestBucket(tree);
    released(bucket, 2);
    Snapshot next = tree.snapshot(SLUG, "3.0", "alpha");
    S3Region region = bucket.region();
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged = bucket.stage(region, next);
    bucket.store().advance(Duration.ofHours(20));

    assertThat(reasons(prune(bucket, keep(1), 36500)))
        .containsEntry(next.id(), Reason.BEING_RELEASED);
    region.flip(staged, base, day(200));
    assertThat(bucket.files(SLUG)).containsExactly("alpha-3.0-py3-none-any.whl");
    assertThat(bucket.store().list(TreeLayout.STAGING)).isEmpty();

    Snapshot lost = tree.snapshot(SLUG, "4.0", "alpha");
    bucket.stage(bucket.region(), lost);
    bucket.store().advance(Duration.ofHours(25));
    assertThat(reasons(prune(bucket, keep(1), 36500))).containsEntry(lost.id(), Reason.NONE);
    assertThat(bucket.store().list(TreeLayout.STAGING)).isEmpty();
  }

  @Test
  void tooManyAtOnceAreRefusedAndSoIsAManifestThatCannotBeRead() {
    TestBucket bucket = new TestBucket(tree);
    List<Snapshot> all = released(bucket, 5);
    prune(bucket, keep(1), 100);
    int writes = bucket.store().writes();
    Retention few = new Retention(1, Duration.ZERO, List.of(), GRACE, 0.25);

    assertThatThrownBy(() -> prune(bucket, few, 200))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.why()).contains("3 of its 6 wheels");
            });
    bucket.store().write(TreeLayout.manifest(all.get(3).id()), new byte[] {'{'});
    assertThatThrownBy(() -> prune(bucket, keep(1), 200))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("nobody knows which files it needs");

    assertThat(bucket.store().writes()).isEqualTo(writes);
  }

  @Test
  void whatAKilledRunStagedHalfGoesAfterTheGrace() {
    TestBucket bucket = new TestBucket(tree);
    released(bucket, 1);
    Snapshot half = tree.snapshot(SLUG, "9.0", "alpha");
    TestBucket calm = new TestBucket(tree);
    released(calm, 1);
    FaultyStore seen = new FaultyStore(calm.store(), -1, Kind.NONE);
    calm.release(calm.region(seen), half, day(2));
    int mark = seen.calls().indexOf("put " + TreeLayout.manifest(half.id()));
    try {
      bucket.release(
          bucket.region(new FaultyStore(bucket.store(), mark, Kind.HALTED_BEFORE)), half, day(2));
    } catch (FaultyStore.Halt e) {
      assertThat(bucket.store().list("@" + half.id())).isNotEmpty();
    }

    prune(bucket, keep(1), 100);
    assertThat(bucket.store().list("@" + half.id())).as("being released").isNotEmpty();
    bucket.store().advance(Duration.ofHours(25));
    prune(bucket, keep(1), 5);
    assertThat(bucket.store().list("@" + half.id())).as("in its grace").isNotEmpty();
    prune(bucket, keep(1), 100);

    assertThat(bucket.store().objects().keySet()).noneMatch(key -> key.contains(half.id()));
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "HALTED_BEFORE", "HALTED_AFTER", "ANSWER_LOST"})
  void afterAnyRequestThatGoesWrongWhatIsServedIsWholeAndTheNextRunEndsIt(Kind kind) {
    TestBucket calm = new TestBucket(tree);
    released(calm, 4);
    FaultyStore seen = new FaultyStore(calm.store(), -1, Kind.NONE);
    calm.region(seen).prune(keep(1), day(100), false);
    int first = seen.calls().size();
    calm.region(seen).prune(keep(1), day(200), false);
    int second = seen.calls().size() - first;
    assertThat(first).isGreaterThan(30);
    for (int i = 0; i < Math.max(first, second); i++) {
      if (!CrashPoints.isTried(i)) {
        continue;
      }
      TestBucket bucket = new TestBucket(tree);
      List<Snapshot> all = released(bucket, 4);
      for (int day : new int[] {100, 200}) {
        try {
          bucket.region(new FaultyStore(bucket.store(), i, kind)).prune(keep(1), day(day), false);
        } catch (MirrorException | FaultyStore.Halt e) {
          assertThat(e).isNotNull();
        }
        assertThat(bucket.files(SLUG)).contains("alpha-4.0-py3-none-any.whl");
        assertThat(bucket.files("@" + all.get(2).id())).contains("alpha-3.0-py3-none-any.whl");
        bucket
            .region()
            .manifests()
            .forEach(manifest -> assertThat(bucket.files("@" + manifest.id())).hasSize(2));
      }
      // as often as it takes: what goes in the second phase is marked in the first
      prune(bucket, keep(1), 300);
      prune(bucket, keep(1), 400);
      assertThat(bucket.store().tree()).isEqualTo(calm.store().tree());
    }
  }
}
