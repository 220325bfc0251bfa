package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.ProjectName;

/** A tool's rule for reading the names of a project's files; equal rules read alike. */
sealed interface FileNames permits PipFileNames, UvFileNames {

  /** What the name says; total, for pages list anything. */
  FileName read(String filename, ProjectName project);
}
