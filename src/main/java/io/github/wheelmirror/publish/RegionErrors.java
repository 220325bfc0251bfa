package io.github.wheelmirror.publish;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;

/** Turns what a region's file system says into the house error. */
final class RegionErrors {

  private RegionErrors() {}

  /**
   * The house error for a failure of the file system.
   *
   * @param what what could not be done, naming the region
   */
  static MirrorException of(String what, IOException e) {
    return MirrorException.machinery(what, why(e), fix(e), e);
  }

  private static String why(IOException e) {
    if (e instanceof FileSystemException f) {
      String file = f.getFile() == null ? "a file of the region" : IoWords.files(f);
      return file + ": " + reason(f);
    }
    return Objects.requireNonNullElse(e.getMessage(), e.toString());
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (IoWords.leadsToNothing(e)) {
      return IoWords.LEADS_TO_NOTHING;
    }
    if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return "something that is not a folder is in the way";
    }
    return Objects.requireNonNullElse(e.getReason(), e.getClass().getSimpleName());
  }

  private static String fix(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota")) {
      return "make room on that file system or give the region another folder, then run the goal"
          + " again; clients see a complete release meanwhile";
    }
    if (text.contains("read-only file system")) {
      return "mount it writable or give the region another folder, then run the goal again";
    }
    if (e instanceof AccessDeniedException) {
      return "let the user who runs Maven write there, then run the goal again";
    }
    if (text.contains("no locks available") || text.contains("function not implemented")) {
      return "this file system gives no file locks: mount it with locking";
    }
    return "see whether the region's folder is a writable folder of a healthy file system, then run"
        + " the goal again";
  }
}
