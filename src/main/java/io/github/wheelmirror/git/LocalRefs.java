package io.github.wheelmirror.git;

import io.github.wheelmirror.Seen;
import io.github.wheelmirror.constraints.GitRef;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;

/** The files of a repository on this machine that hold its refs (gitrepository-layout). */
final class LocalRefs {

  /** More loose refs are not worth a look at each. */
  private static final int MOST = 5000;

  private static final List<String> FOLDERS = List.of("refs/heads", "refs/tags", "refs/remotes");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** Stands in a {@link Path}'s text for bytes outside of Java's character set. */
  private static final String UNREADABLE = "\uFFFD";

  private LocalRefs() {}

  /**
   * The loose refs that JGit passes over: it asks for files by text, and there is no text for a
   * name outside of the character set that Java was started with ({@code LANG=C}). An annotated tag
   * has the name of its own object here.
   *
   * @throws IOException if they change while they are read
   */
  static List<GitRef> passedOver(Path place) throws IOException {
    Path repository = repository(place);
    int start = repository.toUri().getPath().length();
    List<GitRef> refs = new ArrayList<>();
    for (String folder : FOLDERS) {
      for (Path file : loose(repository.resolve(folder))) {
        if (repository.relativize(file).toString().contains(UNREADABLE)
            && Files.isRegularFile(file)) {
          // a URI has the bytes themselves, and Git's names are UTF-8
          String name = file.toUri().getPath().substring(start);
          String content = Files.readString(file).strip();
          if (Repository.isValidRefName(name) && COMMIT.matcher(content).matches()) {
            refs.add(new GitRef(name, content));
          }
        }
      }
    }
    return refs;
  }

  private static Path repository(Path place) {
    Path inside = place.resolve(".git");
    return Files.isDirectory(inside) ? inside : place;
  }

  /** Notes them, or a doubt where the refs are kept in another way. */
  static void note(Path place, Seen seen) {
    if (Files.isRegularFile(place)) {
      seen.file(place);
      return;
    }
    Path inside = place.resolve(".git");
    seen.file(inside);
    Path repository = repository(place);
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
    if (!Files.isDirectory(refs)) {
      return files;
    }
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
