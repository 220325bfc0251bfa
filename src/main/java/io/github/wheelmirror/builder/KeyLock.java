package io.github.wheelmirror.builder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One holder at a time, over all threads and JVMs of the host; the file stays. */
final class KeyLock implements AutoCloseable {

  private static final long POLL_MILLIS = 50;

  private final FileChannel channel;

  private KeyLock(FileChannel channel) {
    this.channel = channel;
  }

  static KeyLock acquire(Path file, Duration patience)
      throws IOException, InterruptedException, TimeoutException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    long end = System.nanoTime() + patience.toNanos();
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      while (tryLock(channel) == null) {
        if (System.nanoTime() - end > 0) {
          throw new TimeoutException("somebody else holds " + file);
        }
        Thread.sleep(POLL_MILLIS);
      }
      held = true;
      return new KeyLock(channel);
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisJvm) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
