package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

  @Test
  void notMoreThanTheLimitRunAtOnce() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Workers workers = new Workers("test", 3)) {
      java.util.List<Future<Integer>> tasks = new java.util.ArrayList<>();
      for (int i = 0; i < 30; i++) {
        tasks.add(
            workers.start(
                () -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  Thread.sleep(2);
                  return running.decrementAndGet();
                }));
      }
      tasks.forEach(Workers::await);
    }
    assertThat(most).hasValueBetween(1, 3);
  }

  @Test
  void aFailureOfATaskIsThrownAsItIs() {
    try (Workers workers = new Workers("test", 1)) {
      Future<?> bad =
          workers.start(
              () -> {
                throw new IllegalArgumentException("bad");
              });
      assertThatThrownBy(() -> Workers.await(bad))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("bad");
    }
  }

  @Test
  void closingInterruptsWhatRunsWaitsForItsEndAndStartsNoMore() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    AtomicInteger cleaned = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    try (Workers workers = new Workers("test", 1)) {
      for (int i = 0; i < 2; i++) {
        Future<?> unused =
            workers.start(
                () -> {
                  begun.incrementAndGet();
                  running.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } finally {
                    cleaned.incrementAndGet();
                  }
                  return true;
                });
      }
      running.await();
    }
    assertThat(begun).hasValue(1);
    assertThat(cleaned).hasValue(1);
    assertThat(MirrorScenario.threadsLeft()).doesNotContain("wheel-mirror test");
  }

  @Test
  void anInterruptOfTheWaitingThreadEndsTheRunAndIsKept() {
    try (Workers workers = new Workers("test", 1)) {
      Future<Boolean> endless =
          workers.start(
              () -> {
                new CountDownLatch(1).await();
                return true;
              });
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> Workers.await(endless))
          .hasMessageContaining("the run was interrupted");
    }
    assertThat(Thread.interrupted()).isTrue();
  }
}
