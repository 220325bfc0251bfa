package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.FaultyStore.Kind;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A release to a bucket of which one request goes wrong, each in its turn, and the run after it.
 */
class InterruptedBucketTest {
  private static final String SLUG = TestTree.SLUG;

  private final TestTree tree;
  private final Snapshot one;
  private final Snapshot two;

  InterruptedBucketTest(@TempDir Path folder) {
    tree = new TestTree(folder);
    one = tree.snapshot(SLUG, "1.0", "alpha", "beta", "old");
    two = tree.snapshot(SLUG, "2.0", "alpha", "beta", "gamma");
  }

  private static List<String> filesOf(Snapshot snapshot) {
    return snapshot.manifest().files().stream().map(file -> file.filename()).toList();
  }

  private TestBucket withFirst() {
    TestBucket bucket = new TestBucket(tree);
    bucket.release(one);
    return bucket;
  }

  /** The requests of the second release, and what the bucket holds after it. */
  private List<String> undisturbed(TestBucket bucket) {
    FaultyStore seen = new FaultyStore(bucket.store(), -1, Kind.NONE);
    bucket.release(bucket.region(seen), two, TestBucket.NOW);
    return seen.calls();
  }

  private void requireWhole(TestBucket bucket, String as) {
    assertThat(bucket.region().current(SLUG).map(Release::snapshot))
        .as(as)
        .isIn(Optional.of(one.id()), Optional.of(two.id()));
    List<String> both = new ArrayList<>(filesOf(one));
    both.addAll(filesOf(two));
    assertThat(bucket.files(SLUG)).as(as).isSubsetOf(both);
    assertThat(bucket.files("@" + one.id())).as(as).isEqualTo(filesOf(one));
    if (bucket.region().current(SLUG).map(Release::snapshot).equals(Optional.of(two.id()))) {
      assertThat(bucket.files("@" + two.id())).as(as).isEqualTo(filesOf(two));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void afterAnyRequestThatGoesWrongClientsSeeAWholeReleaseAndTheNextRunEndsAsIfNothingHadHappened(
      Kind kind) {
    TestBucket calm = withFirst();
    List<String> calls = undisturbed(calm);
    Map<String, String> end = calm.store().tree();
    assertThat(calls).hasSizeGreaterThan(60);
    int failed = 0;
    int tried = 0;
    for (int i = 0; i < calls.size(); i++) {
      if (!CrashPoints.isTried(i)) {
        continue;
      }
      tried++;
      TestBucket bucket = withFirst();
      FaultyStore faulty = new FaultyStore(bucket.store(), i, kind);
      try {
        bucket.release(bucket.region(faulty), two, TestBucket.NOW);
      } catch (MirrorException e) {
        failed++;
        assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
        assertThat(e.what()).contains("region cloud");
      } catch (FaultyStore.Halt e) {
        failed++;
      }
      List<String> seen = faulty.calls();
      String as = kind + " at request " + i + ", " + seen.get(Math.min(i, seen.size() - 1));
      requireWhole(bucket, as);

      bucket.release(two);

      assertThat(bucket.files(SLUG)).as(as).isEqualTo(filesOf(two));
      assertThat(bucket.store().tree()).as(as).isEqualTo(end);
      assertThat(bucket.region().status())
          .as(as)
          .singleElement()
          .satisfies(status -> assertThat(status.interrupted()).isEmpty());
      int writes = bucket.store().writes();
      bucket.release(two);
      assertThat(bucket.store().writes()).as(as).isEqualTo(writes);
    }
    assertThat(failed).isGreaterThan(kind == Kind.CONDITION ? 0 : tried / 2);
  }

  @Test
  void aRunThatIsKilledWhileItEndsWhatAKilledOneBeganIsEndedToo() {
    TestBucket calm = withFirst();
    List<String> calls = undisturbed(calm);
    int copy = calls.indexOf("copy " + SLUG + "/simple/alpha/");
    TestBucket first = withFirst();
    halt(first, copy);
    FaultyStore recovery = new FaultyStore(first.store(), -1, Kind.NONE);
    first.release(first.region(recovery), two, TestBucket.NOW);
    for (int i = 0; i < recovery.calls().size(); i++) {
      if (!CrashPoints.isTried(i)) {
        continue;
      }
      TestBucket bucket = withFirst();
      halt(bucket, copy);
      halt(bucket, i);
      requireWhole(bucket, "request " + i);

      bucket.release(two);

      assertThat(bucket.store().tree()).isEqualTo(calm.store().tree());
    }
  }

  private void halt(TestBucket bucket, int request) {
    try {
      bucket.release(
          bucket.region(new FaultyStore(bucket.store(), request, Kind.HALTED_AFTER)),
          two,
          TestBucket.NOW);
    } catch (FaultyStore.Halt e) {
      return;
    }
    throw new AssertionError("the run had less than " + request + " requests");
  }

  @Test
  void statusShowsAnInterruptedReleaseUntilTheNextRunEndsIt() {
    TestBucket calm = withFirst();
    int pointer = undisturbed(calm).indexOf("put channels/" + SLUG + "/current.json");
    TestBucket bucket = withFirst();
    try {
      bucket.release(
          bucket.region(new FaultyStore(bucket.store(), pointer, Kind.HALTED_BEFORE)),
          two,
          TestBucket.NOW);
    } catch (FaultyStore.Halt e) {
      assertThat(bucket.region().status())
          .singleElement()
          .extracting(ChannelStatus::snapshot, ChannelStatus::interrupted)
          .containsExactly(one.id(), two.id());
    }

    bucket.release(two);

    assertThat(bucket.region().status())
        .singleElement()
        .extracting(ChannelStatus::snapshot, ChannelStatus::interrupted, ChannelStatus::serial)
        .containsExactly(two.id(), "", 3L);
  }
}
