package io.github.wheelmirror.mirror;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.FileFact;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a complete {@code build} saw of the world and left behind: for as long as all of it is as it
 * was, a further one would find nothing to do.
 *
 * <p>It is read before anything else of this plugin is loaded, so it is plain text, and this class
 * uses little. It is kept in the cache, below the digest of the workspace's path: a run with
 * nothing to do writes nothing in the workspace.
 */
public final class Witness {

  /** Files of this name pattern below the cache's {@link #FOLDER} are witnesses. */
  public static final String FOLDER = "witnesses";

  private static final String FORMAT = "wheel-mirror witness 1";
  private static final String SETTINGS = "settings ";
  private static final String UNTIL = "until ";
  private static final String SAID = "said ";
  private static final String WARNED = "warned ";
  private static final String DOUBT = "doubt ";
  private static final String END = "end";
  private static final char BETWEEN = '\t';

  private final String said;
  private final List<String> warned;

  private Witness(String said, List<String> warned) {
    this.said = said;
    this.warned = warned;
  }

  /** What that run said of its result. */
  public String said() {
    return said;
  }

  /** Of what that run warned, and a further one would again. */
  public List<String> warned() {
    return warned;
  }

  /** Where the witness of a workspace is. */
  public static Path file(Path cache, Path workspace) {
    String key = workspace.toAbsolutePath().normalize().toString();
    return cache.resolve(FOLDER).resolve(Sha256.of(key.getBytes(StandardCharsets.UTF_8)));
  }

  /** Says why a run has to look again. */
  public static final class LookAgainException extends Exception {
    private static final long serialVersionUID = 1;

    private LookAgainException(String why) {
      // half of the cost of an exception is its trace, which nobody sees
      super(why, null, false, false);
    }
  }

  /**
   * The witness, if it still holds.
   *
   * @param settings the digest of everything that is configured
   * @param now milliseconds since the epoch
   * @throws LookAgainException if it does not
   */
  public static Witness holding(Path file, String settings, long now) throws LookAgainException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new LookAgainException("no complete build of this workspace is noted");
    } catch (IOException e) {
      throw new LookAgainException("the note of the last build cannot be read: " + e);
    }
    if (lines.size() < 2
        || !lines.get(0).equals(FORMAT)
        || !lines.get(lines.size() - 1).equals(END)) {
      throw new LookAgainException("the note of the last build is not whole");
    }
    String said = "";
    List<String> warned = new ArrayList<>();
    boolean sameSettings = false;
    boolean inTime = false;
    for (String line : lines.subList(1, lines.size() - 1)) {
      int between = line.indexOf(BETWEEN);
      if (line.startsWith(DOUBT)) {
        throw new LookAgainException(line.substring(DOUBT.length()));
      } else if (line.startsWith(SAID)) {
        said = line.substring(SAID.length());
      } else if (line.startsWith(WARNED)) {
        warned.add(line.substring(WARNED.length()));
      } else if (line.startsWith(SETTINGS)) {
        sameSettings = line.substring(SETTINGS.length()).equals(settings);
      } else if (line.startsWith(UNTIL)) {
        inTime = isBefore(now, line.substring(UNTIL.length()));
      } else if (between < 0) {
        throw new LookAgainException("the note of the last build is damaged");
      } else {
        requireSame(line.substring(0, between), line.substring(between + 1));
      }
    }
    if (!sameSettings) {
      throw new LookAgainException("the configuration is another one");
    }
    if (!inTime) {
      throw new LookAgainException("what the last build saw was good for a time, which is over");
    }
    return new Witness(said, List.copyOf(warned));
  }

  private static boolean isBefore(long now, String until) {
    try {
      return now < Long.parseLong(until);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void requireSame(String fact, String path) throws LookAgainException {
    try {
      if (!FileFact.of(Path.of(path)).equals(fact)) {
        throw new LookAgainException(path + " changed");
      }
    } catch (InvalidPathException e) {
      throw new LookAgainException("the note of the last build is damaged");
    }
  }

  /**
   * Writes the witness of what was seen.
   *
   * @param now milliseconds since the epoch; it holds on that day (UTC) at the most, since excludes
   *     end with a day
   * @throws IOException if it cannot be written
   */
  static void write(Path file, Seen seen, String said, long now) throws IOException {
    long day = TimeUnit.DAYS.toMillis(1);
    long midnight = (now / day + 1) * day;
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append(SETTINGS).append(seen.settings()).append('\n');
    boolean sooner = seen.until().isBefore(Instant.ofEpochMilli(midnight));
    text.append(UNTIL).append(sooner ? seen.until().toEpochMilli() : midnight).append('\n');
    text.append(SAID).append(oneLine(said)).append('\n');
    for (String line : seen.warnings()) {
      text.append(WARNED).append(oneLine(line)).append('\n');
    }
    for (Map.Entry<Path, String> fact : seen.facts().entrySet()) {
      text.append(fact.getValue()).append(BETWEEN).append(fact.getKey()).append('\n');
    }
    AtomicFile.writeUnforced(
        file, text.append(END).append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Notes that a further build has to look again, and why: a person may ask.
   *
   * @throws IOException if it cannot be written
   */
  static void writeDoubt(Path file, String why) throws IOException {
    String text = FORMAT + '\n' + DOUBT + oneLine(why) + '\n' + END + '\n';
    AtomicFile.writeUnforced(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}
