package io.github.wheelmirror.index;

import io.github.wheelmirror.python.ProjectName;
import java.util.List;

/** Whether a file belongs to a project by its name, as pip decides it. */
final class FileNames {

  private static final String WHEEL = ".whl";
  private static final List<String> FOLDER_SDISTS = List.of(".tar.gz", ".zip");

  private FileNames() {}

  /** On a page: a wheel's first part, or what stands before any dash of a source archive. */
  static boolean belongs(String filename, ProjectName project) {
    if (filename.endsWith(WHEEL)) {
      return isWheelOf(filename, project);
    }
    for (int dash = filename.indexOf('-'); dash > 0; dash = filename.indexOf('-', dash + 1)) {
      if (ProjectName.normalize(filename.substring(0, dash)).equals(project.value())) {
        return true;
      }
    }
    return false;
  }

  /** In a find-links folder: wheels, {@code .tar.gz} and {@code .zip}, split at the last dash. */
  static boolean belongsInFolder(String filename, ProjectName project) {
    if (filename.endsWith(WHEEL)) {
      return isWheelOf(filename, project);
    }
    int dash = filename.lastIndexOf('-');
    return dash > 0
        && FOLDER_SDISTS.stream().anyMatch(filename::endsWith)
        && ProjectName.normalize(filename.substring(0, dash)).equals(project.value());
  }

  private static boolean isWheelOf(String filename, ProjectName project) {
    int dash = filename.indexOf('-');
    return dash > 0 && ProjectName.normalize(filename.substring(0, dash)).equals(project.value());
  }
}
