package io.github.wheelmirror;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Why a file operation failed, for a person: Java says some of it by the class of the exception.
 */
public final class IoWords {

  /** Of a link, for a person. */
  public static final String LEADS_TO_NOTHING =
      "it is a symbolic link and what it leads to is not there; is a disk not mounted?";

  private IoWords() {}

  /** Whether a symbolic link without anything behind it stands where a folder should be. */
  public static boolean leadsToNothing(FileSystemException failure) {
    boolean inTheWay =
        failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException;
    Path file = Path.of(String.valueOf(failure.getFile()));
    return inTheWay && Files.isSymbolicLink(file) && !Files.exists(file);
  }

  /** The file, if one is known, and the reason. */
  public static String of(IOException failure) {
    if (failure instanceof FileSystemException f) {
      return f.getFile() == null ? reason(f) : files(f) + ": " + reason(f);
    }
    if (failure instanceof UnknownHostException) {
      return "no host is called " + failure.getMessage();
    }
    if (failure instanceof ConnectException && failure.getMessage() == null) {
      return hasUnknownHost(failure) ? "no host has this name" : "nothing answers at this address";
    }
    return failure.getMessage() == null ? unknown(failure) : failure.getMessage();
  }

  /** Both of a move or a link, of which either may be at fault. */
  public static String files(FileSystemException failure) {
    return failure.getOtherFile() == null
        ? String.valueOf(failure.getFile())
        : failure.getFile() + " to " + failure.getOtherFile();
  }

  /** Whether the disk is full: writing to an open file gives only the operating system's words. */
  public static boolean tellsFullDisk(IOException failure) {
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return words.contains("no space left") || words.contains("quota exceeded");
  }

  /** The HTTP client of the JDK hides it below a failure without words. */
  private static boolean hasUnknownHost(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private static String unknown(Throwable failure) {
    return "no reason is given (" + failure.getClass().getSimpleName() + ")";
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (leadsToNothing(failure)) {
      return LEADS_TO_NOTHING;
    }
    if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
      return "something else is in the way";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    return failure.getReason() == null ? unknown(failure) : failure.getReason();
  }
}
