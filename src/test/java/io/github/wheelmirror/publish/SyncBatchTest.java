package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncBatchTest {

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void eachItemIsDoneOnce() throws IOException {
    for (int count : List.of(0, 1, 2, 15, 16, 17, 5000)) {
      Set<Integer> done = Collections.synchronizedSet(new HashSet<>());
      AtomicInteger calls = new AtomicInteger();

      SyncBatch.each(
          numbers(count),
          number -> {
            done.add(number);
            calls.incrementAndGet();
          });

      assertThat(done).hasSize(count);
      assertThat(calls).hasValue(count);
    }
  }

  @Test
  void aFailureIsThrownAndNothingMoreIsBegun() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                SyncBatch.each(
                    numbers(100_000),
                    number -> {
                      calls.incrementAndGet();
                      throw new IOException("number " + number);
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("number ");
    // one for each thread that had begun
    assertThat(calls).hasValueLessThanOrEqualTo(16);
    assertThatThrownBy(
            () ->
                SyncBatch.each(
                    List.of("one"),
                    item -> {
                      throw new IOException(item);
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("one");
  }

  @Test
  void anInterruptedRunBeginsNothingMoreAndWaitsForWhatItBegan() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    Throwable[] thrown = new Throwable[1];
    boolean[] interrupted = new boolean[1];
    Thread run =
        new Thread(
            () -> {
              try {
                SyncBatch.each(
                    numbers(1000),
                    number -> {
                      begun.incrementAndGet();
                      first.countDown();
                      pause();
                      ended.incrementAndGet();
                    });
              } catch (IOException e) {
                thrown[0] = e;
                interrupted[0] = Thread.currentThread().isInterrupted();
              }
            });
    run.start();
    first.await();
    run.interrupt();
    run.join();

    assertThat(thrown[0]).isInstanceOf(IOException.class).hasMessage("interrupted while writing");
    assertThat(interrupted[0]).isTrue();
    assertThat(begun.get()).isEqualTo(ended.get()).isLessThan(1000);
  }

  /** Work that no interrupt ends. */
  private static void pause() {
    long end = System.nanoTime() + 50_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
