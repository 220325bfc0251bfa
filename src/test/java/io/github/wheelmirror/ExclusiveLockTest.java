package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wheelmirror.ExclusiveLock.TakenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ExclusiveLockTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("deep/er/lock");
  }

  private ExclusiveLock acquire(Duration limit) throws Exception {
    return ExclusiveLock.acquire(file(), limit, () -> {});
  }

  @Test
  void threadsTakeTurns() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> turn =
          () -> {
            ExclusiveLock lock = acquire(Duration.ofMinutes(1));
            try {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.sleep(20);
              inside.decrementAndGet();
            } finally {
              lock.close();
            }
            return null;
          };
      List<Future<Void>> turns = pool.invokeAll(List.of(turn, turn, turn, turn));
      for (Future<Void> each : turns) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void aLockHeldInThisProcessIsRefusedAfterTheLimitAndStaysHeld() throws Exception {
    ExclusiveLock held = acquire(Duration.ZERO);
    List<String> told = new ArrayList<>();

    TakenException refused =
        catchThrowableOfType(
            TakenException.class,
            () -> ExclusiveLock.acquire(file(), Duration.ofMillis(200), () -> told.add("waiting")));

    assertThat(refused.owner()).contains("this process (" + ProcessHandle.current().pid() + ")");
    assertThat(told).containsExactly("waiting");
    assertThat(anotherProcessGetsIt()).as("the refusal must not drop the first lock").isFalse();
    held.close();
    assertThat(anotherProcessGetsIt()).isTrue();
  }

  @Test
  void anotherProcessIsNamedUntilItIsKilled() throws Exception {
    Path ready = folder.resolve("ready");
    Process holder = start(ready);
    try {
      awaitFile(ready, holder);
      TakenException refused =
          catchThrowableOfType(TakenException.class, () -> acquire(Duration.ofMillis(200)));

      assertThat(refused.owner())
          .isEqualTo(
              Files.isReadable(Path.of("/proc/locks"))
                  ? "process " + holder.pid()
                  : "another process");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    acquire(Duration.ofSeconds(30)).close();
  }

  @Test
  void takingAndGivingBackChangesNoFile() throws Exception {
    acquire(Duration.ZERO).close();
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file(), old);
    Files.setLastModifiedTime(file().getParent(), old);

    acquire(Duration.ZERO).close();

    assertThat(Files.getLastModifiedTime(file())).isEqualTo(old);
    assertThat(Files.getLastModifiedTime(file().getParent())).isEqualTo(old);
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    ExclusiveLock held = acquire(Duration.ZERO);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<ExclusiveLock> waiting = pool.submit(() -> acquire(Duration.ofMinutes(1)));
    Thread.sleep(200);

    pool.shutdownNow();

    assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedException.class);
    held.close();
  }

  @Test
  void anUnusablePlaceIsAnIoFailure() throws Exception {
    Files.createFile(folder.resolve("deep"));

    assertThatThrownBy(() -> acquire(Duration.ZERO)).isInstanceOf(IOException.class);
  }

  private boolean anotherProcessGetsIt() throws Exception {
    Path ready = Files.createTempDirectory(folder, "other").resolve("ready");
    Process other = start(ready);
    try {
      for (int round = 0; round < 300 && other.isAlive(); round++) {
        if (Files.exists(ready)) {
          return true;
        }
        Thread.sleep(10);
      }
      return false;
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private Process start(Path ready) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ExclusiveLockHolder.class.getName(),
            file().toString(),
            ready.toString())
        .inheritIO()
        .start();
  }

  private static void awaitFile(Path file, Process holder) throws Exception {
    while (!Files.exists(file)) {
      assertThat(holder.isAlive()).isTrue();
      Thread.sleep(10);
    }
  }
}
