package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.FileTail;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Reads the names of a wheel's files from its central directory alone (APPNOTE 4.3.12), which is at
 * the end of the archive: nothing is unpacked, nor need the rest be here. So the names are no more
 * than what the archive says of itself, and what cannot be read is not there.
 */
final class WheelListing {

  /** Holds the end records and the directory of a wheel of about a thousand files. */
  static final int FIRST = 128 << 10;

  /** A directory that is larger is not worth it. */
  static final int MOST = 8 << 20;

  private WheelListing() {}

  static Optional<WheelFiles> read(Path wheel) {
    try (FileChannel channel = FileChannel.open(wheel, StandardOpenOption.READ)) {
      ArchiveBytes archive = new ArchiveBytes(channel);
      return Optional.of(files(archive, ZipEnd.find(archive)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<WheelFiles> read(IntFunction<Optional<FileTail>> ask) {
    try {
      Optional<FileTail> tail = ask.apply(FIRST);
      if (tail.isEmpty()) {
        return Optional.empty();
      }
      ArchiveBytes archive = new ArchiveBytes(tail.get());
      ZipEnd end = ZipEnd.find(archive);
      long needed = archive.size() - end.offset();
      if (needed > MOST) {
        return Optional.empty();
      }
      if (end.offset() < tail.get().start()) {
        tail = ask.apply((int) needed);
        if (tail.isEmpty()) {
          return Optional.empty();
        }
        // found again: the file may be another one by now
        archive = new ArchiveBytes(tail.get());
        end = ZipEnd.find(archive);
      }
      return Optional.of(files(archive, end));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static WheelFiles files(ArchiveBytes archive, ZipEnd end) throws IOException {
    List<ZipMember> members = new ZipDirectory(archive).read(end, WheelLimits.DEFAULT);
    return WheelFiles.of(
        members.stream().filter(member -> !member.isFolder()).map(ZipMember::name).toList());
  }
}
