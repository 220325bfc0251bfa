package io.github.wheelmirror.index;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.IgnoredFile;
import io.github.wheelmirror.build.RemoteFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files and pages below a local folder, named so that another machine's folder can stand in. */
final class LocalFolder {

  private final String id;
  private final Path root;
  private final Seen seen;

  /**
   * Makes the folder.
   *
   * @param id {@code find-links:<n>} or {@code index:<n>}
   * @param seen notes what is read of it
   */
  LocalFolder(String id, Path root, Seen seen) {
    this.id = id;
    this.seen = seen;
    this.root = root.toAbsolutePath().normalize();
  }

  String id() {
    return id;
  }

  Path root() {
    return root;
  }

  /** The file that a URL made by {@link #file} means; empty for another location's. */
  Optional<Path> local(String url) {
    return url.startsWith(id + "/")
        ? Optional.of(root.resolve(url.substring(id.length() + 1)).normalize())
        : Optional.empty();
  }

  /** The file with its hash and size, read now. */
  RemoteFile file(Path path) throws IOException {
    seen.file(path);
    return new RemoteFile(
            String.valueOf(path.getFileName()),
            portable(path),
            Map.of(),
            "",
            false,
            "",
            "",
            -1,
            Map.of(),
            false,
            id)
        .measured(hashes(path), Files.size(path));
  }

  /**
   * The entries of an HTML page; its links may lead to local files and to the web.
   *
   * @param page an existing file
   */
  PageFiles page(Path page) {
    seen.file(page);
    PageFiles files = new PageFiles(id, this::link);
    try {
      HtmlProjectPage.read(Files.readAllBytes(page), "text/html", page.toUri(), files);
    } catch (IOException e) {
      throw unreadable(portable(page), e);
    }
    return files;
  }

  /**
   * The files with hashes; local ones that a page tells no hash of are read, missing ones noted.
   */
  List<RemoteFile> measured(List<RemoteFile> files, List<IgnoredFile> missing) {
    List<RemoteFile> measured = new ArrayList<>();
    for (RemoteFile file : files) {
      Optional<Path> path = local(file.url());
      try {
        boolean known = path.isEmpty() || !file.hashes().isEmpty();
        if (!known) {
          seen.file(path.get());
        }
        measured.add(known ? file : file.measured(hashes(path.get()), Files.size(path.get())));
      } catch (NoSuchFileException e) {
        missing.add(new IgnoredFile(file.filename(), "the page links to it, but it is missing"));
      } catch (IOException e) {
        throw unreadable(file.url(), e);
      }
    }
    return measured;
  }

  /** Something of it is about to be listed or looked for. */
  void looksAt(Path path) {
    seen.file(path);
  }

  static MirrorException unreadable(String what, IOException e) {
    return MirrorException.machinery(
        what + " cannot be read", IoWords.of(e), "make it readable for this user", e);
  }

  private static Map<String, String> hashes(Path path) throws IOException {
    return Hashes.of(path, List.of()).finish();
  }

  private Optional<String> link(URI link) {
    if (!"file".equalsIgnoreCase(link.getScheme())) {
      boolean web = link.getHost() != null && String.valueOf(link.getScheme()).matches("https?");
      return web ? Optional.of(link.toString()) : Optional.empty();
    }
    try {
      return Optional.of(portable(Path.of(URI.create("file://" + link.getRawPath()))));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  private String portable(Path path) {
    return id + "/" + root.relativize(path.toAbsolutePath().normalize());
  }
}
