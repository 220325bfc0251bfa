package io.github.wheelmirror.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What clients of a directory region see, for tests of other packages. */
public final class ServedRegion {

  private final Path root;

  /** The region in that folder, which need not exist. */
  public ServedRegion(Path root) {
    this.root = root;
  }

  /**
   * The file names on all pages by channel; follows each link to a file and compares its content
   * with the promised digest.
   */
  public Map<String, List<String>> files() throws IOException {
    Map<String, List<String>> files = new TreeMap<>();
    Path channels = root.resolve("channels");
    if (Files.isDirectory(channels)) {
      try (Stream<Path> slugs = Files.list(channels)) {
        for (Path slug : slugs.toList()) {
          if (Files.isSymbolicLink(slug.resolve("current"))) {
            String name = slug.getFileName().toString();
            files.put(name, new VisibleTree(root).files("channels/" + name + "/current"));
          }
        }
      }
    }
    return files;
  }

  /** What killed runs left behind. */
  public List<String> junk() throws IOException {
    return new VisibleTree(root).junk();
  }
}
