package io.github.wheelmirror;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
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
 *
 * <p>Who holds it alone may remove the file: whoever waited for it takes the next file of its name.
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
  public boolean tryAcquire(boolean shared) throws IOException {
    return tryAcquire(shared, false);
  }

  /** As {@link #tryAcquire} to share, but a second copy of this class is no obstacle. */
  boolean tryShareBesideCopies() throws IOException {
    return tryAcquire(true, true);
  }

  private synchronized boolean tryAcquire(boolean shared, boolean besideCopies) throws IOException {
    if (holders > 0) {
      if (!shared || exclusive) {
        return false;
      }
      holders++;
      return true;
    }
    synchronized (monitor) {
      if (!lock(shared, besideCopies)) {
        return false;
      }
    }
    exclusive = !shared;
    holders = 1;
    return true;
  }

  /** Its one path, whatever links lead to it. */
  Path file() {
    return file;
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

  private boolean lock(boolean shared, boolean besideCopies) throws IOException {
    FileChannel opened =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      Object before = key();
      FileLock lock = opened.tryLock(0, Long.MAX_VALUE, shared);
      // else the file was removed or replaced meanwhile, and this lock is worth nothing
      locked = lock != null && before != null && Objects.equals(before, key());
    } catch (OverlappingFileLockException e) {
      NEVER_CLOSED.add(opened);
      return besideCopies;
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

  /** What tells the file from a later one of its name; null if there is none. */
  private @Nullable Object key() throws IOException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? file : key;
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
