package io.github.wheelmirror.mirror;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run in a JVM of its own, with all processes that it was ever seen to have. */
final class WatchedRun implements AutoCloseable {

  private static final long LOOK_MILLIS = 25;
  private static final Duration FAREWELL = Duration.ofSeconds(30);
  private static final Path PROC = Path.of("/proc");

  private final Process process;
  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> threads;

  private WatchedRun(Process process) {
    this.process = process;
    this.threads = List.of(new Thread(this::listen, "test-listen"), new Thread(this::look));
    threads.forEach(Thread::start);
  }

  static WatchedRun start(RunPlace place, MirrorScenario world, List<String> options)
      throws IOException {
    return new WatchedRun(place.start(world, options.toArray(String[]::new)));
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException killed) {
      lines.add(killed.toString());
    }
  }

  private void look() {
    try {
      do {
        process.descendants().forEach(seen::add);
      } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until one of them builds; the others may wait for what it builds.
   *
   * @throws IllegalStateException when all have ended
   */
  static WatchedRun awaitBuilder(List<WatchedRun> runs) throws InterruptedException {
    while (runs.stream().anyMatch(WatchedRun::isAlive)) {
      for (WatchedRun run : runs) {
        if (run.process.descendants().anyMatch(WatchedRun::isForked)) {
          return run;
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new IllegalStateException("nobody was seen to build");
  }

  /** Kills a warm builder or what shuts it off; false if there is none. */
  boolean killBuilder(Random random) {
    return killOne(process.descendants().filter(WatchedRun::isBuilder).toList(), random);
  }

  /** Kills a process of a build as soon as one of them has one; false if none has any more. */
  static boolean killBuildSoon(List<WatchedRun> runs, Random random) throws InterruptedException {
    while (runs.stream().anyMatch(WatchedRun::isAlive)) {
      List<ProcessHandle> all =
          runs.stream()
              .flatMap(run -> run.process.descendants())
              .filter(one -> isForked(one) && !isBuilder(one))
              .toList();
      if (killOne(all, random)) {
        return true;
      }
      Thread.sleep(1 + random.nextInt((int) LOOK_MILLIS));
    }
    return false;
  }

  private static boolean killOne(List<ProcessHandle> all, Random random) {
    return !all.isEmpty() && all.get(random.nextInt(all.size())).destroyForcibly();
  }

  /** A fork has its parent's program and arguments, a builder was started with its own. */
  private static boolean isBuilder(ProcessHandle one) {
    return isForked(one)
        && !one.parent().map(parent -> isForked(parent) && same(parent, one)).orElse(false);
  }

  private static boolean isForked(ProcessHandle one) {
    return one.info().commandLine().orElse("").contains("warm_builder.py");
  }

  private static boolean same(ProcessHandle one, ProcessHandle other) {
    return one.info().command().equals(other.info().command());
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Waits for its end; returns its exit code. */
  int end() throws InterruptedException {
    int code = process.waitFor();
    for (Thread thread : threads) {
      thread.join();
    }
    return code;
  }

  String said() {
    return String.join("\n", lines);
  }

  /** What still lives of its processes, or works in its folders, when all had time to end. */
  List<String> left() throws InterruptedException {
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    List<String> left = living();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_MILLIS);
      left = living();
    }
    return left;
  }

  private List<String> living() {
    return seen.stream()
        .filter(ProcessHandle::isAlive)
        .map(one -> one.pid() + " " + one.info().commandLine().orElse(""))
        .toList();
  }

  /** Processes that name the folder in their arguments or environment, or work in it. */
  static List<String> processesIn(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      entries
          .filter(entry -> Character.isDigit(entry.getFileName().toString().charAt(0)))
          .filter(entry -> !entry.endsWith(String.valueOf(ProcessHandle.current().pid())))
          .forEach(entry -> trace(entry, folder.toString()).ifPresent(found::add));
    }
    return found;
  }

  private static Optional<String> trace(Path entry, String folder) {
    try {
      String words =
          Files.readString(entry.resolve("cmdline"), StandardCharsets.ISO_8859_1)
              + Files.readString(entry.resolve("environ"), StandardCharsets.ISO_8859_1)
              + Files.readSymbolicLink(entry.resolve("cwd"));
      return words.contains(folder)
          ? Optional.of(entry + " " + words.replace('\0', ' '))
          : Optional.empty();
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
