package io.github.wheelmirror.disk;

import static io.github.wheelmirror.disk.FaultyFileSystem.unwrap;

import io.github.wheelmirror.disk.Operation.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does what the default provider does, after it has asked the disk about every change. */
final class FaultyProvider extends FileSystemProvider {
  private final FaultyDisk disk;
  private final FaultyFileSystem files;
  private final FileSystemProvider real;

  FaultyProvider(FaultyDisk disk, FaultyFileSystem files, FileSystemProvider real) {
    this.disk = disk;
    this.files = files;
    this.real = real;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path file = unwrap(path);
    boolean creates =
        options.contains(StandardOpenOption.CREATE_NEW)
            || (options.contains(StandardOpenOption.CREATE) && !Files.exists(file));
    FileChannel channel;
    if (creates) {
      channel =
          disk.change(
              Kind.CREATE,
              file,
              () -> real.newFileChannel(file, options, attributes),
              image -> image.created(file));
    } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      channel =
          disk.change(
              Kind.TRUNCATE,
              file,
              () -> real.newFileChannel(file, options, attributes),
              image -> image.wrote(file));
    } else {
      channel = real.newFileChannel(file, options, attributes);
    }
    return new FaultyChannel(disk, file, channel);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> stream =
        real.newDirectoryStream(unwrap(folder), entry -> filter.accept(files.wrap(entry)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> entries = stream.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return entries.hasNext();
          }

          @Override
          public Path next() {
            return files.wrap(entries.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    Path folder = unwrap(path);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      real.createDirectory(folder, attributes); // fails, and changes nothing
    }
    disk.change(
        Kind.MKDIR,
        folder,
        () -> {
          real.createDirectory(folder, attributes);
          return true;
        },
        image -> image.madeFolder(folder));
  }

  @Override
  public void createSymbolicLink(Path path, Path target, FileAttribute<?>... attributes)
      throws IOException {
    Path link = unwrap(path);
    Path to = unwrap(target);
    disk.change(
        Kind.SYMLINK,
        link,
        () -> {
          real.createSymbolicLink(link, to, attributes);
          return true;
        },
        image -> image.linked(link, to.toString()));
  }

  @Override
  public void createLink(Path link, Path existing) {
    throw new UnsupportedOperationException("the image knows no hard links");
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return files.wrap(real.readSymbolicLink(unwrap(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    Path file = unwrap(path);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      real.delete(file); // fails, and changes nothing
    }
    disk.change(
        Kind.DELETE,
        file,
        () -> {
          real.delete(file);
          return true;
        },
        image -> image.deleted(file));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException("a copy is many changes");
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Path from = unwrap(source);
    Path to = unwrap(target);
    disk.change(
        Kind.RENAME,
        to,
        () -> {
          real.move(from, to, options);
          return true;
        },
        image -> image.renamed(from, to));
  }

  @Override
  public boolean isSameFile(Path path, Path path2) throws IOException {
    return real.isSameFile(unwrap(path), unwrap(path2));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(unwrap(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(unwrap(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    Path file = unwrap(path);
    V view = real.getFileAttributeView(file, type, options);
    if (view instanceof PosixFileAttributeView posix) {
      return type.cast(new FaultyPosixView(disk, file, posix));
    }
    return view instanceof BasicFileAttributeView basic ? type.cast(basicView(file, basic)) : view;
  }

  private BasicFileAttributeView basicView(Path file, BasicFileAttributeView basic) {
    return new BasicFileAttributeView() {
      @Override
      public String name() {
        return basic.name();
      }

      @Override
      public BasicFileAttributes readAttributes() throws IOException {
        return basic.readAttributes();
      }

      @Override
      public void setTimes(
          @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
          throws IOException {
        disk.change(
            Kind.TIMES,
            file,
            () -> {
              basic.setTimes(modified, accessed, created);
              return true;
            },
            image -> image.changedAttributes(file));
      }
    };
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return real.readAttributes(unwrap(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    Path file = unwrap(path);
    disk.change(
        Kind.TIMES,
        file,
        () -> {
          real.setAttribute(file, attribute, value, options);
          return true;
        },
        image -> image.changedAttributes(file));
  }
}
