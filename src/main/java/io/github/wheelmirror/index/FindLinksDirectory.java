package io.github.wheelmirror.index;

import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.IgnoredFile;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.Place.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A local folder with files of many projects, listed once; a file is hashed when its project is
 * asked for. Its {@code *.html} files are pages. A single file stands for a folder that has no
 * other.
 */
final class FindLinksDirectory implements Location {

  private final LocalFolder folder;
  private final boolean isPage;
  private final Once<Content> content;

  /**
   * Makes the location.
   *
   * @param path the folder or single file
   * @param seen notes what is read of it
   */
  FindLinksDirectory(String id, Path path, Seen seen) {
    seen.file(path);
    boolean single = Files.isRegularFile(path);
    Path parent = path.toAbsolutePath().getParent();
    this.isPage = single && isHtml(path);
    this.folder = new LocalFolder(id, single && parent != null ? parent : path, seen);
    this.content = new Once<>(() -> list(single ? List.of(path) : entries()));
  }

  private record Content(List<Path> files, List<RemoteFile> listed) {}

  @Override
  public String id() {
    return folder.id();
  }

  @Override
  public String place() {
    return folder.root().toString();
  }

  @Override
  public Role role() {
    return isPage ? Role.FIND_LINKS_PAGE : Role.FIND_LINKS_DIRECTORY;
  }

  @Override
  public Role pagesRole() {
    return isPage ? Role.FIND_LINKS_PAGE : Role.FIND_LINKS_DIRECTORY_PAGES;
  }

  @Override
  public Answer ask(ProjectName name) {
    List<Named> named = new ArrayList<>();
    List<IgnoredFile> ignored = new ArrayList<>();
    for (Path file : content.get().files()) {
      String filename = String.valueOf(file.getFileName());
      if (!FileNames.belongsInFolder(filename, name)) {
        continue;
      }
      try {
        named.add(new Named(pipUrl(file), folder.file(file)));
      } catch (IOException e) {
        throw LocalFolder.unreadable(id() + "/" + filename, e);
      } catch (IllegalArgumentException e) {
        ignored.add(new IgnoredFile(Printable.of(filename), String.valueOf(e.getMessage())));
      }
    }
    List<RemoteFile> listed =
        content.get().listed().stream()
            .filter(file -> FileNames.belongs(file.filename(), name))
            .toList();
    List<RemoteFile> measured = folder.measured(listed, ignored);
    return new Answer(!named.isEmpty() || !measured.isEmpty(), named, measured, ignored);
  }

  @Override
  public Optional<Path> local(String url) {
    return folder.local(url);
  }

  /** Local files are hashed when they are read. */
  @Override
  public boolean trustUnhashed() {
    return false;
  }

  private List<Path> entries() {
    folder.looksAt(folder.root());
    try (Stream<Path> entries = Files.list(folder.root())) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw LocalFolder.unreadable("the find-links folder " + folder.root(), e);
    }
  }

  private Content list(List<Path> entries) {
    List<Path> files = new ArrayList<>();
    List<RemoteFile> listed = new ArrayList<>();
    for (Path entry : entries) {
      if (isHtml(entry)) {
        listed.addAll(folder.page(entry).files());
      } else if (Files.isRegularFile(entry)) {
        files.add(entry);
      } else {
        // a link may lead to a file later
        folder.looksAt(entry);
      }
    }
    return new Content(files, listed);
  }

  private static boolean isHtml(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.endsWith(".html") || name.endsWith(".htm");
  }

  private static String pipUrl(Path file) {
    return "file://" + LinkResolver.encodedPath(file.toAbsolutePath().toString());
  }
}
