package io.github.wheelmirror.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A process that takes a lock, says so by making a file, and waits to be killed. */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] args) throws Exception {
    new RegionLocks(Path.of(args[0]), "main", Duration.ofMinutes(1)).exclusive(args[1]);
    Files.createFile(Path.of(args[2]));
    Thread.sleep(Duration.ofMinutes(5).toMillis());
  }
}
