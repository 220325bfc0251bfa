package io.github.wheelmirror;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Another process that takes a lock, says so with a file, and keeps it. */
final class ExclusiveLockHolder {
  private ExclusiveLockHolder() {}

  public static void main(String[] args) throws Exception {
    ExclusiveLock lock = ExclusiveLock.acquire(Path.of(args[0]), Duration.ofMinutes(1), () -> {});
    Files.createFile(Path.of(args[1]));
    Thread.sleep(Duration.ofMinutes(5).toMillis());
    lock.close();
  }
}
