package io.github.wheelmirror.builder;

import io.github.wheelmirror.Machine;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The warm builders of one run, one for each build environment and work folder that is in use; the
 * longest unused one ends when there are too many. Safe for threads.
 */
final class WarmBuilders implements AutoCloseable {

  private static final long BYTES_EACH = 40L << 20;

  /** As many as an eighth of the memory holds: starting one again costs more than keeping it. */
  private static final int MOST =
      (int) Math.max(4, Math.min(64, Machine.memoryBytes() / 8 / BYTES_EACH));

  private record Key(Path environment, Path folder) {}

  /** A builder and how many jobs it has. */
  private static final class Slot {
    private final WarmBuilder builder;
    private int jobs;

    Slot(WarmBuilder builder) {
      this.builder = builder;
    }
  }

  private final ProcessRunner runner;
  private final SearchPath path;
  private final Map<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  WarmBuilders(ProcessRunner runner, SearchPath path) {
    this.runner = runner;
    this.path = path;
  }

  /** A builder for one job; closing it gives the builder back, or ends a cold one. */
  record Lease(WarmBuilder builder, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /**
   * The warm builder of the environment, started if there is none.
   *
   * @param folder holds the folders of its jobs
   * @param others hold what its jobs may write to besides; always the same
   */
  Lease warm(BuildEnvironment environment, Sandbox sandbox, Path folder, List<Path> others)
      throws IOException {
    Key key = new Key(environment.directory(), folder);
    List<WarmBuilder> over = new ArrayList<>();
    Slot slot;
    synchronized (slots) {
      Slot there = slots.get(key);
      if (there != null && there.builder.isOver()) {
        over.add(there.builder);
        slots.remove(key);
        there = null;
      }
      if (there == null) {
        makeRoom(over);
        there = new Slot(start(environment, sandbox, sandbox.server(), folder, others, List.of()));
        slots.put(key, there);
      }
      there.jobs++;
      slot = there;
    }
    over.forEach(WarmBuilder::close);
    return new Lease(
        slot.builder,
        () -> {
          synchronized (slots) {
            slot.jobs--;
          }
        });
  }

  /** A builder for one job alone, with nothing imported. */
  Lease cold(BuildEnvironment environment, Sandbox sandbox, Path folder, List<Path> others)
      throws IOException {
    WarmBuilder builder =
        start(environment, sandbox, sandbox.prefix(), folder, others, List.of("--cold"));
    return new Lease(builder, builder::close);
  }

  private void makeRoom(List<WarmBuilder> over) {
    Iterator<Slot> oldest = slots.values().iterator();
    while (slots.size() >= MOST && oldest.hasNext()) {
      Slot slot = oldest.next();
      if (slot.jobs == 0) {
        over.add(slot.builder);
        oldest.remove();
      }
    }
  }

  private WarmBuilder start(
      BuildEnvironment environment,
      Sandbox sandbox,
      List<String> prefix,
      Path folder,
      List<Path> others,
      List<String> more)
      throws IOException {
    Path control = Files.createDirectories(control(folder));
    Path script = Script.WARM_BUILDER.writeInto(control);
    List<String> argv = new ArrayList<>(sandbox.fill(prefix, writable(folder, others)));
    argv.addAll(List.of(environment.python().toString(), script.toString(), folder.toString()));
    argv.addAll(more);
    Map<String, String> variables =
        CleanEnvironment.at(control)
            .path(path)
            // what an interpreter takes from its environment when it starts
            .with("PYTHONHASHSEED", "0")
            .with("PYTHONDONTWRITEBYTECODE", "1")
            .with("PYTHONNOUSERSITE", "1")
            .variables();
    Command command = Command.of(argv, folder, variables);
    Path errors = errors(folder);
    return new WarmBuilder(
        listener -> Objects.requireNonNull(runner.converse(command, errors, listener)));
  }

  private static List<Path> writable(Path folder, List<Path> others) {
    List<Path> all = new ArrayList<>(List.of(folder));
    all.addAll(others);
    return all;
  }

  @Override
  public void close() {
    List<Slot> all;
    Set<Path> folders;
    synchronized (slots) {
      all = List.copyOf(slots.values());
      folders = slots.keySet().stream().map(Key::folder).collect(Collectors.toSet());
      slots.clear();
    }
    all.forEach(slot -> slot.builder.close());
    folders.forEach(WarmBuilders::discard);
  }

  private static void discard(Path folder) {
    try {
      FileTree.delete(control(folder));
    } catch (IOException e) {
      // goes with the work folder, at the latest
      return;
    }
  }

  /** What the builder itself had to say, nothing if all is well. */
  static Path errors(Path folder) {
    return control(folder).resolve("builder.log");
  }

  /** What a builder needs of its own in its folder. */
  static Path control(Path folder) {
    return folder.resolve(".builder");
  }
}
