package io.github.wheelmirror.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A child and all that descends from it, daemons included.
 *
 * <p>A process belongs to it if it is a descendant, is in the child's session, or carries the
 * child's marker in its environment (proc(5), {@code /proc/[pid]/environ}). The marker is what
 * finds a daemon: it has left both its parent and its session.
 */
final class ProcessFamily {

  private static final Path PROC = Path.of("/proc");
  private static final int ROUNDS = 200;
  private static final long ROUND_MILLIS = 10;

  private final ProcessHandle child;
  private final boolean ownSession;
  private final byte[] marker;

  /**
   * @param ownSession whether the child leads a session of its own
   * @param marker {@code NAME=value}, unique
   */
  ProcessFamily(ProcessHandle child, boolean ownSession, String marker) {
    this.child = child;
    this.ownSession = ownSession;
    this.marker = marker.getBytes(StandardCharsets.UTF_8);
  }

  /** Kills until nobody is left; returns how many were killed. Bounded, never interrupted. */
  int kill() {
    Set<Long> killed = new HashSet<>();
    boolean interrupted = false;
    boolean quiet = true;
    for (int round = 0; round < ROUNDS; round++) {
      Set<Long> living = living();
      if (living.isEmpty() && quiet) {
        break;
      }
      // one that is just in the middle of exec shows no environment: look once more
      quiet = living.isEmpty();
      for (long pid : living) {
        killed.add(pid);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
      interrupted |= pause();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return killed.size();
  }

  /** Gives members that are just ending the time to do so. */
  void settle() {
    boolean interrupted = false;
    for (int round = 0; round < 20 && !living().isEmpty() && !interrupted; round++) {
      interrupted = pause();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process ids of living members. */
  Set<Long> living() {
    Set<Long> found = new TreeSet<>();
    if (child.isAlive()) {
      found.add(child.pid());
    }
    child.descendants().filter(ProcessHandle::isAlive).forEach(one -> found.add(one.pid()));
    if (Files.isDirectory(PROC)) {
      try (Stream<Path> entries = Files.list(PROC)) {
        entries
            .filter(ProcessFamily::isProcess)
            .filter(this::isMember)
            .forEach(e -> found.add(pid(e)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private static boolean isProcess(Path entry) {
    return Character.isDigit(entry.getFileName().toString().charAt(0));
  }

  private static long pid(Path entry) {
    return Long.parseLong(entry.getFileName().toString());
  }

  private boolean isMember(Path entry) {
    try {
      String stat = new String(read(entry, "stat"), StandardCharsets.ISO_8859_1);
      // the program's name in parentheses may hold anything, blanks and parentheses too
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean dead = fields[0].equals("Z") || fields[0].equals("X");
      if (dead) {
        return false;
      }
      boolean sameSession = ownSession && Long.parseLong(fields[3]) == child.pid();
      return sameSession || contains(read(entry, "environ"));
    } catch (IOException e) {
      // ended between listing and reading, or another user's
      return false;
    }
  }

  /** Not through a channel: an interrupt would make a living process look gone. */
  private static byte[] read(Path entry, String name) throws IOException {
    try (InputStream in = new FileInputStream(entry.resolve(name).toFile())) {
      return in.readAllBytes();
    }
  }

  private boolean contains(byte[] environ) {
    int start = 0;
    for (int end = 0; end < environ.length; end++) {
      if (environ[end] == 0) {
        if (end - start == marker.length && matches(environ, start)) {
          return true;
        }
        start = end + 1;
      }
    }
    return false;
  }

  private boolean matches(byte[] environ, int start) {
    for (int i = 0; i < marker.length; i++) {
      if (environ[start + i] != marker[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether it was interrupted. */
  private static boolean pause() {
    try {
      Thread.sleep(ROUND_MILLIS);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
