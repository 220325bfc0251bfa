package io.github.wheelmirror.mirror;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.Writer;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.report.MirrorLog;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The one class that knows the paths of a project's workspace, and reads and writes its files. */
public final class Workspace {

  /** A stage file's value with the digest of its bytes. */
  public record Stage<T>(T value, String digest) {}

  private static final String LOGS = "logs";
  private static final String TESTS = "TEST-wheel-mirror-";

  private final Path folder;
  private final SessionMemo memo;

  /** The workspace at the folder, which need not exist yet. */
  public Workspace(Path folder) {
    this(folder, new SessionMemo(new ConcurrentHashMap<>()));
  }

  /** The same for the goals of a session, which tell what they find of it once. */
  Workspace(Path folder, SessionMemo memo) {
    this.folder = folder;
    this.memo = memo;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  public Path resolution() {
    return folder.resolve("resolution.json");
  }

  public Path plan() {
    return folder.resolve("plan.json");
  }

  public Path buildReport() {
    return folder.resolve("build-report.json");
  }

  public Path snapshot() {
    return folder.resolve("snapshot.json");
  }

  public Path verification() {
    return folder.resolve("verification.json");
  }

  /** What an installer chooses for one requirement, and why. */
  public Path explanation() {
    return folder.resolve("explanation.json");
  }

  /** What installers choose inside and outside the gate. */
  public Path gateAndOutside() {
    return folder.resolve("gate-and-outside.json");
  }

  /** What differs between two snapshots. */
  public Path difference() {
    return folder.resolve("diff.json");
  }

  /** The folder of the report in HTML. */
  public Path report() {
    return folder.resolve("report");
  }

  /** What came of the last goal that verified or released. */
  public Path outcome() {
    return folder.resolve("outcome.json");
  }

  /** What was verified of a channel, as tests that CI shows. */
  public Path tests(String slug) {
    return folder.resolve(TESTS + slug + ".xml");
  }

  /** The file of a target. */
  public Path target(TargetId target) {
    return folder.resolve("target-" + target.slug() + "-" + target.python() + ".json");
  }

  /** Where snapshots are staged, one folder a channel. */
  public Path staged() {
    return folder.resolve("staged");
  }

  /** The log of one build, relative to the workspace. */
  public static String buildLog(Pin pin, TargetId target) {
    return LOGS + "/" + pin.name() + "-" + pin.version() + "-" + target.python() + ".log";
  }

  /** Copies a log of another workspace to the place that it has in this one. */
  void copyLog(String log, Path from) throws IOException {
    AtomicFile.writeUnforced(folder.resolve(log), Files.readAllBytes(from));
  }

  /** The log of a build that is done again for a comparison, relative to the workspace. */
  static String rebuildLog(Pin pin, TargetId target) {
    return LOGS + "/" + pin.name() + "-" + pin.version() + "-" + target.python() + "-again.log";
  }

  /** Where builds are done again: another folder than the first time. */
  Path rebuildWork() {
    return work().resolve("again");
  }

  /** Where builds work; gone when no build runs. */
  public Path work() {
    return folder.resolve("work");
  }

  /** Removes what a killed run left there, which is of no use to any later one. */
  void clearWork(MirrorLog log) {
    try {
      Folders.remove(work());
    } catch (IOException e) {
      log.warning(work() + " cannot be cleared: " + IoWords.of(e));
    }
  }

  /** Where one build puts its wheel. */
  Path buildOutput(String name) {
    return work().resolve("out").resolve(name);
  }

  /** The lock that keeps two runs of one project apart. */
  public Path lock() {
    return folder.resolve(".lock");
  }

  /**
   * Sees that what runs remove below the folder is theirs: it may be one that its owner has used
   * for something else, such as a home folder.
   *
   * @throws MirrorException (input) if no run was here and there is what a run would remove
   */
  void requireOwn() {
    boolean used =
        Stream.of(lock(), resolution(), plan(), buildReport(), snapshot()).anyMatch(Files::exists);
    for (Path removed : List.of(work(), staged())) {
      if (!used && Files.exists(removed, LinkOption.NOFOLLOW_LINKS)) {
        throw MirrorException.input(
            "the workspace " + folder + " cannot be used",
            removed + " is there, is of no run of this plugin, and would be removed",
            "name a folder for the workspace alone with -Dwheel-mirror.workspace=FOLDER, or move "
                + removed
                + " away");
      }
    }
  }

  /** Removes what a killed run was writing; only for the holder of the lock. */
  void tidy() {
    try {
      new Writer().removeDead(folder);
      new Writer().removeDead(folder.resolve(LOGS));
    } catch (IOException e) {
      throw MirrorException.machinery(
          folder + " cannot be tidied", IoWords.of(e), "make the folder writable for this user", e);
    }
  }

  /**
   * Reads a stage file.
   *
   * @throws MirrorException (input) if it is there and not what this version writes
   */
  public <T> Optional<Stage<T>> read(Path file, Class<T> type) {
    try {
      byte[] json = Files.readAllBytes(file);
      requireSchema(json, file);
      return Optional.of(new Stage<>(Json.read(json, type, file.toString()), Sha256.of(json)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw MirrorException.machinery(
          file + " cannot be read", IoWords.of(e), "make it readable for this user", e);
    }
  }

  /**
   * Reads a stage file of an earlier run that is only worth a comparison: one that is damaged or of
   * another version is told, once in a session, and as good as none.
   */
  <T> Optional<Stage<T>> readEarlier(Path file, Class<T> type, MirrorLog log) {
    try {
      return read(file, type);
    } catch (MirrorException e) {
      if (e.kind() == MirrorException.Kind.MACHINERY) {
        throw e;
      }
      if (memo.isFirst("the word that it is written anew of " + file)) {
        log.note(e.what() + ": " + e.why() + "; it is written anew");
      }
      return Optional.empty();
    }
  }

  /** Writes a stage file, unless it holds the same already. */
  public <T> Stage<T> write(Path file, T value) {
    byte[] json = Json.write(value);
    write(file, json);
    return new Stage<>(value, Sha256.of(json));
  }

  private static void write(Path file, byte[] content) {
    try {
      AtomicFile.write(file, content);
    } catch (IOException e) {
      throw MirrorException.machinery(
          file + " cannot be written",
          IoWords.of(e),
          "make room or make the folder writable for this user",
          e);
    }
  }

  /** Writes the tests of each channel, where they are others, and removes those of all others. */
  void writeTests(Map<String, byte[]> bySlug, MirrorLog log) {
    bySlug.forEach((slug, xml) -> write(tests(slug), xml));
    discardTests(bySlug.keySet(), log);
  }

  /** Removes what told how an earlier run ended. */
  void discardOutcome(MirrorLog log) {
    Folders.discard(outcome(), log);
    discardTests(Set.of(), log);
  }

  private void discardTests(Set<String> but, MirrorLog log) {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, TESTS + "*.xml")) {
        for (Path file : found) {
          if (but.stream().noneMatch(slug -> tests(slug).equals(file))) {
            Folders.discard(file, log);
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        log.warning("what an earlier run told in " + folder + " is left behind: " + e.getMessage());
      }
    }
  }

  private static void requireSchema(byte[] json, Path file) {
    if (json.length == 0) {
      throw MirrorException.input(
          file + " is empty",
          "something else emptied it: this plugin writes it whole or not at all",
          "delete it and run again");
    }
    int version = Json.tree(json, file.toString()).path("schemaVersion").asInt(-1);
    if (version != SCHEMA_VERSION) {
      throw MirrorException.input(
          file + " has schema version " + version,
          "this version of the plugin reads schema version " + SCHEMA_VERSION,
          "use the plugin version that wrote it, or delete it and run again");
    }
  }

  /** The version of all stage files that this plugin reads and writes. */
  public static final int SCHEMA_VERSION = 2;
}
