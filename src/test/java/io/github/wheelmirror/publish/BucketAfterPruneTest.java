package io.github.wheelmirror.publish;

import static io.github.wheelmirror.publish.TestTree.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.publish.AfterPruneTest.Work;
import io.github.wheelmirror.publish.FaultyStore.Kind;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A command that tells a cache in front of a bucket what is gone is run until it succeeds. */
class BucketAfterPruneTest {

  @TempDir Path folder;
  private TestBucket bucket;
  private Path ran;
  private Path broken;

  @BeforeEach
  void start() {
    ran = folder.resolve("ran");
    broken = folder.resolve("broken");
    bucket = released("tree");
  }

  private TestBucket released(String name) {
    TestTree tree = new TestTree(folder.resolve(name));
    TestBucket released = new TestBucket(tree);
    List<Map<String, List<String>>> all =
        List.of(
            Map.of("alpha", List.of("1.0")),
            Map.of("alpha", List.of("1.0"), "beta", List.of("1.0")),
            Map.of("alpha", List.of("1.0"), "beta", List.of("1.0"), "gamma", List.of("1.0")));
    for (int i = 0; i < all.size(); i++) {
      released.release(tree.snapshot(SLUG, "s" + i, all.get(i)));
    }
    return released;
  }

  private S3Region region() {
    return region(bucket.store());
  }

  private S3Region region(ObjectStore store) {
    String command = "echo once >> '" + ran + "' && [ ! -e '" + broken + "' ]";
    return bucket.region(store, new RegionCommands("", "", command));
  }

  private int runs() throws IOException {
    return Files.exists(ran) ? Files.readAllLines(ran).size() : 0;
  }

  private void requireSettled(Work work) throws IOException {
    assertThat(bucket.store().objects()).doesNotContainKey(TreeLayout.AFTER_PRUNE);
    int before = runs();
    int writes = bucket.store().writes();
    assertThat(work.on(region())).isFalse();
    assertThat(bucket.store().writes()).isEqualTo(writes);
    assertThat(runs()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void aCommandThatFailedIsRunByTheNextRunWhichHasNothingElseToDo(Work work) throws IOException {
    Files.createFile(broken);
    for (int i = 1; i < 4; i++) {
      assertThatThrownBy(() -> work.on(region()))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("<afterPrune> of region cloud failed");
      assertThat(runs()).isEqualTo(i);
    }
    assertThat(bucket.text(TreeLayout.AFTER_PRUNE)).contains("<afterPrune>");
    Files.delete(broken);
    assertThat(work.on(region())).as("all of that was removed before").isFalse();
    assertThat(runs()).isEqualTo(4);
    requireSettled(work);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void eachOfThemRunsWhatTheOtherLeftDue(Work work) throws IOException {
    Files.createFile(broken);
    assertThatThrownBy(() -> work.on(region())).hasMessageContaining("<afterPrune>");
    Files.delete(broken);
    if (work == Work.PRUNE) {
      // as each deploy does, with nothing in quarantine
      assertThat(region().quarantine(Quarantine.NONE)).isEmpty();
      assertThat(bucket.store().objects()).doesNotContainKey(TreeLayout.QUARANTINE);
    } else {
      Retention all = new Retention(9, Duration.ofDays(900), List.of(), Duration.ofDays(900), 0);
      region().prune(all, TestBucket.NOW, false);
    }
    assertThat(runs()).isEqualTo(2);
    requireSettled(work);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void afterAnEndAtAnyRequestTheCommandIsRunAfterAllThatWasRemoved(Work work) throws IOException {
    for (Kind kind : List.of(Kind.REFUSED, Kind.HALTED_BEFORE, Kind.HALTED_AFTER)) {
      bucket = released("calm-" + kind);
      FaultyStore calm = new FaultyStore(bucket.store(), -1, Kind.NONE);
      assertThat(work.on(region(calm))).isTrue();
      List<String> requests = calm.calls();
      assertThat(requests)
          .contains("put " + TreeLayout.AFTER_PRUNE, "delete [" + TreeLayout.AFTER_PRUNE + "]");
      for (int i = 0; i < requests.size(); i++) {
        if (!CrashPoints.isTried(i)) {
          continue;
        }
        bucket = released(kind + "-" + i);
        int before = runs();
        FaultyStore once = new FaultyStore(bucket.store(), i, kind);
        try {
          work.on(region(once));
        } catch (MirrorException | FaultyStore.Halt e) {
          assertThat(e).isNotNull();
        }
        work.on(region());
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
  void withoutACommandNothingIsNotedOrAskedAndWhatIsDueStaysSo(Work work) throws IOException {
    FaultyStore seen = new FaultyStore(bucket.store(), -1, Kind.NONE);
    assertThat(work.on(bucket.region(seen))).isTrue();
    assertThat(seen.calls()).noneMatch(call -> call.contains(TreeLayout.AFTER_PRUNE));
    bucket = released("other");
    Files.createFile(broken);
    assertThatThrownBy(() -> work.on(region())).hasMessageContaining("<afterPrune>");
    Files.delete(broken);
    assertThat(work.on(bucket.region())).isFalse();
    int before = runs();
    work.on(region());
    assertThat(runs()).isEqualTo(before + 1);
    requireSettled(work);
  }
}
