package io.github.wheelmirror.build;

import io.github.wheelmirror.python.ProjectName;
import java.util.List;
import java.util.Objects;

/**
 * All files of one project, merged over all locations.
 *
 * @param files in the order in which pip collects candidates: local find-links files by descending
 *     URL, find-links pages, index-url, extra-index-urls
 * @param exists whether any location has the project, be it without a file
 * @param ignored entries of the pages that are no usable file, and why
 */
public record ProjectPage(
    ProjectName name, List<RemoteFile> files, boolean exists, List<IgnoredFile> ignored) {
  public ProjectPage {
    Objects.requireNonNull(name);
    files = List.copyOf(files);
    ignored = List.copyOf(ignored);
    if (!exists && !files.isEmpty()) {
      throw new IllegalArgumentException(name + " has files, so it exists");
    }
  }
}
