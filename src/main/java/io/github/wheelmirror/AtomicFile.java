package io.github.wheelmirror;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;

/** Writes files beside their target and moves them there, so that no reader sees half a file. */
public final class AtomicFile {

  private static final Writer WRITER = new Writer();
  private static final int BUFFER = 1 << 18;

  private AtomicFile() {}

  /**
   * Makes {@code target} hold {@code content}; its folder is made if missing. A target that already
   * holds it is left untouched.
   *
   * @return whether the file was written
   */
  public static boolean write(Path target, byte[] content) throws IOException {
    return writeUnlessHeld(target, content, true);
  }

  /**
   * As {@link #write}, but after a power failure the file may be damaged: for caches whose readers
   * notice.
   */
  public static boolean writeUnforced(Path target, byte[] content) throws IOException {
    return writeUnlessHeld(target, content, false);
  }

  /**
   * As {@link #writeUnforced}, but it is always written, and its time is this one.
   *
   * @return the {@link FileFact} of what was written, whatever others write there since
   */
  public static String replaceUnforced(Path target, byte[] content, FileTime time)
      throws IOException {
    return replace(target, bytes(content), false, Optional.of(time));
  }

  /** Writes what a file is to hold. */
  @FunctionalInterface
  public interface Content<T> {
    /** Writes all of it. */
    void to(T file) throws IOException;
  }

  /** Makes {@code target} hold what is written; its folder is made if missing. */
  public static void writeStream(Path target, Content<OutputStream> content) throws IOException {
    replace(
        target,
        channel -> {
          // not closed: it is forced after that
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
          content.to(out);
          out.flush();
        },
        true,
        Optional.empty());
  }

  private static boolean writeUnlessHeld(Path target, byte[] content, boolean forced)
      throws IOException {
    if (Files.isRegularFile(target)
        && Files.size(target) == content.length
        && Arrays.equals(Files.readAllBytes(target), content)) {
      return false;
    }
    replace(target, bytes(content), forced, Optional.empty());
    return true;
  }

  /** Whoever may write to {@code /dev} would have a file in the place of {@code /dev/null}. */
  private static void refuseOther(Path target) throws IOException {
    try {
      if (Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther()) {
        throw new FileSystemException(
            target.toString(), null, "it is a device, a pipe or a socket, and no file");
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }

  private static Content<FileChannel> bytes(byte[] content) {
    return channel -> {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    };
  }

  private static String replace(
      Path target, Content<FileChannel> content, boolean forced, Optional<FileTime> time)
      throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder for " + target);
    }
    refuseOther(target);
    if (!Files.isDirectory(folder)) { // createDirectories refuses a link to a folder
      Files.createDirectories(folder);
    }
    Path temporary = folder.resolve("." + WRITER.name() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        content.to(channel);
        if (forced) {
          channel.force(true);
        }
      }
      if (time.isPresent()) {
        Files.setLastModifiedTime(temporary, time.get());
      }
      String fact = FileFact.of(temporary);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return fact;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
