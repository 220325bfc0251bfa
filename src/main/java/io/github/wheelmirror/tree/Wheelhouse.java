package io.github.wheelmirror.tree;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.SharedLock;
import io.github.wheelmirror.build.BuiltWheels;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The local store of finished wheels, by content: {@code pool/} as in a published tree, so that
 * staging a release copies paths as they are; {@code files/<sha256>.json} says what each wheel is
 * and {@code builds/<key>.json} which build made it.
 *
 * <p>A file is inspected and hashed when it enters, and again only when its size or time is another
 * than then; one that is damaged is removed. Any number of threads and processes may use one store
 * at once: everything is written beside its place and moved there, and what is there already is
 * success. A file being written when the machine stops is never seen under a final name. What a run
 * marked as used stays for days, see {@link WheelCollection}.
 */
public final class Wheelhouse implements BuiltWheels {

  private final Path root;
  private final Pool pool;
  private final WheelNotes notes;
  private final WheelMarks marks;
  private final WheelhouseLock lock;
  private final WheelTrust trust;
  private final WheelIntake intake;

  /** The store in this folder, which need not exist yet; nobody is warned of damaged wheels. */
  public Wheelhouse(Path root) {
    this(root, warning -> {});
  }

  /**
   * The store in this folder, which need not exist yet.
   *
   * @param warnings gets a line for each wheel that was found damaged; from any thread
   */
  public Wheelhouse(Path root, Consumer<String> warnings) {
    this.root = Objects.requireNonNull(root);
    this.pool = new Pool(root);
    this.notes = new WheelNotes(root);
    this.marks = new WheelMarks(root.resolveSibling(root.getFileName() + "-uses"));
    this.lock = new WheelhouseLock(marks.lock());
    this.trust = new WheelTrust(root, pool, marks, lock, warnings);
    this.intake = new WheelIntake(root, pool, notes, marks, lock);
  }

  /** Its folder. */
  public Path root() {
    return root;
  }

  /** Adds a file under its own name; see {@link #add(Path, String, WheelSource)}. */
  public WheelFile add(Path file, WheelSource source) {
    return add(file, String.valueOf(file.getFileName()), source);
  }

  /**
   * Copies a wheel into the store, durably and read-only, with its metadata file beside it. The
   * given file stays as it is.
   *
   * @param filename the name it has in the store and on the mirror
   * @throws RefusedWheelException if the inspector finds an error or the digest is not the promised
   *     one
   * @throws MirrorException (machinery) if it cannot be read or written
   */
  public WheelFile add(Path file, String filename, WheelSource source) {
    return intake.copy(file, filename, source);
  }

  /**
   * As {@link #add(Path, String, WheelSource)}, but the file is moved into the store and not
   * copied.
   *
   * @param file was forced to the disk, and nobody else can change it; it is gone afterwards
   * @param sha256 of its bytes, as they were written
   */
  public WheelFile take(Path file, String sha256, String filename, WheelSource source) {
    return intake.move(file, sha256, filename, source);
  }

  /** Removes what killed runs of this host left half done; touches nothing else. */
  public void tidy() {
    try {
      for (String folder :
          List.of(
              TreeLayout.TEMPORARY,
              WheelNotes.FILES,
              WheelNotes.BUILDS,
              FailedBuilds.FOLDER,
              KeptHistory.FOLDER)) {
        pool.tidy(folder);
      }
      marks.tidy();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Notes which build made a wheel of the store. */
  public void recordBuild(String key, WheelFile wheel) {
    recordBuild(key, wheel.filename(), wheel.sha256());
  }

  /**
   * Notes which build made a wheel that is about to be added, so that a run that is killed in
   * between leaves no wheel whose build nobody knows.
   */
  public void recordBuild(String key, String filename, String sha256) {
    try {
      notes.recordBuild(key, filename, sha256);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public Optional<WheelFile> byKey(String buildKey) {
    try {
      return notes.byKey(buildKey).flatMap(record -> find(record.sha256(), record.filename()));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public List<WheelFile> finished() {
    return all().stream().filter(this::isComplete).toList();
  }

  /** An own build that a killed run did not record was never in a report: its name is free. */
  private boolean isComplete(WheelFile wheel) {
    return wheel.origin().buildKey().map(notes::hasBuild).orElse(true);
  }

  /** The wheel with this content and name, if the store has it whole. */
  public Optional<WheelFile> find(String sha256, String filename) {
    return byDigest(sha256).filter(wheel -> wheel.filename().equals(filename)).filter(this::holds);
  }

  /** Where the wheel is, if there is one: not looked at, for those who hash what they read. */
  public Optional<Path> path(WheelFile wheel) {
    return path(wheel.sha256(), wheel.filename());
  }

  /** As {@link #path(WheelFile)}. */
  public Optional<Path> path(String sha256, String filename) {
    return pool.existing(TreeLayout.wheel(sha256, filename));
  }

  /** The wheel's metadata file (PEP 658), if the store has it. */
  public Optional<Path> metadata(String sha256, String filename) {
    return pool.existing(TreeLayout.metadata(sha256, filename));
  }

  /** Every wheel that the store has, by file name and digest. */
  public List<WheelFile> all() {
    try {
      return notes.digests().parallelStream()
          .flatMap(sha256 -> byDigest(sha256).stream())
          .filter(this::holds)
          .sorted(WheelFile.ORDER)
          .toList();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Marks wheels as needed by a run from now on; returns those that the store has whole. */
  public List<WheelFile> use(Collection<WheelFile> wheels, Instant now) {
    List<WheelFile> there = wheels.stream().filter(this::holds).toList();
    try {
      boolean fresh = true;
      for (WheelFile wheel : there) {
        fresh &= marks.isFresh(wheel.sha256(), now);
      }
      return fresh ? there : marked(there, now);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private List<WheelFile> marked(List<WheelFile> wheels, Instant now) throws IOException {
    List<WheelFile> marked = new ArrayList<>();
    try (SharedLock shared = lock.shared()) {
      Objects.requireNonNull(shared);
      for (WheelFile wheel : wheels) {
        // not removed since it was looked at
        if (pool.facts(wheel).isPresent()) {
          marks.use(wheel.sha256(), now);
          marked.add(wheel);
        }
      }
    }
    return marked;
  }

  /** The files that tell whether the store has the wheel whole, and which build made it. */
  public List<Path> witnesses(WheelFile wheel) {
    List<Path> files = new ArrayList<>();
    files.add(root.resolve(TreeLayout.wheel(wheel.sha256(), wheel.filename())));
    files.add(marks.mark(wheel.sha256()));
    wheel.origin().buildKey().ifPresent(key -> files.add(notes.build(key)));
    return files;
  }

  /** Up to when a wheel that is used again needs no new mark. */
  public Instant usedUntil(WheelFile wheel, Instant now) {
    try {
      return marks.used(wheel.sha256()).map(used -> used.plus(WheelMarks.AGAIN)).orElse(now);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Marks again what was added or marked here and is still there, for runs that last for days. */
  public void useAgain(Instant now) {
    try (SharedLock shared = lock.shared()) {
      Objects.requireNonNull(shared);
      marks.useAgain(now);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Whether the store has the wheel whole; one that is damaged is removed. */
  public boolean holds(WheelFile wheel) {
    try {
      return trust.holds(wheel);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Has the wheel hashed when it is next asked for. */
  public void doubt(String sha256) {
    try {
      marks.record(sha256, "");
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Forgets wheels that must not be used again, whatever uses them; nothing happens to those that
   * are not here.
   */
  public void takeOut(Collection<String> digests) {
    try {
      for (String sha256 : digests) {
        if (Files.exists(notes.file(sha256)) || !pool.files(sha256).isEmpty()) {
          try (ExclusiveLock alone = lock.alone()) {
            Objects.requireNonNull(alone);
            remove(sha256);
          }
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The wheel first: without it the rest says nothing, and is collected another time. */
  void remove(String sha256) throws IOException {
    pool.remove(sha256);
    notes.forget(sha256);
    marks.forget(sha256);
  }

  private Optional<WheelFile> byDigest(String sha256) {
    try {
      return notes.byDigest(sha256);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  Pool pool() {
    return pool;
  }

  WheelNotes notes() {
    return notes;
  }

  WheelMarks marks() {
    return marks;
  }

  ExclusiveLock alone() throws IOException {
    return lock.alone();
  }

  MirrorException unusable(IOException e) {
    return MirrorException.machinery(
        "the wheelhouse " + root + " cannot be used",
        IoWords.of(e),
        "check that the folder can be read and written and has space left",
        e);
  }
}
