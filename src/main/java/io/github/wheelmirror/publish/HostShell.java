package io.github.wheelmirror.publish;

/**
 * Lines for the shell of a region's host.
 *
 * @param run names the run whose lines they are, {@code ""} for one without the lock
 */
record HostShell(SshPlace place, String run) {
  static final String LOCK = "state/locks/host.lock";

  /** Held, shared, by every command that writes there. */
  private static final String WORK = "state/locks/host.work";

  /** Tells the run that may write. */
  private static final String RUN = "state/locks/host.run";

  /** Where rsync writes what is not whole yet; emptied by whoever takes the lock. */
  static final String TEMPORARY = ".tmp/rsync";

  /** Where a command finds what was sent with it. */
  static final String INPUT = TEMPORARY + "/input";

  /** Begins the line that tells why the region's folder cannot be read. */
  private static final String FOLDER = "the region's folder: ";

  /** Not every sync takes names. */
  static String force(String what) {
    return "{ sync " + what + " 2>/dev/null || sync; }";
  }

  /** Runs rsync to read the region's folder, or tells what {@code ls} says of it. */
  String reader() {
    String folder = place.quoted("");
    return "test -d "
        + folder
        + " || { echo \""
        + FOLDER
        + "$(LC_ALL=C ls -d "
        + folder
        + " 2>&1)\" >&2; exit 1; }; exec rsync";
  }

  /**
   * Whether {@link #reader()} told that nobody has made the folder; not that it may not be seen.
   */
  static boolean tellsOfNoFolder(String output) {
    return output
        .lines()
        .anyMatch(line -> line.startsWith(FOLDER) && line.endsWith(": No such file or directory"));
  }

  /** The beginning of a command that may only write while this run has the lock. */
  String writer() {
    return "cd "
        + place.quoted("")
        + " && exec flock -s "
        + WORK
        + " sh -c 'test \"$(cat "
        + RUN
        + ")\" = "
        + run
        + " || { echo another run has taken the lock meanwhile >&2; exit 1; }; exec \"$@\"' sh ";
  }

  /**
   * Words that run as one that writes, when all of {@link #INPUT} is there.
   *
   * @param size of it in bytes
   */
  String withInput(String words, long size) {
    return writer()
        + "sh -c 'cat > %s && test $(wc -c < %s) -eq %d && %s; s=$?; rm -f %s; exit $s'"
            .formatted(INPUT, INPUT, size, words, INPUT);
  }

  /** First the lock, then nobody who still writes for a run that had it before. */
  String locking(long seconds) {
    String begin =
        "echo " + run + " > " + RUN + " && rm -rf " + TEMPORARY + " && mkdir -p " + TEMPORARY;
    return "mkdir -p "
        + place.quoted("state/locks")
        + " && cd "
        + place.quoted("")
        + " && exec flock -w %d %s sh -c 'flock -w %d %s sh -c \"%s\" || exit 1; echo locked; cat;"
            .formatted(seconds, LOCK, seconds, WORK, begin)
        + " rmdir "
        + TEMPORARY
        + "'";
  }
}
