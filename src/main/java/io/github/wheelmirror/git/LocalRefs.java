package io.github.wheelmirror.git;

import io.github.wheelmirror.Seen;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The files of a repository on this machine that hold its refs (gitrepository-layout). */
final class LocalRefs {

  /** More loose refs are not worth a look at each. */
  private static final int MOST = 5000;

  private LocalRefs() {}

  /** Notes them, or a doubt where the refs are kept in another way. */
  static void note(Path place, Seen seen) {
    if (Files.isRegularFile(place)) {
      seen.file(place);
      return;
    }
    Path inside = place.resolve(".git");
    seen.file(inside);
    Path repository = Files.isDirectory(inside) ? inside : place;
    boolean usual =
        !Files.isRegularFile(inside)
            && Files.isRegularFile(repository.resolve("HEAD"))
            && Files.isDirectory(repository.resolve("refs"))
            && !Files.exists(repository.resolve("commondir"))
            && !Files.exists(repository.resolve("reftable"));
    if (!usual) {
      seen.doubt(place + " keeps its refs in another way");
      return;
    }
    List<Path> files =
        new ArrayList<>(
            List.of(
                repository.resolve("HEAD"),
                repository.resolve("config"),
                repository.resolve("commondir"),
                repository.resolve("reftable"),
                repository.resolve("packed-refs")));
    try {
      files.addAll(loose(repository.resolve("refs")));
    } catch (IOException e) {
      seen.doubt(place + " changes while it is read");
      return;
    }
    if (files.size() > MOST) {
      seen.doubt(place + " has very many loose refs");
    } else {
      seen.files(files);
    }
  }

  private static List<Path> loose(Path refs) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        refs,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
            files.add(folder);
            return files.size() > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            files.add(file);
            return files.size() > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
