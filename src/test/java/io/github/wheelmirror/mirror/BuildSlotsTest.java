package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BuildSlotsTest {

  @Test
  void eachBuildHasItsShare() {
    BuildSlots slots = new BuildSlots(4, 1000, 8);
    assertThat(share(slots, 0)).isEqualTo(new BuildSlots.Share(250, 2, false));
    assertThat(share(slots, 250)).isEqualTo(new BuildSlots.Share(250, 2, false));
    assertThat(share(slots, 251)).isEqualTo(new BuildSlots.Share(500, 4, false));
    assertThat(share(slots, 9999)).isEqualTo(new BuildSlots.Share(1000, 8, true));
    BuildSlots.Share alone = slots.runAlone(Function.identity());
    assertThat(alone).isEqualTo(new BuildSlots.Share(1000, 8, true));
  }

  @Test
  void oneProcessorIsLeftToEach() {
    assertThat(share(new BuildSlots(8, 800, 2), 0).processors()).isEqualTo(1);
  }

  private static BuildSlots.Share share(BuildSlots slots, long wanted) {
    return slots.run(wanted, Function.identity());
  }

  @Test
  void aTurnThatIsPassedOnIsAnothersAtOnceAndNotTwice() throws Exception {
    BuildSlots slots = new BuildSlots(1, 1000, 1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (BuildSlots.Turn first = slots.turn()) {
      Future<BuildSlots.Turn> second = threads.submit(slots::turn);
      assertThatThrownBy(() -> second.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      first.pass();
      BuildSlots.Turn got = second.get();
      first.close();
      Future<BuildSlots.Turn> third = threads.submit(slots::turn);
      assertThatThrownBy(() -> third.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      got.close();
      third.get().close();
    }
    threads.shutdown();
  }

  @Test
  void sharesThatRunTogetherNeverExceedTheWhole() throws Exception {
    BuildSlots slots = new BuildSlots(4, 1000, 4);
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    Random random = new Random(7);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<?>> builds = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long wanted = random.nextInt(1300);
      boolean alone = random.nextInt(10) == 0;
      builds.add(
          threads.submit(
              () -> {
                BuildSlots.Share share =
                    alone
                        ? slots.runAlone(one -> held(one, held, most))
                        : slots.run(wanted, one -> held(one, held, most));
                assertThat(share.memoryBytes()).isGreaterThanOrEqualTo(Math.min(wanted, 1000));
              }));
    }
    for (Future<?> build : builds) {
      build.get();
    }
    threads.shutdown();
    assertThat(most.get()).isBetween(500L, 1000L);
    assertThat(held.get()).isZero();
  }

  private static BuildSlots.Share held(BuildSlots.Share share, AtomicLong held, AtomicLong most) {
    long now = held.addAndGet(share.memoryBytes());
    most.accumulateAndGet(now, Math::max);
    Thread.yield();
    held.addAndGet(-share.memoryBytes());
    return share;
  }
}
