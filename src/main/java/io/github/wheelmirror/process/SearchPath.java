package io.github.wheelmirror.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folders in which programs are looked for, in order; the shape of {@code PATH} (POSIX). */
public record SearchPath(List<Path> directories) {

  /** Where a Linux host keeps its own programs, whatever {@code PATH} says. */
  public static final SearchPath SYSTEM = parse("/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");

  public SearchPath {
    directories = List.copyOf(directories);
  }

  /**
   * Splits the value of {@code PATH}; empty and relative entries are left out, they mean "here".
   */
  public static SearchPath parse(String value) {
    return new SearchPath(
        Arrays.stream(value.split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .filter(Path::isAbsolute)
            .distinct()
            .toList());
  }

  /** The folders of the given {@code PATH} value, then the system's own. */
  public static SearchPath withSystem(String value) {
    return new SearchPath(
        Stream.concat(parse(value).directories().stream(), SYSTEM.directories().stream())
            .distinct()
            .toList());
  }

  /** The first executable file of that name. */
  public Optional<Path> find(String program) {
    return findAll(program).stream().findFirst();
  }

  /** Every executable file of that name, in the path's order. */
  public List<Path> findAll(String program) {
    return directories.stream()
        .map(directory -> directory.resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .toList();
  }

  /** The value for {@code PATH}. */
  @Override
  public String toString() {
    return directories.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
