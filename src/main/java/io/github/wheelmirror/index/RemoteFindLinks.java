package io.github.wheelmirror.index;

import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.Place.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A page on the web with files of many projects, read once, or a single file there. */
final class RemoteFindLinks implements Location {

  private final URI url;
  private final boolean trustUnhashed;
  private final Once<PageReader.Listing> listing;

  /**
   * Makes the location.
   *
   * @param url without credentials
   */
  RemoteFindLinks(URI url, boolean trustUnhashed, PageReader pages) {
    this.url = url;
    this.trustUnhashed = trustUnhashed;
    this.listing = new Once<>(() -> read(pages));
  }

  @Override
  public String id() {
    return SafeUrl.of(url);
  }

  @Override
  public Role role() {
    return Role.FIND_LINKS_PAGE;
  }

  @Override
  public Answer ask(ProjectName name) {
    PageReader.Listing all = listing.get();
    List<RemoteFile> files =
        all.files().stream().filter(file -> FileNames.belongs(file.filename(), name)).toList();
    if (isFile()) {
      List<Named> named = files.stream().map(file -> new Named(file.url(), file)).toList();
      return new Answer(!named.isEmpty(), named, List.of(), all.ignored());
    }
    return new Answer(!files.isEmpty(), List.of(), files, List.of());
  }

  @Override
  public boolean trustUnhashed() {
    return trustUnhashed;
  }

  private boolean isFile() {
    return PageFiles.isArchive(LinkResolver.lastPart(url));
  }

  private PageReader.Listing read(PageReader pages) {
    if (!isFile()) {
      return pages.read(url, id());
    }
    PageFiles files = new PageFiles(id(), link -> java.util.Optional.of(link.toString()));
    files.add(
        url, new PageEntry("", url.toString(), Map.of(), "", false, "", "", -1, Map.of(), false));
    return new PageReader.Listing(true, false, files.files(), files.ignored());
  }
}
