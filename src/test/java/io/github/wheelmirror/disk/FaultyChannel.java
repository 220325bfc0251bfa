package io.github.wheelmirror.disk;

import io.github.wheelmirror.disk.FaultyDisk.Step;
import io.github.wheelmirror.disk.Operation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An open file or folder of a {@link FaultyDisk}; must not be renamed while it is open. */
final class FaultyChannel extends FileChannel {
  private final FaultyDisk disk;
  private final Path file;
  private final FileChannel real;

  FaultyChannel(FaultyDisk disk, Path file, FileChannel real) {
    this.disk = disk;
    this.file = file;
    this.real = real;
  }

  private int write(ByteBuffer from, Writer writer) throws IOException {
    Step<Integer> half =
        () -> {
          ByteBuffer part = from.duplicate();
          part.limit(part.position() + part.remaining() / 2);
          return writer.write(part);
        };
    return disk.change(
        Kind.WRITE,
        file,
        from.remaining(),
        () -> writer.write(from),
        half,
        image -> image.wrote(file));
  }

  private interface Writer {
    int write(ByteBuffer from) throws IOException;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return write(from, real::write);
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    return write(from, part -> real.write(part, position));
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    if (size >= real.size()) {
      real.truncate(size); // nothing changes
      return this;
    }
    disk.change(Kind.TRUNCATE, file, () -> real.truncate(size), image -> image.wrote(file));
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    disk.change(Kind.FORCE, file, () -> true, image -> image.forced(file));
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    return real.read(to);
  }

  @Override
  public int read(ByteBuffer to, long position) throws IOException {
    return real.read(to, position);
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) throws IOException {
    return real.read(to, offset, length);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long at) throws IOException {
    real.position(at);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}
