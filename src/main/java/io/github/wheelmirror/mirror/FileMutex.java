package io.github.wheelmirror.mirror;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A lock file that one thread of one JVM holds; the file stays.
 *
 * <p>POSIX drops a process's lock on a file when the process closes any descriptor of that file. So
 * a thread that waits for another one of this JVM never opens the file.
 */
final class FileMutex implements AutoCloseable {

  // the operating system's lock belongs to the whole JVM, so the book of holders does too
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
  // a copy of this class in another plugin realm holds these; closing them would drop its lock
  private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

  private final Path file;
  private final FileChannel channel;

  private FileMutex(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock if nobody has it; its folder is made if missing. Does not wait. */
  static Optional<FileMutex> tryLock(Path lockFile) throws IOException {
    Path file = real(lockFile);
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    boolean locked = false;
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = lock(channel);
      return locked ? Optional.of(new FileMutex(file, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        HELD.remove(file);
      }
    }
  }

  private static Path real(Path file) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IOException("no folder for " + file);
    }
    if (!Files.isDirectory(folder)) { // createDirectories refuses a link to a folder
      Files.createDirectories(folder);
    }
    return folder.toRealPath().resolve(file.getFileName());
  }

  private static boolean lock(FileChannel channel) throws IOException {
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      locked = lock != null;
      return locked;
    } catch (OverlappingFileLockException e) {
      NEVER_CLOSED.add(channel);
      return false;
    } finally {
      if (!locked && !NEVER_CLOSED.contains(channel)) {
        channel.close();
      }
    }
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}
