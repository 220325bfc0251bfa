package io.github.wheelmirror.tree;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.BuiltWheels;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The local store of finished wheels, by content: {@code pool/} as in a published tree, so that
 * staging a release copies paths as they are; {@code files/<sha256>.json} says what each wheel is
 * and {@code builds/<key>.json} which build made it.
 *
 * <p>A file is inspected and hashed when it enters. Any number of threads and processes may use one
 * store at once: everything is written beside its place and moved there, and what is there already
 * is success. A file being written when the machine stops is never seen under a final name.
 */
public final class Wheelhouse implements BuiltWheels {

  private static final String FILES = "files";
  private static final String BUILDS = "builds";
  private static final String JSON = ".json";

  private final Path root;
  private final Pool pool;
  private final WheelInspector inspector;
  private final Map<String, WheelFile> known = new ConcurrentHashMap<>();

  /** What {@code builds/<key>.json} holds. */
  record BuildRecord(String key, String filename, String sha256) {
    BuildRecord {
      Require.digest(key, "a build key");
      TreeLayout.wheel(sha256, filename);
    }
  }

  /** The store in this folder, which need not exist yet. */
  public Wheelhouse(Path root) {
    this(root, new WheelInspector());
  }

  /** The store in this folder, with another inspector. */
  public Wheelhouse(Path root, WheelInspector inspector) {
    this.root = Objects.requireNonNull(root);
    this.pool = new Pool(root);
    this.inspector = Objects.requireNonNull(inspector);
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
    try {
      return pool.receive(
          file,
          (copy, sha256) -> {
            if (!source.sha256().isEmpty() && !source.sha256().equals(sha256)) {
              String words = "its SHA-256 is " + sha256 + " instead of " + source.sha256();
              throw refused(filename, List.of(WheelProblem.error("wrong-hash", words)));
            }
            // inspected after the copy, which nobody else can change in between
            WheelInspection inspection =
                inspector.inspect(copy, filename, source.origin() instanceof Origin.Built);
            if (!inspection.isSound()) {
              throw refused(filename, inspection.errors());
            }
            WheelFile wheel = describe(filename, sha256, Files.size(copy), inspection, source);
            pool.put(copy, wheel, inspection.metadata());
            AtomicFile.write(root.resolve(FILES).resolve(sha256 + JSON), Json.write(wheel));
            known.put(sha256, wheel);
            return wheel;
          });
    } catch (IOException e) {
      throw MirrorException.machinery(
          filename + " cannot be put into the wheelhouse " + root,
          IoWords.of(e),
          "check that the folder can be written and has space left",
          e);
    }
  }

  /** Removes what killed runs of this host left half done; touches nothing else. */
  public void tidy() {
    try {
      for (String folder : List.of(TreeLayout.TEMPORARY, FILES, BUILDS)) {
        pool.tidy(folder);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static RefusedWheelException refused(String filename, List<WheelProblem> problems) {
    return new RefusedWheelException(
        filename,
        problems,
        "exclude the pin with a reason, or name an index that has a sound file of it");
  }

  private static WheelFile describe(
      String filename, String sha256, long size, WheelInspection inspection, WheelSource source) {
    var name = inspection.filename().orElseThrow();
    return new WheelFile(
        filename,
        name.name(),
        name.version(),
        sha256,
        size,
        Sha256.of(inspection.metadata()),
        inspection.coreMetadata().orElseThrow().requiresPython().orElse(""),
        source.yanked(),
        source.yankedReason(),
        source.uploadTime(),
        source.origin());
  }

  /** Notes which build made a wheel of the store. */
  public void recordBuild(String key, WheelFile wheel) {
    recordBuild(key, wheel.filename(), wheel.sha256());
  }

  /**
   * Notes which build made a wheel that is about to be added; until then the note says nothing. So
   * a run that is killed in between leaves no wheel whose build nobody knows.
   */
  public void recordBuild(String key, String filename, String sha256) {
    var record = new BuildRecord(key, filename, sha256);
    try {
      AtomicFile.write(note(key), Json.write(record));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public Optional<WheelFile> byKey(String buildKey) {
    return read(note(buildKey), BuildRecord.class)
        .flatMap(record -> find(record.sha256(), record.filename()));
  }

  @Override
  public List<WheelFile> finished() {
    return all().stream().filter(this::isComplete).toList();
  }

  /** An own build that a killed run did not record was never in a report: its name is free. */
  private boolean isComplete(WheelFile wheel) {
    return wheel.origin().buildKey().map(this::note).map(Files::isRegularFile).orElse(true);
  }

  private Path note(String buildKey) {
    return root.resolve(BUILDS).resolve(Require.digest(buildKey, "a build key") + JSON);
  }

  /** The wheel with this content and name, if the store has it whole. */
  public Optional<WheelFile> find(String sha256, String filename) {
    return byDigest(sha256).filter(wheel -> wheel.filename().equals(filename)).filter(pool::holds);
  }

  /** The wheel, if the store has it. */
  public Optional<Path> path(WheelFile wheel) {
    return path(wheel.sha256(), wheel.filename());
  }

  /** The wheel, if the store has it. */
  public Optional<Path> path(String sha256, String filename) {
    return pool.existing(TreeLayout.wheel(sha256, filename));
  }

  /** The wheel's metadata file (PEP 658), if the store has it. */
  public Optional<Path> metadata(String sha256, String filename) {
    return pool.existing(TreeLayout.metadata(sha256, filename));
  }

  /** Every wheel that the store has, by file name and digest. */
  public List<WheelFile> all() {
    List<WheelFile> wheels = new ArrayList<>();
    Path folder = root.resolve(FILES);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> notes = Files.list(folder)) {
        notes
            .map(note -> String.valueOf(note.getFileName()))
            .filter(name -> name.endsWith(JSON))
            .map(name -> name.substring(0, name.length() - JSON.length()))
            // a note being written has another name
            .filter(Sha256::isDigest)
            .forEach(sha256 -> byDigest(sha256).filter(pool::holds).ifPresent(wheels::add));
      } catch (IOException e) {
        throw unusable(e);
      }
    }
    wheels.sort(WheelFile.ORDER);
    return wheels;
  }

  private Optional<WheelFile> byDigest(String sha256) {
    WheelFile cached = known.get(Require.digest(sha256, "a wheel's digest"));
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<WheelFile> wheel;
    try {
      wheel = read(root.resolve(FILES).resolve(sha256 + JSON), WheelFile.class);
    } catch (MirrorException e) {
      if (e.kind() == MirrorException.Kind.MACHINERY) {
        throw e;
      }
      // described by another version of this plugin: as good as not there
      return Optional.empty();
    }
    wheel.ifPresent(found -> known.put(sha256, found));
    return wheel;
  }

  private <T> Optional<T> read(Path note, Class<T> type) {
    try {
      return Files.isRegularFile(note)
          ? Optional.of(Json.read(Files.readAllBytes(note), type, note.toString()))
          : Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private MirrorException unusable(IOException e) {
    return MirrorException.machinery(
        "the wheelhouse " + root + " cannot be used",
        IoWords.of(e),
        "check that the folder can be read and written and has space left",
        e);
  }
}
