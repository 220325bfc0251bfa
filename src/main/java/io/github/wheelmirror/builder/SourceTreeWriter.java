package io.github.wheelmirror.builder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes an archive's entries below one folder and nowhere else.
 *
 * <p>Symbolic links are made last, so that nothing is ever written through one, and are then
 * checked by where they really lead: a chain of links can leave a folder that each of them seems to
 * stay in.
 */
final class SourceTreeWriter {

  /** The disk failed, not the archive. */
  static final class WriteFailure extends RuntimeException {
    private final IOException reason;

    WriteFailure(IOException reason) {
      super(reason);
      this.reason = reason;
    }

    IOException reason() {
      return reason;
    }
  }

  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");
  private static final int MAX_COMPONENT_BYTES = 255;
  private static final Instant EARLIEST = Instant.parse("1980-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2107-01-01T00:00:00Z");

  private final Path root;
  private final UnpackLimits limits;
  private final Map<Path, ArchiveEntry> links = new LinkedHashMap<>();
  private String top = "";
  private long bytes;
  private int entries;

  SourceTreeWriter(Path root, UnpackLimits limits) {
    this.root = root;
    this.limits = limits;
  }

  void write(ArchiveEntry entry) throws IOException, UnsafeArchiveException {
    entries++;
    if (entries > limits.maxEntries()) {
      throw new UnsafeArchiveException("more than " + limits.maxEntries() + " entries");
    }
    Path relative = safe(entry.name(), entry.name());
    if (relative.getNameCount() == 0 || relative.toString().isEmpty()) {
      return;
    }
    Path file = within(entry, relative);
    switch (entry.kind()) {
      case FOLDER -> makeFolders(entry, file);
      case FILE -> {
        makeFolders(entry, parent(file));
        try (InputStream in = entry.content().open()) {
          copy(entry, in, file);
        }
      }
      case HARD_LINK -> {
        makeFolders(entry, parent(file));
        copyLinked(entry, file);
      }
      case SYMBOLIC_LINK -> {
        makeFolders(entry, parent(file));
        links.put(file, entry);
      }
      case OTHER ->
          throw UnsafeArchiveException.of(entry.name(), "a device, pipe or other special file");
    }
  }

  /** Makes the links and returns the one top folder. */
  Path finish() throws IOException, UnsafeArchiveException {
    if (top.isEmpty()) {
      throw new UnsafeArchiveException("the archive is empty");
    }
    Path folder = root.resolve(top);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnsafeArchiveException("'" + top + "' is not a folder");
    }
    for (Map.Entry<Path, ArchiveEntry> link : links.entrySet()) {
      makeLink(link.getKey(), link.getValue());
    }
    Path real = folder.toRealPath();
    for (Map.Entry<Path, ArchiveEntry> link : links.entrySet()) {
      if (Files.exists(link.getKey()) && !link.getKey().toRealPath().startsWith(real)) {
        throw UnsafeArchiveException.of(link.getValue().name(), "a link that leads outside");
      }
    }
    return folder;
  }

  private void makeLink(Path file, ArchiveEntry entry) throws UnsafeArchiveException {
    String target = entry.target();
    if (target.isEmpty() || target.indexOf('\0') >= 0 || target.startsWith("/")) {
      throw UnsafeArchiveException.of(entry.name(), "a link to an absolute path");
    }
    Path end = parent(file).resolve(target).normalize();
    if (!climbsFirst(target) || !end.startsWith(root.resolve(top))) {
      throw UnsafeArchiveException.of(entry.name(), "a link that leads outside");
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw UnsafeArchiveException.of(entry.name(), "a link in the place of another entry");
    }
    try {
      Files.createSymbolicLink(file, Path.of(target));
    } catch (IOException e) {
      throw new WriteFailure(e);
    }
  }

  /** Whether ".." stands only at the beginning: later, the part before it may be a link itself. */
  private static boolean climbsFirst(String target) {
    boolean named = false;
    for (String part : target.split("/", -1)) {
      if (part.equals("..") && named) {
        return false;
      }
      named |= !part.isEmpty() && !part.equals(".") && !part.equals("..");
    }
    return true;
  }

  /** The entry's path without {@code .} parts. */
  private Path safe(String name, String entry) throws UnsafeArchiveException {
    if (name.length() > limits.maxPathLength()) {
      throw UnsafeArchiveException.of(entry, "its path is too long");
    }
    if (name.startsWith("/") || name.indexOf('\0') >= 0 || name.indexOf('\\') >= 0) {
      throw UnsafeArchiveException.of(entry, "an absolute path or one with strange characters");
    }
    Path path = Path.of("");
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        throw UnsafeArchiveException.of(entry, "a path with '..'");
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > MAX_COMPONENT_BYTES) {
        throw UnsafeArchiveException.of(entry, "its path is too long");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        path = resolve(path, part, entry);
      }
    }
    return path;
  }

  private static Path resolve(Path path, String part, String entry) throws UnsafeArchiveException {
    try {
      return path.resolve(part);
    } catch (InvalidPathException e) {
      throw UnsafeArchiveException.of(
          entry, "a name that this JVM cannot write; start Maven with LC_ALL=C.UTF-8");
    }
  }

  private Path within(ArchiveEntry entry, Path relative) throws UnsafeArchiveException {
    String first = relative.getName(0).toString();
    if (top.isEmpty()) {
      top = first;
    }
    if (!top.equals(first)) {
      throw UnsafeArchiveException.of(
          entry.name(), "outside of the archive's first folder '" + top + "'");
    }
    return root.resolve(relative);
  }

  private void makeFolders(ArchiveEntry entry, Path folder) throws UnsafeArchiveException {
    if (folder.equals(root)) {
      return;
    }
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || links.containsKey(folder)) {
      throw UnsafeArchiveException.of(entry.name(), "a path through something that is no folder");
    }
    makeFolders(entry, parent(folder));
    try {
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, OPEN);
    } catch (IOException e) {
      throw new WriteFailure(e);
    }
  }

  private void copyLinked(ArchiveEntry entry, Path file)
      throws IOException, UnsafeArchiveException {
    Path source = within(entry, safe(entry.target(), entry.name()));
    if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS) || source.equals(file)) {
      throw UnsafeArchiveException.of(entry.name(), "a hard link to no earlier file");
    }
    try (InputStream in = Files.newInputStream(source)) {
      copy(entry, in, file);
    }
  }

  private void copy(ArchiveEntry entry, InputStream in, Path file)
      throws IOException, UnsafeArchiveException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || links.containsKey(file)) {
      throw UnsafeArchiveException.of(entry.name(), "a file in the place of another entry");
    }
    byte[] buffer = new byte[64 * 1024];
    try (Target out = new Target(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes += count;
        if (bytes > limits.maxBytes()) {
          throw new UnsafeArchiveException(
              "more than " + limits.maxBytes() + " bytes when unpacked");
        }
        out.write(buffer, 0, count);
      }
    }
    try {
      Files.setPosixFilePermissions(file, entry.executable() ? OPEN : PLAIN);
      Files.setLastModifiedTime(file, FileTime.from(clamped(entry.modified())));
    } catch (IOException e) {
      throw new WriteFailure(e);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no parent: " + file);
    }
    return parent;
  }

  /** Within what a ZIP file, and so a wheel, can say. */
  private static Instant clamped(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return EARLIEST;
    }
    return time.isAfter(LATEST) ? LATEST : time;
  }

  /** A file being written, whose failures are the disk's. */
  private static final class Target implements AutoCloseable {
    private final OutputStream out;

    Target(Path file) {
      try {
        out = Files.newOutputStream(file);
      } catch (IOException e) {
        throw new WriteFailure(e);
      }
    }

    void write(byte[] buffer, int offset, int count) {
      try {
        out.write(buffer, offset, count);
      } catch (IOException e) {
        throw new WriteFailure(e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw new WriteFailure(e);
      }
    }
  }
}
