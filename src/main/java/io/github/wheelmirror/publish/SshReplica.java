package io.github.wheelmirror.publish;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * This machine's copy of a region on another host: what is there is copied here before it is read
 * or written; what is new goes there in the order of a release, what is to go in the opposite one.
 *
 * <p>Its owner makes one call at a time.
 */
final class SshReplica {
  private static final String[] PULL = {
    "--delete",
    "--ignore-missing-args",
    "--exclude=/.tmp",
    "--exclude=/pool/.tmp",
    "--exclude=/state/locks"
  };

  private final String region;
  private final SshHost host;
  private final Path folder;
  private final Duration lockWait;
  private final RegionLocks locks;
  private Copied copied = Copied.NOTHING;

  /** How much of what is there was copied here by this run. */
  enum Copied {
    NOTHING,
    /** All but wheels and pages: enough to tell what is served. */
    WORDS,
    ALL
  }

  /**
   * A replica, which need not exist.
   *
   * @param settings with its folder and the longest wait for a lock
   * @param ssh the program with its options, {@code ""} for the usual one
   */
  SshReplica(RegionSettings settings, SshPlace place, String ssh) {
    this.region = settings.name();
    this.folder = settings.root();
    this.lockWait = settings.lockWait();
    this.host = new SshHost(region, place, folder, ssh);
    // beside the replica: what is in it comes from the host
    this.locks = new RegionLocks(WorkFolder.parent(folder), region, lockWait);
  }

  private RegionLocks.Held lock() {
    return locks.exclusive(String.valueOf(folder.getFileName()));
  }

  /** What is there, copied once for all that is only read. */
  @SuppressWarnings("try") // the lock is held, not used
  <T> T reading(Copied wanted, Supplier<T> work) {
    if (copied.compareTo(wanted) < 0) {
      // another run of this machine may have written here what is not there yet
      try (RegionLocks.Held here = lock()) {
        makeFolder();
        pull(wanted);
      }
    }
    return work.get();
  }

  /** Alone, here and there, from what is there now. */
  @SuppressWarnings("try") // the locks are held, not used
  <T> T writing(Supplier<T> work) {
    try (RegionLocks.Held here = lock()) {
      makeFolder();
      try (SshHost.Held there = host.lock(lockWait)) {
        pull(Copied.ALL);
        // until it is known to be there too
        copied = Copied.NOTHING;
        T result = work.get();
        copied = Copied.ALL;
        return result;
      }
    }
  }

  private void pull(Copied wanted) {
    List<String> options = new ArrayList<>(List.of(PULL));
    if (wanted == Copied.WORDS) {
      options.addAll(List.of("--exclude=/pool", "--exclude=/pages"));
    }
    host.pull(options);
    copied = wanted;
  }

  private void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private MirrorException broken(IOException e) {
    return MirrorException.machinery(
        "region " + region + ": its replica " + folder + " cannot be used",
        IoWords.of(e),
        "make room there, or give the cache another folder with -Dwheel-mirror.cacheDirectory",
        e);
  }

  /** What was staged: nothing visible leads to it but its pinned URL, which comes last. */
  void pushNew() {
    // nothing leads to any of it yet
    host.push(
        Stream.of(TreeLayout.POOL, TreeLayout.PAGES, TreeLayout.SNAPSHOTS)
            .filter(top -> Files.isDirectory(folder.resolve(top)))
            .toList(),
        "--exclude=/pool/.tmp");
    host.force();
    pushLinks();
  }

  /** Pinned and moving URLs, which lead to what is there already. */
  void pushLinks() {
    host.push(
        List.of("./"),
        "--exclude=/.tmp",
        "--include=/*",
        "--exclude=*",
        "--no-recursive",
        "--no-times",
        "--dirs");
  }

  /** A channel's pointer and what tells of it, which differs by content also within a second. */
  void pushChannels() {
    host.push(List.of(TreeLayout.CHANNELS), "--delete", "--checksum");
  }

  /** Reports; their front pages last, for links lead from them. */
  void pushReports() {
    host.push(List.of(TreeLayout.REPORTS), "--exclude=" + TreeLayout.HTML_PAGE);
    host.push(List.of(TreeLayout.REPORTS));
  }

  /** What was taken out of the pool, to where nobody looks. */
  void pushPool() {
    host.push(List.of(TreeLayout.POOL), "--exclude=/pool/.tmp");
  }

  /** Notes and journal. */
  void pushState() {
    if (Files.isDirectory(folder.resolve(TreeLayout.STATE))) {
      host.push(List.of(TreeLayout.STATE), "--delete", "--checksum", "--exclude=/state/locks");
    }
  }

  /** How long the journal is; it only grows. */
  long journalSize() {
    Path journal = folder.resolve(TreeLayout.JOURNAL);
    try {
      return Files.exists(journal) ? Files.size(journal) : 0;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Tells the journal there of the flip that comes next: all lines but the last one, which says
   * that it happened. Whoever finds it open ends it or gives it up.
   */
  void announce() {
    try {
      String lines = Files.readString(folder.resolve(TreeLayout.JOURNAL));
      Path open = Files.createTempFile("wheel-mirror-journal", "");
      try {
        Files.writeString(
            open, lines.substring(0, lines.lastIndexOf('\n', lines.length() - 2) + 1));
        host.replace(TreeLayout.JOURNAL, open);
      } finally {
        Files.deleteIfExists(open);
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Changes when anything of the channel is written. */
  String facts(String slug) {
    return facts(folder.resolve(TreeLayout.channel(slug)));
  }

  /** Changes when a note of a run comes or goes, or the journal grows. */
  String notes() {
    return facts(folder.resolve(TreeLayout.STAGING)) + journalSize();
  }

  private String facts(Path of) {
    try {
      StringBuilder facts = new StringBuilder();
      for (Path file : WorkFolder.children(of)) {
        facts
            .append(file.getFileName())
            .append(Files.isSymbolicLink(file) ? Files.readSymbolicLink(file) : "")
            .append(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS))
            .append('\n');
      }
      return facts.toString();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Whether any of the contents is in the pool. */
  boolean holdsAny(Collection<String> digests) {
    return digests.stream()
        .anyMatch(digest -> Files.isDirectory(folder.resolve(TreeLayout.poolFolder(digest))));
  }

  /** The folders and links that a release consists of, in the order in which they may go. */
  Set<String> listed() {
    Set<String> listed = new TreeSet<>();
    try {
      for (Path child : WorkFolder.children(folder)) {
        if (child.getFileName().toString().startsWith("@")) {
          listed.add(child.getFileName().toString());
        }
      }
      for (Path child : WorkFolder.children(folder.resolve(TreeLayout.SNAPSHOTS))) {
        listed.add(TreeLayout.SNAPSHOTS + "/" + child.getFileName());
      }
      for (Path slug : WorkFolder.children(folder.resolve(TreeLayout.REPORTS))) {
        for (Path report : WorkFolder.children(slug)) {
          listed.add(folder.relativize(report).toString());
        }
      }
      for (String top : List.of(TreeLayout.PAGES, TreeLayout.POOL)) {
        for (Path half : WorkFolder.children(folder.resolve(top).resolve("sha256"))) {
          for (Path content : WorkFolder.children(half)) {
            listed.add(folder.relativize(content).toString());
          }
        }
      }
      return listed;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Removes there what is not here any more: first what leads to files, then the files. */
  void remove(Set<String> before) {
    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(listed());
    List<List<String>> steps = new ArrayList<>();
    for (String top :
        List.of("@", TreeLayout.SNAPSHOTS, TreeLayout.REPORTS, TreeLayout.PAGES, TreeLayout.POOL)) {
      steps.add(gone.stream().filter(path -> path.startsWith(top)).toList());
    }
    try {
      for (List<String> step : steps) {
        if (!step.isEmpty()) {
          Path list = Files.createTempFile("wheel-mirror-gone", "");
          try {
            Files.write(list, (String.join("\0", step) + "\0").getBytes(StandardCharsets.UTF_8));
            host.remove(list);
          } finally {
            Files.deleteIfExists(list);
          }
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }
}
