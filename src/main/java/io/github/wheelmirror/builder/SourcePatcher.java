package io.github.wheelmirror.builder;

import io.github.wheelmirror.build.SourcePatch;
import io.github.wheelmirror.build.UnifiedDiff.FileDiff;
import io.github.wheelmirror.build.UnifiedDiff.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/** Applies patches to an unpacked sdist, to plain files inside of it and to nothing else. */
final class SourcePatcher {

  /** Sources that people patch are smaller; it is held in memory. */
  private static final long MAX_BYTES = 16 << 20;

  private static final int MAX_LINES = 1_000_000;

  private final Path top;
  private final Instant time;

  /**
   * A patcher.
   *
   * @param time what a patched file's time is, unless it was later: tools that compare times see
   *     that it changed, and see the same each time
   */
  SourcePatcher(Path top, Instant time) {
    this.top = top;
    this.time = time;
  }

  /**
   * Applies one.
   *
   * @throws PatchMisfitException if it does not fit; the tree may be changed in part then
   */
  void apply(SourcePatch patch) throws IOException, PatchMisfitException {
    for (FileDiff file : patch.diff().files()) {
      try {
        apply(file);
      } catch (MisfitException e) {
        throw new PatchMisfitException(
            "patch " + patch.name() + " does not apply to " + file.path() + ": " + e.getMessage());
      }
    }
  }

  private void apply(FileDiff diff) throws IOException, MisfitException {
    Path file = place(diff.path());
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    boolean comes = diff.kind() == Kind.CREATE || (!there && PatchedLines.canBegin(diff.hunks()));
    if (comes && there) {
      throw new MisfitException("it makes the file, which is there already");
    }
    if (!comes && !there) {
      throw new MisfitException("the source has no such file");
    }
    PatchedLines lines = new PatchedLines(comes ? List.of() : PatchedLines.split(read(file)));
    List<String> patched = lines.patched(diff.hunks());
    if (diff.kind() == Kind.DELETE) {
      if (!patched.isEmpty()) {
        throw new MisfitException("it deletes the file, which has more lines than it says");
      }
      Files.delete(file);
      return;
    }
    if (comes) {
      makeFolders(diff.path());
      Files.createFile(file);
      permit(file, diff.executable().orElse(false));
    } else if (diff.executable().isPresent()) {
      permit(file, diff.executable().get());
    }
    write(file, String.join("", patched), comes);
  }

  private Path place(String path) throws MisfitException {
    Path place = top;
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      try {
        place = place.resolve(parts[i]);
      } catch (InvalidPathException e) {
        throw new MisfitException(
            "a name that this JVM cannot write; start Maven with LC_ALL=C.UTF-8");
      }
      boolean last = i == parts.length - 1;
      boolean fits =
          last
              ? Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
              : Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
      if (!fits && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        throw new MisfitException(
            "'" + top.relativize(place) + "' is " + (last ? "no plain file" : "no plain folder"));
      }
    }
    return place;
  }

  private static String read(Path file) throws IOException, MisfitException {
    if (Files.size(file) > MAX_BYTES) {
      throw new MisfitException("the file is bigger than " + (MAX_BYTES >> 20) + " MiB");
    }
    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    if (content.chars().filter(c -> c == '\n').count() > MAX_LINES) {
      throw new MisfitException("the file has more than " + MAX_LINES + " lines");
    }
    return content;
  }

  /** Those above the file. */
  private void makeFolders(String path) throws IOException {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      Path folder = top.resolve(path.substring(0, slash));
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder);
        permit(folder, true);
      }
    }
  }

  private static void permit(Path file, boolean executable) throws IOException {
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private void write(Path file, String content, boolean comes) throws IOException {
    FileTime before = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    try (OutputStream out =
        Files.newOutputStream(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS)) {
      out.write(content.getBytes(StandardCharsets.ISO_8859_1));
    }
    FileTime now = FileTime.from(time);
    Files.setLastModifiedTime(file, comes || before.compareTo(now) < 0 ? now : before);
  }

  /** Why a patch does not fit a file, without the names of both. */
  static final class MisfitException extends Exception {
    MisfitException(String reason) {
      super(reason);
    }
  }
}
