package io.github.wheelmirror.publish;

import static io.github.wheelmirror.publish.TestTree.SLUG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.FaultyStore.Kind;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A command that tells a cache in front of a bucket what is gone is run until it succeeds. */
class BucketAfterPruneTest extends AfterPruneCases {
  private TestBucket bucket;

  @BeforeEach
  void threeReleases() {
    begin("region");
  }

  @Override
  final void begin(String name) {
    TestTree tree = new TestTree(folder.resolve(name));
    bucket = new TestBucket(tree);
    for (int i = 0; i < RELEASES.size(); i++) {
      bucket.release(tree.snapshot(SLUG, "s" + i, RELEASES.get(i)));
    }
  }

  @Override
  S3Region region(RegionCommands commands) {
    return bucket.region(bucket.store(), commands);
  }

  private S3Region region(ObjectStore store) {
    return bucket.region(store, commands());
  }

  @Override
  String name() {
    return "cloud";
  }

  @Override
  Optional<String> read(String path) {
    return bucket.store().objects().containsKey(path)
        ? Optional.of(bucket.text(path))
        : Optional.empty();
  }

  @Override
  Object state() {
    return bucket.store().writes();
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void afterAnEndAtAnyRequestTheCommandIsRunAfterAllThatWasRemoved(Work work) throws IOException {
    for (Kind kind : List.of(Kind.REFUSED, Kind.HALTED_BEFORE, Kind.HALTED_AFTER)) {
      begin("calm-" + kind);
      FaultyStore calm = new FaultyStore(bucket.store(), -1, Kind.NONE);
      assertThat(work.on(region(calm))).isTrue();
      List<String> requests = calm.calls();
      assertThat(requests)
          .contains("put " + TreeLayout.AFTER_PRUNE, "delete [" + TreeLayout.AFTER_PRUNE + "]");
      for (int i = 0; i < requests.size(); i++) {
        if (!CrashPoints.isTried(i)) {
          continue;
        }
        begin(kind + "-" + i);
        int before = runs();
        FaultyStore once = new FaultyStore(bucket.store(), i, kind);
        try {
          work.on(region(once));
        } catch (MirrorException | FaultyStore.Halt e) {
          assertThat(e).isNotNull();
        }
        work.on(region(commands()));
        assertThat(runs()).as(kind + " at " + requests.get(i)).isGreaterThan(before);
        requireSettled(work);
      }
    }
  }

  @Test
  void theCommandIsRunWhenAllIsGoneAndNotedBeforeAnythingIs() {
    FaultyStore seen = new FaultyStore(bucket.store(), -1, Kind.NONE);
    Work.QUARANTINE.on(region(seen));
    List<String> changes =
        seen.calls().stream()
            .filter(call -> !call.contains("state/locks/"))
            .filter(call -> call.matches("(put|copy|delete) .*"))
            .toList();
    assertThat(changes.get(0)).isEqualTo("put " + TreeLayout.AFTER_PRUNE);
    assertThat(changes.get(changes.size() - 1))
        .isEqualTo("delete [" + TreeLayout.AFTER_PRUNE + "]");
    assertThat(changes).anyMatch(call -> call.startsWith("delete [pool/"));
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void withoutACommandNothingIsNotedOrAsked(Work work) {
    FaultyStore seen = new FaultyStore(bucket.store(), -1, Kind.NONE);
    assertThat(work.on(bucket.region(seen))).isTrue();
    assertThat(seen.calls()).noneMatch(call -> call.contains(TreeLayout.AFTER_PRUNE));
  }
}
