package io.github.wheelmirror.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a project of {@code it/} needs around it: a constraints repository, a local index and the
 * properties that name them, written to {@code .mvn/maven.config}. Used by {@code setup.groovy};
 * the index lives as long as the JVM that runs the projects.
 */
public final class Scenario {

  private final Path folder;
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final List<String> options = new ArrayList<>();
  private final LocalIndex index;
  private final ConstraintsRepository repository;

  private Scenario(Path folder) throws IOException {
    this.folder = folder;
    this.index = LocalIndex.start();
    this.repository = ConstraintsRepository.at(folder.resolve("constraints.git"));
    property("constraints", repository.url());
    property("index", index.url());
    property("region", folder.resolve("mirror").toString());
    property("cacheDirectory", folder.resolve("cache").toString());
    property("lockTimeout", "60");
  }

  /** A scenario in the project's folder. */
  public static Scenario in(File folder) throws IOException {
    return new Scenario(folder.toPath());
  }

  /** Commits constraints to a branch. */
  public Scenario branch(String name, String constraints) throws IOException {
    repository.branch(name, constraints);
    return this;
  }

  /** The repository, for other refs. */
  public ConstraintsRepository repository() {
    return repository;
  }

  /** The index, for its files. */
  public LocalIndex index() {
    return index;
  }

  /** Sets {@code wheel-mirror.<name>}; null removes it. */
  public Scenario property(String name, String value) {
    if (value == null) {
      properties.remove(name);
    } else {
      properties.put(name, value);
    }
    return this;
  }

  /** Puts this scenario into the scripts' shared context and writes the configuration. */
  public void share(Map<String, Object> context) throws IOException {
    write();
    context.put("scenario", this);
  }

  /** Adds an option of Maven itself. */
  public Scenario option(String option) {
    options.add(option);
    return this;
  }

  /** Writes the configuration. */
  public void write() throws IOException {
    List<String> lines = new ArrayList<>(options);
    properties.forEach((name, value) -> lines.add("-Dwheel-mirror." + name + "=" + value));
    Files.createDirectories(folder.resolve(".mvn"));
    Files.writeString(folder.resolve(".mvn/maven.config"), String.join("\n", lines) + "\n");
  }

  /** The text that the project's run printed. */
  public static String log(File folder) throws IOException {
    return Files.readString(folder.toPath().resolve("build.log"), StandardCharsets.UTF_8);
  }

  /** Each file below the folders with what must not change when there is nothing to do. */
  public static Map<String, String> state(File... folders) throws IOException {
    Map<String, String> state = new TreeMap<>();
    for (File folder : folders) {
      try (Stream<Path> files =
          Files.exists(folder.toPath()) ? Files.walk(folder.toPath()) : Stream.empty()) {
        for (Path file : (Iterable<Path>) files::iterator) {
          BasicFileAttributes attributes =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          state.put(
              file.toString(),
              attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size());
        }
      }
    }
    return state;
  }

  /** What was made, changed or removed between two states; empty if nothing. */
  public static List<String> changes(Map<String, String> before, Map<String, String> after) {
    Set<String> files = new TreeSet<>(before.keySet());
    files.addAll(after.keySet());
    return files.stream()
        .filter(file -> !Objects.equals(before.get(file), after.get(file)))
        .map(file -> file + ": " + before.get(file) + " -> " + after.get(file))
        .toList();
  }
}
