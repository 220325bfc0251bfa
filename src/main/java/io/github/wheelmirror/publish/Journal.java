package io.github.wheelmirror.publish;

import io.github.wheelmirror.FileFact;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The region's journal: one JSON line per fact, each on the disk before the step that it announces.
 *
 * <p>A line counts once its line end is written, so a torn last line says nothing; the next line
 * replaces it.
 */
final class Journal {
  private final Path file;
  private final String name;
  private final RegionLocks locks;

  /** A flip needs the lines several times, and in between only it writes some. */
  private Read read = Read.NOTHING;

  /**
   * The lines that were read last.
   *
   * @param fact of the file that they were read from; {@code ""} if they are to be read again
   */
  private record Read(String fact, List<JournalEntry> entries) {
    static final Read NOTHING = new Read("", List.of());
  }

  /**
   * @param root the region's root
   * @param name the journal as a path of the tree; its lock lies beside it
   */
  Journal(Path root, String name, RegionLocks locks) {
    this.file = root.resolve(name);
    this.name = name;
    this.locks = locks;
  }

  /** All lines so far; none without a journal. */
  synchronized List<JournalEntry> entries() throws IOException {
    String fact = FileFact.of(file);
    if (!fact.equals(read.fact())) {
      read = read(fact);
    }
    return read.entries();
  }

  private Read read(String fact) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Read.NOTHING;
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // of a folder, and of a disk that fails while it reads, Java does not say which file it was
      throw new FileSystemException(file.toString(), null, e.getMessage());
    }
    List<JournalEntry> entries = new ArrayList<>();
    int start = 0;
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        entries.add(entry(bytes, start, end, entries.size() + 1));
        start = end + 1;
      }
    }
    // a torn line may be replaced by one that is as long
    boolean torn = start < bytes.length || !FileFact.isThere(fact);
    return new Read(torn ? "" : fact, List.copyOf(entries));
  }

  private JournalEntry entry(byte[] bytes, int start, int end, int line) {
    String where = file + " line " + line;
    byte[] text = Arrays.copyOfRange(bytes, start, end);
    try {
      return Json.read(text, JournalEntry.class, where);
    } catch (MirrorException e) {
      throw MirrorException.machinery(
          "the journal of a region is damaged",
          where + ": " + e.why(),
          "restore the file, or take that line out if you know what it said; what clients see is not"
              + " affected",
          e);
    }
  }

  /** Adds the line and waits until it is on the disk. */
  void append(JournalEntry entry) throws IOException {
    append(known -> Optional.of(entry));
  }

  /**
   * Adds the line that is made from all lines so far, without another process adding one between.
   *
   * @return the line
   */
  @SuppressWarnings("try") // the lock is held, not used
  Optional<JournalEntry> append(Function<List<JournalEntry>, Optional<JournalEntry>> next)
      throws IOException {
    try (RegionLocks.Held held = locks.exclusive(name)) {
      List<JournalEntry> known = entries();
      Optional<JournalEntry> entry = next.apply(known);
      if (entry.isPresent()) {
        write((Json.line(entry.get()) + "\n").getBytes(StandardCharsets.UTF_8));
        wrote(known, entry.get());
      }
      return entry;
    }
  }

  private synchronized void wrote(List<JournalEntry> known, JournalEntry entry) {
    List<JournalEntry> entries = new ArrayList<>(known);
    entries.add(entry);
    read = new Read(FileFact.of(file), List.copyOf(entries));
  }

  private void write(byte[] line) throws IOException {
    boolean isNew = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = whole(channel);
      // a torn line was never acknowledged: nothing was done on its word
      channel.truncate(end);
      try {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        long at = end;
        while (buffer.hasRemaining()) {
          at += channel.write(buffer, at);
        }
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    }
    if (isNew) {
      SyncBatch.force(List.of(file.toAbsolutePath().getParent()));
    }
  }

  /** Where the last whole line ends. */
  private static long whole(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (long at = channel.size(); at > 0; at--) {
      one.clear();
      if (channel.read(one, at - 1) == 1 && one.get(0) == '\n') {
        return at;
      }
    }
    return 0;
  }

  /** The flips of the channel, oldest first, whether they happened or not. */
  static List<JournalEntry> flips(List<JournalEntry> entries, String slug) {
    return entries.stream()
        .filter(e -> e.operation() == JournalEntry.Operation.FLIP && e.slug().equals(slug))
        .toList();
  }

  /** The channel's last flip if no line says how it ended. */
  static Optional<JournalEntry> open(List<JournalEntry> entries, String slug) {
    Optional<JournalEntry> open = Optional.empty();
    for (JournalEntry entry : entries) {
      if (entry.slug().equals(slug)) {
        open =
            entry.operation() == JournalEntry.Operation.FLIP
                ? Optional.of(entry)
                : Optional.empty();
      }
    }
    return open;
  }
}
