package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.ExclusiveLock.TakenException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SharedLockTest {

  @TempDir Path folder;

  private SharedLock share() throws Exception {
    return SharedLock.acquire(folder.resolve("deep/lock"), Duration.ZERO, () -> {});
  }

  private ExclusiveLock take() throws Exception {
    return ExclusiveLock.acquire(folder.resolve("deep/lock"), Duration.ZERO, () -> {});
  }

  @Test
  void manyShareWhatNobodyHoldsAlone() throws Exception {
    SharedLock one = share();
    SharedLock two = share();
    assertThatThrownBy(this::take).isInstanceOf(TakenException.class);
    one.close();
    assertThatThrownBy(this::take).isInstanceOf(TakenException.class);
    two.close();
    ExclusiveLock alone = take();
    assertThatThrownBy(this::share).isInstanceOf(TakenException.class);
    alone.close();
    share().close();
  }

  @Test
  void whoHoldsALockAloneMayRemoveItsFileAndFolder() throws Exception {
    ExclusiveLock alone = take();
    Files.delete(folder.resolve("deep/lock"));
    Files.delete(folder.resolve("deep"));
    assertThatThrownBy(this::take).isInstanceOf(TakenException.class);
    alone.close();

    ExclusiveLock next = take();
    assertThat(folder.resolve("deep/lock")).isRegularFile();
    next.close();
  }
}
