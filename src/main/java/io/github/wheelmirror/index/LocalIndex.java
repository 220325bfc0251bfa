package io.github.wheelmirror.index;

import io.github.wheelmirror.build.IgnoredFile;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.Place.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An index in a local folder: {@code <name>/index.html} for each project. */
final class LocalIndex implements Location {

  private final LocalFolder folder;

  LocalIndex(LocalFolder folder) {
    this.folder = folder;
  }

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
    return Role.INDEX;
  }

  @Override
  public Answer ask(ProjectName name) {
    Path page = folder.root().resolve(name.value().replace('/', '-')).resolve("index.html");
    folder.looksAt(page);
    if (!Files.exists(page)) {
      return new Answer(false, List.of(), List.of(), List.of());
    }
    PageFiles files = folder.page(page);
    List<IgnoredFile> ignored = new ArrayList<>(files.ignored());
    List<RemoteFile> measured = folder.measured(files.files(), ignored);
    return new Answer(true, List.of(), measured, ignored);
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
}
