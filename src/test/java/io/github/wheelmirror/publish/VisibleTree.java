package io.github.wheelmirror.publish;

import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at a region's folder as a client or as a careful administrator does. */
final class VisibleTree {
  private static final Pattern LINK =
      Pattern.compile("href=\"\\.\\./\\.\\./\\.\\./(pool/[^#\"]+)#sha256=([0-9a-f]{64})\"");

  private final Path root;

  VisibleTree(Path root) {
    this.root = root;
  }

  /**
   * The file names on the pages of {@code <mount>/simple/}, each followed to a file whose content
   * is what the link promises.
   *
   * @param mount a slug or {@code @<id>}
   */
  List<String> files(String mount) throws IOException {
    Path simple = root.resolve(mount).resolve("simple");
    try (Stream<Path> projects = Files.list(simple)) {
      return projects
          .filter(Files::isDirectory)
          .sorted()
          .flatMap(project -> links(project).stream())
          .toList();
    }
  }

  private List<String> links(Path project) {
    try {
      Matcher link = LINK.matcher(Files.readString(project.resolve("index.html")));
      return link.results()
          .map(
              found -> {
                Path file = root.resolve(found.group(1));
                requireContent(file, found.group(2));
                if (!Files.isRegularFile(file.resolveSibling(file.getFileName() + ".metadata"))) {
                  throw new AssertionError(file + " has no metadata");
                }
                return file.getFileName().toString();
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireContent(Path file, String sha256) {
    try {
      if (!Sha256.of(file).equals(sha256)) {
        throw new AssertionError(file + " has another content");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that a stat call tells about every file, folder and link. */
  Map<String, String> stat() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        PosixFileAttributes facts =
            Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Map<String, Object> unix =
            Files.readAttributes(file, "unix:ino,ctime,nlink", LinkOption.NOFOLLOW_LINKS);
        all.put(
            root.relativize(file).toString(),
            unix.get("ino")
                + " "
                + unix.get("ctime")
                + " "
                + unix.get("nlink")
                + " "
                + facts.lastModifiedTime()
                + " "
                + facts.size()
                + " "
                + facts.permissions());
      }
    }
    return all;
  }

  /** Leftovers: temporary files, notes, anything half done. */
  List<String> junk() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(
              path ->
                  path.startsWith(".tmp/")
                      || path.startsWith("pool/.tmp/")
                      || path.startsWith("state/staging/")
                      || path.endsWith(".owner")
                      || (path.endsWith(".tmp")
                          && !path.equals(".tmp")
                          && !path.equals("pool/.tmp")))
          .sorted()
          .toList();
    }
  }

  Path root() {
    return root;
  }
}
