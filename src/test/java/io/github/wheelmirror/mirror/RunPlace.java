package io.github.wheelmirror.mirror;

import io.github.wheelmirror.publish.ServedRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where runs in JVMs of their own keep everything: a workspace and a region, and a cache. */
record RunPlace(Path root, String name) {

  Path workspace() {
    return root.resolve(name);
  }

  Path cache() {
    return root.resolve("cache");
  }

  Path wheelhouse() {
    return cache().resolve("wheelhouse");
  }

  Path region() {
    return root.resolve(name + "-mirror");
  }

  /** Starts all goals, with these options of {@link WholeChain}. */
  Process start(MirrorScenario world, String... options) throws IOException {
    Files.createDirectories(root);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                world.repository.url(),
                world.index.url(),
                workspace().toString(),
                cache().toString(),
                region().toString()));
    arguments.addAll(List.of(options));
    return WholeChain.start(arguments.toArray(String[]::new));
  }

  Map<String, List<String>> served() throws IOException {
    return new ServedRegion(region()).files();
  }

  String snapshot() throws IOException {
    try (Stream<Path> slugs = Files.list(region().resolve("channels"))) {
      Path slug = slugs.findFirst().orElseThrow();
      return Files.readSymbolicLink(slug.resolve("current")).getFileName().toString();
    }
  }

  /** How many wheels are in the wheelhouse. */
  long wheels() throws IOException {
    return pool().keySet().stream().filter(path -> path.endsWith(".whl")).count();
  }

  /** The digests of all wheels in the wheelhouse, and of their metadata, by path. */
  Map<String, String> pool() throws IOException {
    Path pool = wheelhouse().resolve("pool");
    if (Files.notExists(pool)) {
      return Map.of();
    }
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(pool)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        digests.put(
            pool.relativize(file).toString(),
            io.github.wheelmirror.Sha256.of(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  /** Files that no finished run leaves. */
  List<String> junk() throws IOException {
    List<String> junk = new ArrayList<>();
    if (Files.exists(region())) {
      junk.addAll(new ServedRegion(region()).junk());
    }
    for (Path part : List.of(workspace(), wheelhouse(), cache().resolve("sdists"))) {
      try (Stream<Path> files = Files.walk(part)) {
        files
            .filter(Files::isRegularFile)
            .filter(this::isJunk)
            .map(file -> root.relativize(file).toString())
            .forEach(junk::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return junk;
  }

  private boolean isJunk(Path file) {
    String path = root.relativize(file).toString();
    return path.endsWith(".tmp")
        || path.endsWith(".part")
        || path.contains("/.tmp/")
        || (path.contains("/downloads/") && !path.endsWith(".lock"))
        || path.startsWith(name + "/work/");
  }
}
