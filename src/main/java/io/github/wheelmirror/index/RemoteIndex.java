package io.github.wheelmirror.index;

import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.Place.Role;
import java.net.URI;
import java.util.List;

/** An index on the web: a page for each project below its URL (PEP 503, 691). */
final class RemoteIndex implements Location {

  private final URI root;
  private final boolean trustUnhashed;
  private final PageReader pages;

  /**
   * Makes the location.
   *
   * @param root without credentials
   */
  RemoteIndex(URI root, boolean trustUnhashed, PageReader pages) {
    this.root = LinkResolver.asFolder(root);
    this.trustUnhashed = trustUnhashed;
    this.pages = pages;
  }

  @Override
  public String id() {
    return root.toString();
  }

  @Override
  public Role role() {
    return Role.INDEX;
  }

  @Override
  public Answer ask(ProjectName name) {
    URI page = URI.create(root + LinkResolver.encodedPath(name.value()).replace("/", "%2F") + "/");
    PageReader.Listing listing = pages.readProject(page, id());
    return listing.refused()
        ? Answer.REFUSED
        : new Answer(listing.exists(), List.of(), listing.files(), listing.ignored());
  }

  @Override
  public boolean trustUnhashed() {
    return trustUnhashed;
  }
}
