package io.github.wheelmirror;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run saw of the world, so that a later one can tell that it would see the same. Whoever
 * reads something outside notes it here <em>before</em> reading: what changes afterwards is noticed
 * by the next run. Whoever cannot tell in advance whether it will see the same again says so. Safe
 * for threads.
 */
public final class Seen {

  private final Map<Path, String> files = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private Instant until = Instant.MAX;
  private String settings = "";
  private String doubt = "";
  private boolean worked;

  /** A file or folder is about to be read, or looked for in vain. */
  public synchronized void file(Path file) {
    Path absolute = file.toAbsolutePath();
    if (!files.containsKey(absolute)) {
      fact(absolute, FileFact.settled(absolute));
    }
  }

  /** The same of several. */
  public void files(Iterable<Path> all) {
    all.forEach(this::file);
  }

  /** A file was read whose {@link FileFact} was taken before that, {@code ""} if none was. */
  public synchronized void fact(Path file, String fact) {
    if (fact.isEmpty()) {
      doubt(file + " was written a moment ago");
    } else if (!fact.equals(files.getOrDefault(file, fact))) {
      doubt(file + " changed meanwhile");
    } else {
      files.put(file, fact);
    }
  }

  /** This run itself wrote a file that it read, and this is its fact since. */
  public synchronized void touched(Path file, String fact) {
    files.put(file, fact);
  }

  /** What was seen may be another from this time on. */
  public synchronized void until(Instant end) {
    if (end.isBefore(until)) {
      until = end;
    }
  }

  /** It cannot be told from files whether a later run sees the same. */
  public synchronized void doubt(String why) {
    if (doubt.isEmpty()) {
      doubt = why;
    }
  }

  /** All goals of a run must have the same settings. */
  public synchronized void settings(String digest) {
    if (!settings.isEmpty() && !settings.equals(digest)) {
      doubt("the goals of the run are configured in different ways");
    }
    settings = digest;
  }

  /** The run told a warning. */
  public synchronized void warned(String line) {
    warnings.add(line);
  }

  /** The run downloads or builds; its warnings may be about that. */
  public synchronized void works() {
    worked = true;
  }

  /** Why a later run has to look again, {@code ""} if files and {@link #until()} tell. */
  public synchronized String doubt() {
    return !doubt.isEmpty() || !worked || warnings.isEmpty()
        ? doubt
        : "the work that was done came with warnings";
  }

  /** The facts by absolute path. */
  public synchronized Map<Path, String> facts() {
    return new TreeMap<>(files);
  }

  /** The warnings, in their order. */
  public synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Up to when the facts suffice. */
  public synchronized Instant until() {
    return until;
  }

  /** The digest of the settings, {@code ""} if nobody told it. */
  public synchronized String settings() {
    return settings;
  }
}
