package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WrongFileException;
import io.github.wheelmirror.tree.RefusedWheelException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** What an exception says about the one download or build that it ended. */
final class ItemFailures {

  private ItemFailures() {}

  /**
   * The failure as a result.
   *
   * @param otherwise its class when the exception itself does not tell
   * @param log the build's log, {@code ""} for none
   */
  static WorkResult.Failed of(MirrorException e, FailureClass otherwise, String log) {
    return new WorkResult.Failed(
        new Diagnosis(classOf(e, otherwise), e.what(), e.why(), e.fix()), log);
  }

  /** The failure of a local disk as a result. */
  static WorkResult.Failed of(IOException e, String what, String fix, String log) {
    return new WorkResult.Failed(
        new Diagnosis(FailureClass.DISK_FULL, what, IoWords.of(e), fix), log);
  }

  private static FailureClass classOf(MirrorException e, FailureClass otherwise) {
    if (e instanceof RefusedWheelException) {
      return otherwise == FailureClass.DOWNLOAD
          ? FailureClass.REFUSED_WHEEL
          : FailureClass.BAD_WHEEL;
    }
    if (e instanceof WrongFileException) {
      return FailureClass.WRONG_HASH;
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof FileSystemException
          || (cause instanceof IOException io && IoWords.tellsFullDisk(io))) {
        return FailureClass.DISK_FULL;
      }
    }
    return otherwise;
  }
}
