package io.github.wheelmirror.disk;

import io.github.wheelmirror.disk.Operation.Kind;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder seen through a file system that numbers every change, can refuse it or end the process
 * there, and knows what a loss of power would leave.
 *
 * <p>Changes happen one after another. They reach the real folder at once, but nothing is really
 * forced to the disk: this machine does not lose its power.
 */
public final class FaultyDisk {
  /** How a killed process ends. */
  public static final int DIED = 137;

  private final FaultyFileSystem files;
  private final Path base;
  private final DurableImage image;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Operation> refused = new ArrayList<>();
  private Fault fault;

  /**
   * @param base an existing folder
   * @param fault what it does
   */
  public FaultyDisk(Path base, Fault fault) throws IOException {
    this.base = base.toRealPath();
    this.fault = fault;
    this.image = new DurableImage(this.base);
    this.files = new FaultyFileSystem(this, FileSystems.getDefault());
  }

  /** A path on this disk. */
  public Path at(String path) {
    return files.wrap(base.resolve(path));
  }

  FileSystem files() {
    return files;
  }

  /** All changes that happened or were refused so far. */
  public synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** Those that were refused. */
  public synchronized List<Operation> refused() {
    return List.copyOf(refused);
  }

  /** From now on it behaves like this; numbers go on. */
  public synchronized void behave(Fault next) {
    fault = next;
  }

  /** What a loss of power at this moment leaves. */
  public synchronized void losePower() throws IOException {
    image.losePower();
  }

  /** Part of a change. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws IOException;
  }

  /** Tells the image. */
  @FunctionalInterface
  interface Told {
    void to(DurableImage image) throws IOException;
  }

  /**
   * A change.
   *
   * @param half what is done of it if it is torn
   */
  synchronized <T> T change(Kind kind, Path path, int bytes, Step<T> whole, Step<T> half, Told told)
      throws IOException {
    boolean mine = path.startsWith(base);
    if (mine) {
      Operation operation = new Operation(operations.size() + 1L, kind, path, bytes);
      operations.add(operation);
      switch (outcome(operation)) {
        case DONE -> {}
        case KILLED -> die();
        case TORN -> {
          half.run();
          die();
        }
        case POWER_LOST -> {
          image.losePower();
          die();
        }
        case BYTES_LOST -> {
          image.loseBytes();
          die();
        }
      }
    }
    T result = whole.run();
    if (mine) {
      told.to(image);
    }
    return result;
  }

  <T> T change(Kind kind, Path path, Step<T> whole, Told told) throws IOException {
    return change(kind, path, 0, whole, () -> null, told);
  }

  private Fault.Outcome outcome(Operation operation) throws FileSystemException {
    try {
      return fault.on(operation);
    } catch (FileSystemException e) {
      refused.add(operation);
      throw e;
    }
  }

  private static void die() {
    Runtime.getRuntime().halt(DIED);
  }
}
