package io.github.wheelmirror;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Why a file operation failed, for a person: Java says some of it by the class of the exception.
 */
public final class IoWords {

  private IoWords() {}

  /** The file, if one is known, and the reason. */
  public static String of(IOException failure) {
    if (failure instanceof FileSystemException f) {
      return f.getFile() == null ? reason(f) : f.getFile() + ": " + reason(f);
    }
    return failure.getMessage() == null
        ? "no reason is given (" + failure.getClass().getSimpleName() + ")"
        : failure.getMessage();
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
      return "something else is in the way";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    return failure.getReason() == null
        ? "no reason is given (" + failure.getClass().getSimpleName() + ")"
        : failure.getReason();
  }
}
