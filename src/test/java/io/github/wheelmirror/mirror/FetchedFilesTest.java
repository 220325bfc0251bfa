package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.tree.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FetchedFilesTest {

  private static final Store.Order ALL = new Store.Order(Instant.MAX, false);

  @TempDir Path folder;

  private FetchedFiles store() {
    return new FetchedFiles("sdists", folder, List.of(".build.lock", ".lock"));
  }

  private Path place(int number) {
    return folder.resolve("a" + number).resolve("0".repeat(62)).resolve("foo-1.0.tar.gz");
  }

  /** As a build does it: the file is there to the end. */
  private void build(Path file, Random random) {
    Alone.with(
        file.resolveSibling(".build.lock"),
        "builds",
        () -> {
          Path fetched =
              Files.isRegularFile(file)
                  ? file
                  : Alone.with(file.resolveSibling(".lock"), "downloads", () -> fetch(file));
          for (int i = random.nextInt(50); i >= 0; i--) {
            assertThat(fetched).isRegularFile();
          }
          return fetched;
        });
  }

  private static Path fetch(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        Files.writeString(file, "content");
      }
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsUsedIsNeverRemovedByAnotherThread() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    // one cleaning a build: without a pause between them no build would ever get its locks
    Semaphore cleanings = new Semaphore(0);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Long> collecting =
          threads.submit(
              () -> {
                long removed = 0;
                while (!ended.get()) {
                  cleanings.acquire();
                  removed += store().collect(ALL).removed().count();
                }
                return removed;
              });
      Random random = new Random(7);
      for (int round = 0; round < 300; round++) {
        cleanings.release();
        build(place(random.nextInt(2)), random);
      }
      ended.set(true);
      cleanings.release();
      assertThat(collecting.get()).isPositive();
    } finally {
      threads.shutdownNow();
    }
    store().collect(ALL);
    assertThat(place(0).getParent()).doesNotExist();
    assertThat(place(1).getParent()).doesNotExist();
  }

  @Test
  void whatWasUsedLatelyStays() throws IOException {
    Files.createDirectories(place(0).getParent());
    Files.writeString(place(0), "content");
    Files.setLastModifiedTime(place(0), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    Instant later = Instant.parse("2030-01-05T00:00:00Z");
    UseTimes.use(place(0), later);
    assertThat(Files.getLastModifiedTime(place(0)).toInstant()).isEqualTo(later);
    UseTimes.use(place(0), later.plusSeconds(3600));
    assertThat(Files.getLastModifiedTime(place(0)).toInstant()).as("once a day").isEqualTo(later);

    Store.Collected kept = store().collect(new Store.Order(later, false));
    assertThat(kept.kept()).isEqualTo(new Store.Amount(1, 7));
    assertThat(kept.removed()).isEqualTo(Store.Amount.NONE);
  }
}
