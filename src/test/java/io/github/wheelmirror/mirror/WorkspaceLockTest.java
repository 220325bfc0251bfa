package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkspaceLockTest {

  @TempDir Path folder;
  private final RecordedLines lines = new RecordedLines();

  private ExclusiveLock acquire(Duration timeout) {
    return WorkspaceLock.acquire(new Workspace(folder), timeout, lines.log());
  }

  @Test
  void aSecondThreadWaitsUntilTheFirstIsDone() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      ExclusiveLock first = acquire(Duration.ZERO);
      CountDownLatch started = new CountDownLatch(1);
      Future<?> second =
          other.submit(
              () -> {
                started.countDown();
                acquire(Duration.ofMinutes(1)).close();
              });
      started.await();
      while (lines.all().isEmpty()) {
        Thread.sleep(10);
      }
      assertThat(second.isDone()).isFalse();
      assertThat(lines.all()).containsExactly("waiting for another run in " + folder);
      first.close();
      second.get(1, TimeUnit.MINUTES);
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void theWaitIsBoundedAndTheMessageSaysHowToWaitLonger() {
    try (ExclusiveLock held = acquire(Duration.ZERO)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> acquire(Duration.ZERO))
          .isInstanceOfSatisfying(
              MirrorException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
                assertThat(e.what()).isEqualTo("another run works in " + folder);
                assertThat(e.why()).endsWith("still held the lock after 0 s");
                assertThat(e.fix()).contains("-Dwheel-mirror.lockTimeout=SECONDS");
              });
    }
    acquire(Duration.ZERO).close();
  }

  @Test
  void aThreadThatGivesUpDoesNotTakeTheLockFromTheOther() throws Exception {
    try (ExclusiveLock held = acquire(Duration.ZERO)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> acquire(Duration.ZERO)).isInstanceOf(MirrorException.class);
      // a file lock of this process would be gone now if the file had been opened and closed
      assertThat(otherProcess(folder)).isEqualTo("taken");
    }
    assertThat(otherProcess(folder)).isEqualTo("free");
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() throws Exception {
    try (ExclusiveLock held = acquire(Duration.ZERO)) {
      assertThat(held).isNotNull();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> acquire(Duration.ofMinutes(1)))
          .hasMessageContaining("the run was interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aWorkspaceThatIsALinkIsTheFolderBehindIt() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    try (ExclusiveLock held =
        WorkspaceLock.acquire(new Workspace(link), Duration.ZERO, lines.log())) {
      assertThat(held).isNotNull();
      assertThatThrownBy(
              () -> WorkspaceLock.acquire(new Workspace(real), Duration.ZERO, lines.log()))
          .hasMessageContaining("another run");
    }
  }

  @Test
  void aWorkspaceThatCannotBeMadeIsTold() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(
            () ->
                WorkspaceLock.acquire(
                    new Workspace(file.resolve("workspace")), Duration.ZERO, lines.log()))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> assertThat(e.fix()).contains("-Dwheel-mirror.workspace=FOLDER"));
  }

  /** Tries the lock in a JVM of its own: {@code free} or {@code taken}. */
  private static String otherProcess(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Attempt.class.getName(),
                    folder.toString()))
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return output;
  }

  /** The other process. */
  static final class Attempt {
    public static void main(String[] args) {
      try {
        WorkspaceLock.acquire(
                new Workspace(Path.of(args[0])), Duration.ZERO, new RecordedLines().log())
            .close();
        System.out.println("free");
      } catch (MirrorException e) {
        System.out.println(e.what().startsWith("another run") ? "taken" : e.toString());
      }
    }
  }
}
