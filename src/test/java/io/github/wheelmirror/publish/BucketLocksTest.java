package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.FaultyStore.Kind;
import io.github.wheelmirror.tree.BucketLayout;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketLocksTest {
  private static final String SLUG = TestTree.SLUG;
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final TestBucket bucket;

  BucketLocksTest(@TempDir Path folder) {
    bucket = new TestBucket(new TestTree(folder));
  }

  private BucketLocks locks(Duration wait) {
    return new BucketLocks(bucket.context(bucket.store(), wait));
  }

  private LeaseNote note(String name) {
    return Json.read(
        bucket.store().get(BucketLayout.lock(name)).orElseThrow().bytes(), LeaseNote.class, "it");
  }

  @Test
  void aChannelIsHeldByOneAndTheOtherIsToldByWhom() throws IOException {
    try (Lease held = locks(SHORT).channel(SLUG)) {
      held.require();
      assertThatThrownBy(() -> locks(SHORT).channel(SLUG))
          .isInstanceOfSatisfying(
              MirrorException.class,
              e -> {
                assertThat(e.what()).contains("region cloud is in use");
                assertThat(e.why()).contains("process " + ProcessHandle.current().pid() + " on ");
                assertThat(e.fix()).contains("waited 5 s");
              });
      try (Lease other = locks(SHORT).channel("ubuntu-24.04-x86_64")) {
        other.require();
      }
    }
    try (Lease free = locks(SHORT).channel(SLUG)) {
      free.require();
    }
  }

  @Test
  void theLeaseOfAKilledRunIsTakenOverWhenItIsOverAndItsOwnerNotices() throws IOException {
    Lease killed = locks(SHORT).channel(SLUG);
    String name = TreeLayout.channelLock(SLUG);
    assertThat(note(name).serial()).isEqualTo(1);

    // waits by the store's clock
    try (Lease next = locks(LONG).channel(SLUG)) {
      assertThat(note(name).serial()).isEqualTo(2);
      killed.renew();
      assertThatThrownBy(killed::require)
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("took memory://" + name + ".json for abandoned");
      next.require();
      killed.close();
      next.renew();
      next.require();
      assertThat(note(name).seconds()).isPositive();
    }
    assertThat(note(name).seconds()).isZero();
  }

  @Test
  void aLeaseThatIsRenewedIsNotTakenOver() throws IOException {
    try (Lease held = locks(SHORT).channel(SLUG)) {
      for (int i = 0; i < 10; i++) {
        bucket.store().advance(Duration.ofSeconds(50));
        held.renew();
        assertThatThrownBy(() -> locks(SHORT).channel(SLUG)).isInstanceOf(MirrorException.class);
      }
      held.require();
    }
  }

  @Test
  void manyAddAtOnceAndOneIsAloneWhenTheyAreThrough() throws IOException {
    Lease one = locks(SHORT).shared();
    Lease two = locks(SHORT).shared();
    assertThatThrownBy(() -> locks(SHORT).alone()).isInstanceOf(MirrorException.class);
    one.close();
    assertThatThrownBy(() -> locks(SHORT).alone()).isInstanceOf(MirrorException.class);
    two.close();
    try (Lease alone = locks(SHORT).alone()) {
      alone.require();
      assertThatThrownBy(() -> locks(SHORT).shared()).isInstanceOf(MirrorException.class);
      assertThatThrownBy(() -> locks(SHORT).alone()).isInstanceOf(MirrorException.class);
    }
    try (Lease again = locks(SHORT).shared()) {
      again.require();
    }
    assertThat(bucket.store().list(BucketLayout.SHARED_LOCKS)).isEmpty();
  }

  @Test
  void whoAddedAndWasKilledHoldsNobodyUpForLong() throws IOException {
    Lease killed = locks(SHORT).shared();

    try (Lease alone = locks(LONG).alone()) {
      alone.require();
      assertThat(bucket.store().list(BucketLayout.SHARED_LOCKS)).isEmpty();
      killed.renew();
      assertThatThrownBy(killed::require).isInstanceOf(MirrorException.class);
    }
  }

  /** Each of the two looks after the other wrote: the one who adds steps back. */
  @Test
  void whoAddsAndWhoIsAloneDoNotMissEachOther() throws IOException {
    Lease[] alone = new Lease[1];
    ObjectStore between =
        new FaultyStore(bucket.store(), -1, Kind.NONE) {
          @Override
          public java.util.Optional<String> put(
              String key, ObjectContent content, Condition condition) throws IOException {
            java.util.Optional<String> tag = super.put(key, content, condition);
            if (key.startsWith(BucketLayout.SHARED_LOCKS) && alone[0] == null) {
              // takes the lease, and sees the note that was just written
              assertThatThrownBy(() -> locks(SHORT).alone()).isInstanceOf(MirrorException.class);
              alone[0] = locks(SHORT).channel("state-is-asked");
            }
            return tag;
          }
        };
    try (Lease shared = new BucketLocks(bucket.context(between, SHORT)).shared()) {
      shared.require();
    } finally {
      alone[0].close();
    }
  }
}
