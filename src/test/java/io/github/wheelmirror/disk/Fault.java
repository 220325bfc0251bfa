package io.github.wheelmirror.disk;

import io.github.wheelmirror.disk.Operation.Kind;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What a disk does when it is told to change; {@link #NONE} for a healthy one. */
@FunctionalInterface
public interface Fault {

  /** A healthy disk. */
  Fault NONE = operation -> Outcome.DONE;

  /** Decides on one change; an exception refuses it. */
  Outcome on(Operation operation) throws FileSystemException;

  /** What becomes of a change that is not refused. */
  enum Outcome {
    /** It happens. */
    DONE,
    /** The process ends before it. */
    KILLED,
    /** Half of the bytes are written, then the process ends. */
    TORN,
    /** The power goes before it: nothing that was not forced survives, neither names nor bytes. */
    POWER_LOST,
    /**
     * The power goes before it: names survive as a journalling file system keeps them, but bytes
     * that were not forced are zeros.
     */
    BYTES_LOST
  }

  /** At the change with that number. */
  static Fault at(long number, Outcome outcome) {
    return operation -> operation.number() == number ? outcome : Outcome.DONE;
  }

  /** That one change fails, all others work. */
  static Fault onceAt(long number, String reason) {
    return operation -> {
      if (operation.number() == number) {
        throw refusal(operation.path(), reason);
      }
      return Outcome.DONE;
    };
  }

  /** From that change on the disk has no room left; what needs none still works. */
  static Fault fullFrom(long number) {
    return operation -> {
      if (operation.number() >= number && operation.kind().grows()) {
        throw refusal(operation.path(), "No space left on device");
      }
      return Outcome.DONE;
    };
  }

  /** From that change on nothing can be changed. */
  static Fault readOnlyFrom(long number) {
    return operation -> {
      // what is open and written already may still be forced
      if (operation.number() >= number && operation.kind() != Kind.FORCE) {
        throw refusal(operation.path(), "Read-only file system");
      }
      return Outcome.DONE;
    };
  }

  /** From that change on nothing happens any more, as if the process had been killed. */
  static Fault deadFrom(long number) {
    return operation -> {
      if (operation.number() >= number) {
        throw refusal(operation.path(), "Input/output error");
      }
      return Outcome.DONE;
    };
  }

  private static FileSystemException refusal(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }
}
