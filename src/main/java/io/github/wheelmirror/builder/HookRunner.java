package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the PEP 517 hooks of source trees, shut off as far as this host can: in a child of the
 * environment's warm builder, or in a builder of its own where nothing may be forked.
 */
final class HookRunner {

  private static final int TAIL_BYTES = 64 * 1024;

  /** What a hook answered. */
  sealed interface Answer {

    /** The backend wants these too. */
    record Wants(List<String> requirements) implements Answer {}

    /**
     * The backend made this in the output folder.
     *
     * @param computed whether its setup.py decides what it needs, so that another Python might be
     *     told otherwise
     */
    record Made(String name, boolean computed, HookEnd end) implements Answer {}

    /** The backend has no such hook. */
    record Absent() implements Answer {}

    /** The hook did not end well, or its answer makes no sense. */
    record Failed(HookEnd end, String tail) implements Answer {

      /** Whether the backend was not asked what it wants, since the source seemed to tell. */
      boolean unasked() {
        return end.answer().path("declared").asBoolean();
      }
    }

    /**
     * It was lost by no fault of its own: wanted again, in a builder of its own, from the start.
     */
    record Again() implements Answer {}

    /** The thread was interrupted; its flag is set. */
    record Interrupted() implements Answer {}
  }

  /**
   * One source tree with its folders.
   *
   * @param folder the only one that may be written; holds all of the others
   */
  record Workplace(Path folder, Path source) {
    Path wheels() {
      return folder.resolve("wheels");
    }

    Path home() {
      return folder.resolve("home");
    }

    Path temporary() {
      return folder.resolve("tmp");
    }

    private Path control() {
      return folder.resolve("control");
    }

    private Path root() {
      return Objects.requireNonNull(folder.getParent(), "a folder below the work folder");
    }
  }

  /**
   * One hook to run.
   *
   * @param have the requirements that the environment was made with
   * @param variables beside those that every build has
   * @param settings {@code config_settings}, null for none
   * @param shortcut whether requirements that can be read from the source need not be asked for
   * @param fork whether it may run in a child of a warm builder
   * @param cache the project's own folder of what compilers made, if it has one
   */
  record Call(
      Workplace place,
      BuildSystem system,
      BuildEnvironment environment,
      List<String> have,
      String hook,
      Map<String, String> variables,
      @Nullable Map<String, Object> settings,
      boolean shortcut,
      boolean fork,
      CompilerWrappers.Tools tools,
      Optional<Path> cache,
      long sourceDateEpoch,
      BuildLimits limits,
      Path log) {}

  private final WarmBuilders builders;
  private final Sandbox sandbox;
  private final BuildVariables variables;
  private final List<Path> caches;
  private volatile boolean forkless;

  /**
   * @param caches holds the folders of all calls' caches; nothing if they have none
   */
  HookRunner(
      WarmBuilders builders, Sandbox sandbox, BuildVariables variables, Optional<Path> caches) {
    this.builders = builders;
    this.sandbox = sandbox;
    this.variables = variables;
    this.caches = caches.stream().toList();
  }

  /** Runs the hook, after it has asked the backend what it wants. */
  Answer run(Call call) throws IOException {
    Workplace place = call.place();
    for (Path folder : List.of(place.wheels(), place.home(), place.temporary(), place.control())) {
      Files.createDirectories(folder);
    }
    try {
      return answer(call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Interrupted();
    }
  }

  private Answer answer(Call call) throws IOException, InterruptedException {
    WarmJob job = job(call);
    if (call.fork() && !forkless) {
      Path log = call.place().root().resolve(job.id() + ".log");
      try (WarmBuilders.Lease lease =
          builders.warm(call.environment(), sandbox, call.place().root(), caches)) {
        // a back-end that starts threads or processes cannot live with a fork
        if (lease.builder().unfit().isEmpty()) {
          HookEnd end;
          String tail;
          try {
            end = lease.builder().run(job.at(log, sandbox.filesProtected()));
          } finally {
            tail = keep(log, call.log());
          }
          forkless |= end.how() == HookEnd.How.ISOLATION;
          return end.how() == HookEnd.How.ISOLATION || end.how() == HookEnd.How.LOST
              ? new Answer.Again()
              : answer(end, tail);
        }
      }
    }
    Path log = call.place().control().resolve("log");
    try (WarmBuilders.Lease lease =
        builders.cold(
            call.environment(), sandbox, call.place().folder(), call.cache().stream().toList())) {
      String unfit = lease.builder().unfit();
      HookEnd end = unfit.isEmpty() ? lease.builder().run(job.at(log, false)) : HookEnd.lost();
      String tail = keep(log, call.log());
      if (end.how() == HookEnd.How.LOST) {
        tail += "\n" + unfit + keep(WarmBuilders.errors(call.place().folder()), call.log());
      }
      return answer(end, tail);
    }
  }

  private WarmJob job(Call call) {
    Workplace place = call.place();
    BuildLimits limits = call.limits();
    return new WarmJob(
        String.valueOf(place.folder().getFileName()),
        place.folder().toString(),
        call.cache().stream().map(Path::toString).toList(),
        place.source().toString(),
        place.wheels().toString(),
        call.system().backend(),
        call.system().backendPath().stream().map(Path::toString).toList(),
        call.have(),
        variables.of(call),
        "",
        call.hook(),
        call.settings(),
        call.shortcut(),
        false,
        limits.time().toMillis() / 1000.0,
        limits.outputBytes(),
        limits.memoryBytes(),
        limits.processes(),
        limits.diskBytes());
  }

  /** Appends the hook's log to the build's, and returns its end. */
  private static String keep(Path from, Path to) throws IOException {
    // the build could have put anything in its place
    if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    Path folder = to.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
        OutputStream out =
            Files.newOutputStream(to, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      in.transferTo(out);
    }
    String tail = tail(from);
    Files.delete(from);
    return tail;
  }

  private static String tail(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(in.length(), TAIL_BYTES)];
      in.seek(in.length() - end.length);
      in.readFully(end);
      int skip = 0;
      while (end.length == TAIL_BYTES && skip < 3 && (end[skip] & 0xC0) == 0x80) {
        skip++;
      }
      return new String(end, skip, end.length - skip, StandardCharsets.UTF_8);
    }
  }

  private static Answer answer(HookEnd end, String tail) {
    JsonNode answer = end.answer();
    if (end.how() != HookEnd.How.EXIT || end.code() != 0) {
      return new Answer.Failed(end, tail);
    }
    if (answer.path("made").isTextual()) {
      return new Answer.Made(
          answer.path("made").asText(), answer.path("computed").asBoolean(true), end);
    }
    if (answer.path("absent").asBoolean()) {
      return new Answer.Absent();
    }
    if (!answer.path("requires").isArray()) {
      return new Answer.Failed(end, tail);
    }
    List<String> requirements = new ArrayList<>();
    answer.path("requires").forEach(one -> requirements.add(one.asText()));
    return new Answer.Wants(List.copyOf(requirements));
  }
}
