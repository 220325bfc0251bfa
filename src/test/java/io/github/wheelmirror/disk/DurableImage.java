package io.github.wheelmirror.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a folder would survive a loss of power, by the letter of POSIX: the bytes of a file since
 * they were forced, a name since its folder was forced. A name that moved from one folder to
 * another is durable as soon as one of the two is forced.
 *
 * <p>All is kept in memory, so this is for small folders. Not thread-safe.
 */
final class DurableImage {

  /** A folder, a symbolic link or a file. */
  private static final class Node {
    final Map<String, Node> names = new TreeMap<>();
    final Map<String, Node> durableNames = new TreeMap<>();
    final boolean folder;
    final String target;
    byte[] durable = new byte[0];
    boolean dirty;
    @Nullable FileTime time;
    @Nullable Set<PosixFilePermission> permissions;

    Node(boolean folder, String target) {
      this.folder = folder;
      this.target = target;
    }
  }

  private record Move(Node from, String fromName, Node to, String toName, Node what) {}

  private final Path base;
  private final Node root;
  private final List<Move> moves = new ArrayList<>();

  /** Everything that is there is durable. */
  DurableImage(Path base) throws IOException {
    this.base = base;
    this.root = scan(base);
  }

  private static Node scan(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return new Node(false, Files.readSymbolicLink(path).toString());
    }
    if (!Files.isDirectory(path)) {
      Node file = new Node(false, "");
      file.durable = Files.readAllBytes(path);
      attributes(file, path);
      return file;
    }
    Node folder = new Node(true, "");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        folder.names.put(entry.getFileName().toString(), scan(entry));
      }
    }
    folder.durableNames.putAll(folder.names);
    attributes(folder, path);
    return folder;
  }

  private static void attributes(Node node, Path path) throws IOException {
    node.time = Files.getLastModifiedTime(path);
    node.permissions = Files.getPosixFilePermissions(path);
  }

  /** Times and permissions survive as they are set: nothing here relies on that they do not. */
  void changedAttributes(Path path) throws IOException {
    Node node = find(path);
    if (node != null) {
      attributes(node, path);
    }
  }

  private @Nullable Node find(Path path) {
    Node node = root;
    for (Path name : base.relativize(path)) {
      Node next = name.toString().isEmpty() ? node : node.names.get(name.toString());
      if (next == null) {
        return null;
      }
      node = next;
    }
    return node;
  }

  private Node need(@Nullable Path path) {
    return Objects.requireNonNull(
        find(Objects.requireNonNull(path)), () -> "the image does not know " + path);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  void created(Path path) {
    need(path.getParent()).names.putIfAbsent(name(path), new Node(false, ""));
  }

  void madeFolder(Path path) {
    need(path.getParent()).names.put(name(path), new Node(true, ""));
  }

  void linked(Path path, String target) {
    need(path.getParent()).names.put(name(path), new Node(false, target));
  }

  void wrote(Path path) {
    Node file = find(path);
    if (file != null) {
      file.dirty = true;
    }
  }

  void deleted(Path path) {
    need(path.getParent()).names.remove(name(path));
  }

  void renamed(Path from, Path to) {
    Node fromFolder = need(from.getParent());
    Node toFolder = need(to.getParent());
    Node what = Objects.requireNonNull(fromFolder.names.remove(name(from)));
    toFolder.names.put(name(to), what);
    if (fromFolder != toFolder) {
      moves.add(new Move(fromFolder, name(from), toFolder, name(to), what));
    }
  }

  void forced(Path path) throws IOException {
    Node node = find(path);
    if (node == null) {
      return;
    }
    if (!node.folder) {
      node.durable = Files.readAllBytes(path);
      node.dirty = false;
      return;
    }
    node.durableNames.clear();
    node.durableNames.putAll(node.names);
    for (Move move : List.copyOf(moves)) {
      if (move.to() == node) {
        move.from().durableNames.remove(move.fromName(), move.what());
      } else if (move.from() == node) {
        move.to().durableNames.put(move.toName(), move.what());
      } else {
        continue;
      }
      moves.remove(move);
    }
  }

  /** Makes the folder hold what survives, by the letter. */
  void losePower() throws IOException {
    empty(base);
    restore(root, base);
  }

  private static void paths(Node node, Path path, Map<Node, Path> paths) {
    paths.put(node, path);
    node.names.forEach((name, child) -> paths(child, path.resolve(name), paths));
  }

  private static void empty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          empty(entry);
        }
        Files.delete(entry);
      }
    }
  }

  private static void restore(Node folder, Path at) throws IOException {
    for (Map.Entry<String, Node> entry : folder.durableNames.entrySet()) {
      Path path = at.resolve(entry.getKey());
      Node node = entry.getValue();
      if (!node.target.isEmpty()) {
        Files.createSymbolicLink(path, Path.of(node.target));
        continue;
      }
      if (node.folder) {
        Files.createDirectory(path);
        restore(node, path);
      } else {
        Files.write(path, node.durable);
      }
      if (node.permissions != null && node.time != null) {
        Files.setPosixFilePermissions(path, node.permissions);
        Files.setLastModifiedTime(path, node.time);
      }
    }
  }

  /** Makes all bytes that were not forced zeros. */
  void loseBytes() throws IOException {
    Map<Node, Path> paths = new HashMap<>();
    paths(root, base, paths);
    for (Map.Entry<Node, Path> entry : paths.entrySet()) {
      Node node = entry.getKey();
      if (node.dirty) {
        byte[] bytes = new byte[(int) Files.size(entry.getValue())];
        System.arraycopy(node.durable, 0, bytes, 0, Math.min(node.durable.length, bytes.length));
        FileTime time = Files.getLastModifiedTime(entry.getValue());
        Files.write(entry.getValue(), bytes);
        Files.setLastModifiedTime(entry.getValue(), time);
      }
    }
  }
}
