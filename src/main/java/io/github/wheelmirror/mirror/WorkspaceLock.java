package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.MirrorLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps two runs of one project apart, in one JVM and in two.
 *
 * <p>POSIX drops a process's lock on a file when the process closes any descriptor of that file. So
 * a thread that waits for another one of this JVM never opens the file.
 */
final class WorkspaceLock implements AutoCloseable {

  private static final long POLL_MILLIS = 100;

  // the operating system's lock belongs to the whole JVM, so the book of holders does too
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
  // a copy of this class in another plugin realm holds these; closing them would drop its lock
  private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

  private final Path file;
  private final FileChannel channel;

  private WorkspaceLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @throws MirrorException (machinery) if another run holds it all the time
   */
  static WorkspaceLock acquire(Workspace workspace, Duration timeout, MirrorLog log) {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      Path file = real(workspace.lock());
      for (boolean told = false; ; told = true) {
        Optional<WorkspaceLock> lock = tryOnce(file);
        if (lock.isPresent()) {
          return lock.get();
        }
        if (System.nanoTime() - end >= 0) {
          throw taken(workspace, timeout);
        }
        if (!told) {
          log.note("waiting for another run in " + workspace.folder());
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          workspace.lock() + " cannot be locked",
          e.toString(),
          "make the folder writable for this user, or choose another with"
              + " -Dwheel-mirror.workspace=FOLDER",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MirrorException.machinery(
          "the run was interrupted", "the thread was asked to end", "run the goal again", e);
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

  private static Optional<WorkspaceLock> tryOnce(Path file) throws IOException {
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    boolean locked = false;
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = lock(channel);
      return locked ? Optional.of(new WorkspaceLock(file, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        HELD.remove(file);
      }
    }
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

  private static MirrorException taken(Workspace workspace, Duration timeout) {
    return MirrorException.machinery(
        "another run works in " + workspace.folder(),
        "it still held the lock after " + timeout.toSeconds() + " s",
        "wait until it has ended, or give it longer with -Dwheel-mirror.lockTimeout=SECONDS",
        null);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the lock " + file + " cannot be given back",
          e.toString(),
          "see whether the disk of the workspace still answers",
          e);
    } finally {
      HELD.remove(file);
    }
  }
}
