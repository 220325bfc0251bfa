package io.github.wheelmirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Names for files that this process is still writing. A later process sees by the name whether the
 * writer was killed; files of other hosts and containers it leaves alone.
 */
public final class Writer {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

  private final String host;

  /** This process. */
  public Writer() {
    this.host = host();
  }

  /** A name that no other file has. */
  public String name() {
    ProcessHandle self = ProcessHandle.current();
    return host + "." + self.pid() + "." + started(self) + "." + UUID.randomUUID();
  }

  /** Removes what killed processes of this host left in the folder, hidden files too. */
  public void removeDead(Path folder) throws IOException {
    for (Path file : dead(folder)) {
      Files.deleteIfExists(file);
    }
  }

  /** What killed processes of this host left in the folder, hidden files and folders too. */
  public List<Path> dead(Path folder) throws IOException {
    List<Path> dead = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{,.}" + host + ".*")) {
        for (Path file : files) {
          if (isDead(file.getFileName().toString().replaceFirst("^\\.", ""))) {
            dead.add(file);
          }
        }
      }
    }
    return dead;
  }

  private static boolean isDead(String name) {
    String[] parts = name.split("\\.", 4);
    if (parts.length < 4 || !parts[1].matches("\\d{1,18}")) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[1]));
    // a number may have been given to another process since
    return process.isEmpty() || !String.valueOf(started(process.get())).equals(parts[2]);
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Process numbers mean something until the next boot and inside one container only. */
  private static String host() {
    try {
      String identity = Files.readString(BOOT) + Files.readSymbolicLink(PROCESSES);
      return Sha256.of(identity.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    } catch (IOException | UnsupportedOperationException e) {
      return "unknown-" + UUID.randomUUID(); // then nobody ever takes one for dead
    }
  }
}
