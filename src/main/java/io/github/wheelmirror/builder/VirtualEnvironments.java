package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes virtual environments without pip (PEP 405). The first one of each Python is made by its own
 * module {@code venv}, which knows what its distribution changed; the others are copies of that one
 * and need no run of Python. Safe for threads.
 */
final class VirtualEnvironments {

  private static final long MAX_LOG_BYTES = 10_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** A program that was copied instead of linked is no text and not copied again. */
  private static final long MOST_TEXT_BYTES = 64 * 1024;

  private final ProcessRunner runner;
  private final SearchPath path;
  private final Path home;
  private final Map<Interpreter, Template> templates = new ConcurrentHashMap<>();

  /** One entry of an environment: a folder, a link or a small text file. */
  private record Entry(Path name, String text, boolean isLink, boolean isFolder) {}

  /** What an environment consists of, and the folder that it names. */
  private record Template(String folder, List<Entry> entries) {

    void copyTo(Path directory) throws IOException {
      String to = directory.toString();
      for (Entry entry : entries) {
        Path place = directory.resolve(entry.name());
        String text = entry.text().replace(folder, to);
        if (entry.isFolder()) {
          Files.createDirectories(place);
        } else if (entry.isLink()) {
          Files.createSymbolicLink(place, Path.of(text));
        } else {
          Files.writeString(place, text);
        }
      }
    }
  }

  VirtualEnvironments(ProcessRunner runner, SearchPath path, Path home) {
    this.runner = runner;
    this.path = path;
    this.home = home;
  }

  /**
   * Makes one; returns how that failed, if it did.
   *
   * @param directory not there yet
   */
  Optional<ProcessOutcome> make(Interpreter interpreter, Path directory, Path log)
      throws IOException {
    Template template = templates.get(interpreter);
    if (template != null) {
      template.copyTo(directory);
      return Optional.empty();
    }
    List<String> argv =
        List.of(
            interpreter.executable().toString(),
            "-I",
            "-m",
            "venv",
            "--without-pip",
            directory.toString());
    ProcessOutcome outcome =
        runner.run(
            Command.of(
                argv,
                Objects.requireNonNull(directory.toAbsolutePath().getParent()),
                CleanEnvironment.at(home).path(path).variables()),
            new Limits(LIMIT, MAX_LOG_BYTES),
            log);
    if (!outcome.succeeded()) {
      return Optional.of(outcome);
    }
    remember(interpreter, directory);
    return Optional.empty();
  }

  private void remember(Interpreter interpreter, Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(directory)) {
      all = found.filter(Predicate.not(VirtualEnvironments::isForShells)).toList();
    }
    if (all.stream().allMatch(VirtualEnvironments::isCopied)) {
      List<Entry> entries = new ArrayList<>();
      for (Path one : all) {
        entries.add(entry(directory, one));
      }
      templates.putIfAbsent(interpreter, new Template(directory.toString(), List.copyOf(entries)));
    }
  }

  /** Scripts that a shell reads to activate the environment, which no build does. */
  private static boolean isForShells(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).startsWith("activate");
  }

  private static boolean isCopied(Path path) {
    return Files.isSymbolicLink(path)
        || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        || (path.toFile().length() <= MOST_TEXT_BYTES && !Files.isExecutable(path));
  }

  private static Entry entry(Path directory, Path one) throws IOException {
    Path name = directory.relativize(one);
    if (Files.isSymbolicLink(one)) {
      return new Entry(name, Files.readSymbolicLink(one).toString(), true, false);
    }
    if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
      return new Entry(name, "", false, true);
    }
    return new Entry(name, Files.readString(one), false, false);
  }
}
