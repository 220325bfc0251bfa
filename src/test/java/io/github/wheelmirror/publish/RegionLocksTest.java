package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RegionLocksTest {
  private static final String LOCK = "state/locks/state";

  private final Path root;

  RegionLocksTest(@TempDir Path root) {
    this.root = root;
  }

  private RegionLocks locks(Duration longest) {
    return new RegionLocks(root, "main", longest);
  }

  private List<String> notes() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("state/locks"))) {
      return files.map(Path::toString).filter(file -> file.endsWith(".owner")).toList();
    }
  }

  @Test
  void readersShareALockAndAWriterExcludesThem() throws IOException {
    RegionLocks locks = locks(Duration.ZERO);
    RegionLocks.Held first = locks.shared(LOCK);
    RegionLocks.Held second = locks.shared(LOCK);
    assertThat(locks.tryExclusive(LOCK)).isEmpty();
    first.close();
    assertThat(locks.tryExclusive(LOCK)).isEmpty();
    second.close();

    RegionLocks.Held writer = locks.exclusive(LOCK);
    assertThatThrownBy(() -> locks.shared(LOCK)).isInstanceOf(MirrorException.class);
    writer.close();

    locks.shared(LOCK).close();
    assertThat(notes()).isEmpty();
  }

  @Test
  void differentLocksDoNotDisturbEachOther() {
    RegionLocks locks = locks(Duration.ZERO);
    RegionLocks.Held one = locks.exclusive("state/locks/channel-a");
    locks.exclusive("state/locks/channel-b").close();
    one.close();
  }

  @Test
  void aTakenLockSaysWhoHasIt() {
    RegionLocks locks = locks(Duration.ofMillis(200));
    RegionLocks.Held held = locks.exclusive(LOCK);

    assertThatThrownBy(() -> locks.exclusive(LOCK))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).contains("main", LOCK);
              assertThat(e.why())
                  .contains("process " + ProcessHandle.current().pid(), Owner.self().host());
            });
    held.close();
  }

  @Test
  void aWaitingThreadGetsTheLockWhenItIsGivenBack() throws Exception {
    RegionLocks locks = locks(Duration.ofMinutes(1));
    RegionLocks.Held held = locks.exclusive(LOCK);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<RegionLocks.Held> waiting = pool.submit(() -> locks.exclusive(LOCK));
      Thread.sleep(200);
      assertThat(waiting.isDone()).isFalse();

      held.close();

      waiting.get().close();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    RegionLocks locks = locks(Duration.ofMinutes(1));
    RegionLocks.Held held = locks.exclusive(LOCK);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Callable<RegionLocks.Held> wait = () -> locks.exclusive(LOCK);
    Future<RegionLocks.Held> waiting = pool.submit(wait);
    Thread.sleep(200);

    pool.shutdownNow();

    assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(InterruptedException.class);
    held.close();
  }

  @Test
  void anotherProcessSeesTheLockUntilTheHolderEnds() throws Exception {
    Path ready = root.resolve("ready");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                root.toString(),
                LOCK,
                ready.toString())
            .inheritIO()
            .start();
    try {
      while (!Files.exists(ready)) {
        assertThat(holder.isAlive()).isTrue();
        Thread.sleep(10);
      }
      assertThatThrownBy(() -> locks(Duration.ofMillis(200)).exclusive(LOCK))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("process " + holder.pid());
    } finally {
      holder.destroyForcibly().waitFor();
    }

    assertThat(notes()).hasSize(1);
    assertThat(locks(Duration.ZERO).deadNotes(root.resolve("state/locks"))).hasSize(1);
    locks(Duration.ofSeconds(10)).exclusive(LOCK).close();
    assertThat(notes()).isEmpty();
  }

  @Test
  void aLockThatAnotherCopyOfThePluginHoldsInThisJvmIsWaitedFor() throws IOException {
    Path file = root.resolve(LOCK + ".lock");
    Files.createDirectories(file.getParent());
    try (FileChannel other =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(other.lock().isValid()).isTrue();

      assertThatThrownBy(() -> locks(Duration.ofMillis(200)).exclusive(LOCK))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("left no note");
    }
    locks(Duration.ofSeconds(10)).exclusive(LOCK).close();
  }

  @Test
  void theNoteOfAnEarlierProcessWithTheSameNumberIsDead() throws IOException {
    Owner self = Owner.self();
    Owner earlier = new Owner(self.host(), self.pid(), "2001-01-01T00:00:00Z");
    Path note = Files.createDirectories(root.resolve("state")).resolve("x.lock.1.owner");
    Files.write(note, Json.write(earlier));

    assertThat(locks(Duration.ZERO).deadNotes(root.resolve("state"))).containsExactly(note);
    assertThat(self.mayRun()).isTrue();
    assertThat(new Owner("another-host", 1, "").mayRun()).isTrue();
  }

  @Test
  void aNoteThatIsNotWholeHindersNobodyAndGoes() throws IOException {
    RegionLocks locks = locks(Duration.ofMillis(200));
    Path folder = Files.createDirectories(root.resolve("state/locks"));
    byte[] whole = Json.write(Owner.self());
    Files.write(folder.resolve("state.lock.torn.owner"), Arrays.copyOf(whole, whole.length / 2));
    Files.write(folder.resolve("state.lock.zeros.owner"), new byte[whole.length]);

    assertThat(locks.deadNotes(folder)).hasSize(2);
    RegionLocks.Held reader = locks.shared(LOCK);
    assertThatThrownBy(() -> locks.exclusive(LOCK)).hasMessageContaining("held by process");
    reader.close();
    locks.exclusive(LOCK).close();
    assertThat(notes()).isEmpty();
  }
}
