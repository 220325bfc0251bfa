package io.github.wheelmirror;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One lock file as this JVM sees it: many readers or one writer here, and one file lock against
 * other processes.
 *
 * <p>POSIX drops all locks of a process on a file when the process closes any descriptor of that
 * file. So a lock file is opened once per JVM, never read, and closed only with the last holder.
 */
public final class LockFile {
  // the operating system's locks belong to the whole JVM, so their book must be the JVM's too
  private static final Map<Path, LockFile> ALL = new ConcurrentHashMap<>();
  // channels of files that a second copy of this class (another plugin realm) has locked: closing
  // or collecting them would drop that copy's lock
  private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

  private final Path file;
  private final String monitor;
  private int holders;
  private boolean exclusive;
  private @Nullable FileChannel channel;

  private LockFile(Path file) {
    this.file = file;
    // interned strings are the JVM's, whatever the class loader
    this.monitor = ("wheel-mirror lock " + file).intern();
  }

  /** The one object for the file; its folder must exist. */
  public static LockFile of(Path file) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IOException("no folder for " + file);
    }
    Path real = folder.toRealPath().resolve(file.getFileName());
    return ALL.computeIfAbsent(real, LockFile::new);
  }

  /** Takes the lock if nobody holds it in a way that excludes this one; does not wait. */
  public synchronized boolean tryAcquire(boolean shared) throws IOException {
    if (holders > 0) {
      if (!shared || exclusive) {
        return false;
      }
      holders++;
      return true;
    }
    synchronized (monitor) {
      if (!lock(shared)) {
        return false;
      }
    }
    exclusive = !shared;
    holders = 1;
    return true;
  }

  /** Whether somebody in this JVM holds it. */
  synchronized boolean isHeldHere() {
    return holders > 0;
  }

  /** Gives back what one {@link #tryAcquire} took. */
  public synchronized void release() throws IOException {
    holders--;
    FileChannel open = channel;
    if (holders == 0 && open != null) {
      channel = null;
      synchronized (monitor) {
        open.close();
      }
    }
  }

  private boolean lock(boolean shared) throws IOException {
    FileChannel opened =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = opened.tryLock(0, Long.MAX_VALUE, shared);
      locked = lock != null;
    } catch (OverlappingFileLockException e) {
      NEVER_CLOSED.add(opened);
      return false;
    } finally {
      if (!locked && !NEVER_CLOSED.contains(opened)) {
        opened.close();
      }
    }
    if (locked) {
      channel = opened;
    }
    return locked;
  }
}
