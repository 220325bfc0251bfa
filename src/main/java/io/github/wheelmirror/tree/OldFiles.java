package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Files that are used one by one, each for a moment, and whose time is their last use. Their
 * folders stay.
 */
public final class OldFiles implements Store {

  private final String kind;
  private final Path folder;
  private final Predicate<String> names;

  /**
   * The files in a folder and those in its folders.
   *
   * @param names tells by its name whether a file is one of the kind; others are left alone
   */
  public OldFiles(String kind, Path folder, Predicate<String> names) {
    this.kind = kind;
    this.folder = folder;
    this.names = names;
  }

  @Override
  public Collected collect(Order order) {
    Amount removed = Amount.NONE;
    Amount kept = Amount.NONE;
    try {
      for (Path file : files()) {
        BasicFileAttributes facts;
        try {
          facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
          continue;
        }
        if (!facts.isRegularFile()) {
          continue;
        }
        if (order.covers(facts.lastModifiedTime().toInstant())) {
          removed = removed.plus(facts.size());
          if (!order.dryRun()) {
            Files.deleteIfExists(file);
          }
        } else {
          kept = kept.plus(facts.size());
        }
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    return new Collected(kind, removed, kept);
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        files.addAll(entries(entry));
      } else {
        files.add(entry);
      }
    }
    files.removeIf(file -> !names.test(String.valueOf(file.getFileName())));
    return files;
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return entries;
  }

  /** In the words of all that is collected. */
  public static MirrorException unusable(Path folder, IOException e) {
    return MirrorException.machinery(
        "what is unused in " + folder + " cannot be removed",
        IoWords.of(e),
        "make the folder writable for this user, or run the goal as the user whose cache it is",
        e);
  }
}
