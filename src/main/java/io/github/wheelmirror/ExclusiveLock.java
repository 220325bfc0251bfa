package io.github.wheelmirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One holder at a time for a lock file, over all threads and processes of this machine.
 *
 * <p>Nothing is written to the file, and it stays unless its holder removes it. It is free again
 * when its holder closes it or ends, however it ends.
 */
public final class ExclusiveLock implements AutoCloseable {

  private static final long POLL_MILLIS = 50;
  private static final Path KERNEL_LOCKS = Path.of("/proc/locks");

  private final Path file;
  private final LockFile lock;

  private ExclusiveLock(Path file, LockFile lock) {
    this.file = file;
    this.lock = lock;
  }

  /** Somebody else held the lock for as long as it was waited for. */
  public static final class TakenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String owner;

    TakenException(Path file, String owner) {
      super(owner + " holds " + file);
      this.owner = owner;
    }

    /** Who holds it, for a message, such as {@code process 4711}. */
    public String owner() {
      return owner;
    }
  }

  /**
   * Waits for the lock; the file and its folder are made if missing.
   *
   * @param limit how long to wait at the most
   * @param onWait called once if the lock is not free at once
   * @throws TakenException if it did not come free
   */
  public static ExclusiveLock acquire(Path file, Duration limit, Runnable onWait)
      throws IOException, InterruptedException, TakenException {
    LockFile lock = open(file);
    await(lock, () -> lock.tryAcquire(false), limit, onWait);
    return new ExclusiveLock(lock.file(), lock);
  }

  /** One attempt to take a lock, which does not wait. */
  @FunctionalInterface
  interface Attempt {
    boolean succeeds() throws IOException;
  }

  static void await(LockFile lock, Attempt attempt, Duration limit, Runnable onWait)
      throws IOException, InterruptedException, TakenException {
    long begin = System.nanoTime();
    for (boolean first = true; !succeeds(lock, attempt); first = false) {
      if (System.nanoTime() - begin >= limit.toNanos()) {
        throw new TakenException(lock.file(), owner(lock.file(), lock));
      }
      if (first) {
        onWait.run();
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static boolean succeeds(LockFile lock, Attempt attempt) throws IOException {
    try {
      return attempt.succeeds();
    } catch (NoSuchFileException e) {
      open(lock.file());
      return false;
    }
  }

  /** Makes the folder if it is missing; a lock's last holder may remove both at any time. */
  static LockFile open(Path file) throws IOException {
    for (int again = 100; ; again--) {
      try {
        return LockFile.of(real(file));
      } catch (NoSuchFileException e) {
        if (again == 0) {
          throw e;
        }
      }
    }
  }

  /** One file has one name, whatever links lead to its folder, which is made if missing. */
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

  /**
   * Gives the lock back.
   *
   * @throws MirrorException (machinery) if the file system refuses
   */
  @Override
  public void close() {
    release(file, lock);
  }

  static void release(Path file, LockFile lock) {
    try {
      lock.release();
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the lock " + file + " cannot be given back",
          IoWords.of(e),
          "check the disk that holds it",
          e);
    }
  }

  private static String owner(Path file, LockFile lock) throws IOException {
    if (lock.isHeldHere()) {
      return "another thread of this process (" + ProcessHandle.current().pid() + ")";
    }
    return kernelsOwner(file).map(pid -> "process " + pid).orElse("another process");
  }

  /**
   * Linux knows who holds the lock, see proc_locks(5): {@code 1: POSIX ADVISORY WRITE <process>
   * <device>:<inode> …}. A note in the file could be out of date, and would change the file.
   */
  private static Optional<String> kernelsOwner(Path file) throws IOException {
    if (!Files.isReadable(KERNEL_LOCKS)
        || !file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Optional.empty();
    }
    if (!Files.exists(file)) { // removed by its holder, who ends
      return Optional.empty();
    }
    String inode = ":" + Files.getAttribute(file, "unix:ino");
    return Files.readAllLines(KERNEL_LOCKS, StandardCharsets.ISO_8859_1).stream()
        .map(line -> line.trim().split("\\s+"))
        .filter(fields -> fields.length > 5 && fields[1].equals("POSIX"))
        .filter(fields -> fields[5].endsWith(inode) && fields[4].matches("[1-9][0-9]*"))
        .map(fields -> fields[4])
        .findFirst();
  }
}
