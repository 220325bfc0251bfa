package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.tree.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldLocksTest {

  private static final Instant NOW = Instant.parse("2030-02-01T00:00:00Z");
  private static final Store.Order ORDER =
      new Store.Order(Instant.parse("2030-01-02T00:00:00Z"), false);

  @TempDir Path folder;
  private LockStore store;

  @BeforeEach
  void open() {
    store = new LockStore(folder.resolve("locks"), folder.resolve("build-wheels"));
  }

  private BuildLock keep(String key, String day) throws IOException {
    BuildLock lock =
        new BuildLock(
            key.repeat(32),
            TestTargets.cpython("cp311").id(),
            List.of("setuptools"),
            List.of(),
            "",
            "",
            List.of(),
            List.of());
    store.keep(lock);
    for (Path file : List.of(byKey(lock), byDigest(lock))) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse(day + "T00:00:00Z")));
    }
    return lock;
  }

  private Path byKey(BuildLock lock) {
    return folder.resolve("locks").resolve(lock.key() + ".json");
  }

  private Path byDigest(BuildLock lock) {
    return folder.resolve("locks/sha256").resolve(lock.digest() + ".json");
  }

  private Store.Collected collect(Store.Order order, String... needed) {
    return store.locks(() -> Set.of(needed)).collect(order);
  }

  @Test
  void aLockIsKeptWhileItIsUsedOrAWheelOrAKeptKeyNamesIt() throws IOException {
    BuildLock ofWheel = keep("aa", "2030-01-01");
    BuildLock asked = keep("bb", "2030-01-01");
    BuildLock unused = keep("cc", "2030-01-01");
    BuildLock replaced = keep("dd", "2030-01-01");
    Files.delete(byKey(replaced));
    assertThat(store.byKey(asked.key(), NOW)).contains(asked);

    Store.Collected collected = collect(ORDER, ofWheel.digest(), replaced.digest());

    assertThat(collected.removed().count()).isEqualTo(2);
    assertThat(collected.kept().count()).isEqualTo(5);
    assertThat(store.byKey(unused.key(), NOW)).isEmpty();
    assertThat(store.byDigest(unused.digest())).isEmpty();
    for (BuildLock kept : List.of(ofWheel, asked)) {
      assertThat(store.byKey(kept.key(), NOW)).contains(kept);
      assertThat(store.byDigest(kept.digest())).contains(kept);
    }
    assertThat(store.byDigest(replaced.digest())).contains(replaced);
  }

  @Test
  void aDamagedLockGoesWhenItIsOldAndADryRunChangesNothing() throws IOException {
    BuildLock lock = keep("aa", "2030-01-01");
    Files.writeString(byKey(lock), "{");
    Files.setLastModifiedTime(byKey(lock), FileTime.fromMillis(0));

    Store.Collected dry = collect(new Store.Order(ORDER.unusedSince(), true));
    assertThat(byKey(lock)).exists();

    assertThat(collect(ORDER)).isEqualTo(dry);
    assertThat(dry.removed().count()).isEqualTo(2);
    assertThat(byKey(lock)).doesNotExist();
  }
}
