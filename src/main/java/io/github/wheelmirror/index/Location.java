package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.IgnoredFile;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.Place.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A place that pip looks for files in. */
interface Location {

  /** What {@link RemoteFile#index} says: a URL without credentials or {@code <kind>:<n>}. */
  String id();

  /** What tells the place itself from others: the {@link #id}, of a local folder its path. */
  default String place() {
    return id();
  }

  /** What an installer is told that it is; the first index, if it is one. */
  Role role();

  /** The same of what is listed on its pages, if that differs. */
  default Role pagesRole() {
    return role();
  }

  /**
   * What it has of the project.
   *
   * @throws MirrorException if that cannot be found out
   */
  Answer ask(ProjectName name);

  /** The local file that a portable URL of this location means; empty for a remote location. */
  default Optional<Path> local(String url) {
    return Optional.empty();
  }

  /** Whether files without a strong hash may be taken from here. */
  boolean trustUnhashed();

  /**
   * One location's part of a project page.
   *
   * @param exists whether it has the project
   * @param named files that were found by their names, not on a page
   * @param listed files of pages, in the page's order
   * @param refused whether its server refuses to say
   */
  record Answer(
      boolean exists,
      List<Named> named,
      List<RemoteFile> listed,
      List<IgnoredFile> ignored,
      boolean refused) {

    /** The server answers 403. */
    static final Answer REFUSED = new Answer(false, List.of(), List.of(), List.of(), true);

    Answer(boolean exists, List<Named> named, List<RemoteFile> listed, List<IgnoredFile> ignored) {
      this(exists, named, listed, ignored, false);
    }

    public Answer {
      named = List.copyOf(named);
      listed = List.copyOf(listed);
      ignored = List.copyOf(ignored);
    }
  }

  /** A file and the URL by which pip sorts it among those that were found by name. */
  record Named(String sortKey, RemoteFile file) {}
}
