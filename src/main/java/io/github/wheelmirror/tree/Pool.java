package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.Writer;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a {@link Wheelhouse}: writes them whole, durable and read-only, or not at all. */
final class Pool {

  private static final Set<PosixFilePermission> READ_ONLY =
      PosixFilePermissions.fromString("r--r--r--");

  private final Path root;
  private final Writer writer = new Writer();

  Pool(Path root) {
    this.root = root;
  }

  /** Removes from one of its folders what runs that were killed were writing. */
  void tidy(String folder) throws IOException {
    writer.removeDead(root.resolve(folder));
  }

  /** Uses a private copy of a file, which is gone afterwards unless it was put in its place. */
  @FunctionalInterface
  interface Receiver<T> {
    T use(Path copy, String sha256) throws IOException;
  }

  <T> T receive(Path file, Receiver<T> receiver) throws IOException {
    Path folder = root.resolve(TreeLayout.TEMPORARY);
    Files.createDirectories(folder);
    Path copy = folder.resolve(writer.name());
    try {
      return receiver.use(copy, copy(file, copy));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /**
   * As {@link #receive} with the file itself in place of a copy, which it becomes without its bytes
   * being read or written again; it is gone afterwards.
   *
   * @param file is on disk whole, and nobody else can change it
   * @param sha256 of its bytes, as they were written
   */
  <T> T take(Path file, String sha256, Receiver<T> receiver) throws IOException {
    Path folder = root.resolve(TreeLayout.TEMPORARY);
    Files.createDirectories(folder);
    Path taken = folder.resolve(writer.name());
    try {
      Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
      return receiver.use(taken, sha256);
    } catch (AtomicMoveNotSupportedException e) {
      // it is on another volume
      T received = receive(file, receiver);
      Files.delete(file);
      return received;
    } finally {
      Files.deleteIfExists(taken);
    }
  }

  private static String copy(Path file, Path copy) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = Files.newInputStream(file);
        FileChannel out =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Moves the copy to its place, its metadata file first: who sees the wheel sees both. */
  void put(Path copy, WheelFile wheel, byte[] metadata) throws IOException {
    Path target = root.resolve(TreeLayout.wheel(wheel.sha256(), wheel.filename()));
    Path sidecar = root.resolve(TreeLayout.metadata(wheel.sha256(), wheel.filename()));
    Path folder = root.resolve(TreeLayout.poolFolder(wheel.sha256()));
    Files.createDirectories(folder);
    Path text = copy.resolveSibling(copy.getFileName() + ".metadata");
    try {
      try (FileChannel out =
          FileChannel.open(text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(metadata);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      place(text, sidecar, wheel.metadataSha256());
      place(copy, target, wheel.sha256());
    } finally {
      Files.deleteIfExists(text);
    }
    force(folder);
  }

  /** A file that is there already and whole stays; a damaged one is replaced. */
  private static void place(Path from, Path to, String sha256) throws IOException {
    if (Files.isRegularFile(to)
        && Files.size(to) == Files.size(from)
        && Sha256.of(to).equals(sha256)) {
      return;
    }
    if (Files.getFileStore(from).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(from, READ_ONLY);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * What tells without reading them whether the wheel and its metadata file are as they were: sizes
   * and times. Inodes and change times tell no more about the bytes, and are others in every copy
   * or restored backup of the folder, which would all be hashed then. Nothing if one is missing.
   */
  Optional<String> facts(WheelFile wheel) throws IOException {
    try {
      BasicFileAttributes file = attributes(TreeLayout.wheel(wheel.sha256(), wheel.filename()));
      BasicFileAttributes text = attributes(TreeLayout.metadata(wheel.sha256(), wheel.filename()));
      return file.isRegularFile() && text.isRegularFile()
          ? Optional.of(
              String.join(
                      " ",
                      String.valueOf(file.size()),
                      file.lastModifiedTime().toString(),
                      String.valueOf(text.size()),
                      text.lastModifiedTime().toString())
                  + "\n")
          : Optional.empty();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  private BasicFileAttributes attributes(String path) throws IOException {
    return Files.readAttributes(root.resolve(path), BasicFileAttributes.class);
  }

  /** Whether the bytes of the wheel and its metadata file are those that they should be. */
  boolean isSound(WheelFile wheel) throws IOException {
    Path file = root.resolve(TreeLayout.wheel(wheel.sha256(), wheel.filename()));
    Path text = root.resolve(TreeLayout.metadata(wheel.sha256(), wheel.filename()));
    return Files.size(file) == wheel.size()
        && Sha256.of(file).equals(wheel.sha256())
        && Sha256.of(text).equals(wheel.metadataSha256());
  }

  /** The wheels with this digest and their metadata files, wheels first; nothing else. */
  List<Path> files(String sha256) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(TreeLayout.poolFolder(sha256)))) {
      return files
          .filter(file -> file.toString().matches(".*\\.whl(\\.metadata)?"))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted(Comparator.comparing((Path file) -> !file.toString().endsWith(".whl")))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  /** Removes the wheel with this digest; who sees its metadata file alone sees no wheel. */
  void remove(String sha256) throws IOException {
    for (Path file : files(sha256)) {
      Files.deleteIfExists(file);
    }
    Path folder = root.resolve(TreeLayout.poolFolder(sha256));
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException somethingElseIsInIt) {
      return;
    }
  }

  /** The digests of all folders of wheels, with something in them or not. */
  List<String> digests() throws IOException {
    List<String> digests = new ArrayList<>();
    Path top = root.resolve(TreeLayout.POOL).resolve("sha256");
    if (Files.isDirectory(top)) {
      try (Stream<Path> folders = Files.walk(top, 2)) {
        folders
            .map(folder -> top.relativize(folder).toString().replace("/", ""))
            .filter(Sha256::isDigest)
            .forEach(digests::add);
      }
    }
    return digests;
  }

  Optional<Path> existing(String path) {
    return Optional.of(root.resolve(path)).filter(Files::isRegularFile);
  }
}
