package io.github.wheelmirror.publish;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A region in a folder of another host, reached by ssh and rsync. This machine keeps a replica;
 * what is there decides: it is copied here before anything is read or written, under a lock that is
 * held there. What is new goes there in the order of a release (wheels, pages, snapshots, pinned
 * URLs; the pointer last), what is to be removed in the opposite one; rsync names a file or link
 * when it is whole. A run that ends in between leaves the old release served, and the next one goes
 * on from what is there.
 */
public final class RsyncRegion implements Region {
  private static final String[] PULL = {
    "--delete",
    "--ignore-missing-args",
    "--exclude=/.tmp",
    "--exclude=/pool/.tmp",
    "--exclude=/state/locks"
  };

  private final String name;
  private final SshPlace place;
  private final SshHost host;
  private final Path replica;
  private final Duration lockWait;
  private final DirectoryRegion region;
  private Copied copied = Copied.NOTHING;

  /** How much of what is there was copied here by this run. */
  private enum Copied {
    NOTHING,
    /** All but wheels and pages: enough to tell what is served. */
    WORDS,
    ALL
  }

  /**
   * A region.
   *
   * @param settings of the replica, with the region's name and public URL
   * @param ssh the program with its options, {@code ""} for the usual one
   */
  public RsyncRegion(RegionSettings settings, SshPlace place, String ssh) {
    this.name = settings.name();
    this.place = place;
    this.replica = settings.root();
    this.lockWait = settings.lockWait();
    this.host = new SshHost(name, place, replica, ssh);
    this.region = new DirectoryRegion(settings);
  }

  @Override
  public String name() {
    return name;
  }

  /** What is there, copied once for all that is only read. */
  private synchronized <T> T reading(Copied wanted, Supplier<T> work) {
    if (copied.compareTo(wanted) < 0) {
      makeFolder();
      host.run("mkdir -p " + place.quoted(""));
      pull(wanted);
    }
    return work.get();
  }

  /** Alone there, from what is there now. */
  @SuppressWarnings("try") // the lock is held, not used
  private synchronized <T> T writing(Supplier<T> work) {
    makeFolder();
    try (SshHost.Held lock = host.lock(lockWait)) {
      pull(Copied.ALL);
      // until it is known to be there too
      copied = Copied.NOTHING;
      T result = work.get();
      copied = Copied.ALL;
      return result;
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
      Files.createDirectories(replica);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private MirrorException broken(IOException e) {
    return MirrorException.machinery(
        "region " + name + ": its replica " + replica + " cannot be used",
        IoWords.of(e),
        "make room there, or give the cache another folder with -Dwheel-mirror.cacheDirectory",
        e);
  }

  private void pushNew() {
    // nothing leads to any of it yet
    host.push(
        Stream.of(TreeLayout.POOL, TreeLayout.PAGES, TreeLayout.SNAPSHOTS)
            .filter(top -> Files.isDirectory(replica.resolve(top)))
            .toList(),
        "--exclude=/pool/.tmp");
    host.run("cd " + place.quoted("") + " && { sync -f . 2>/dev/null || sync; }");
    pushLinks();
  }

  /** Pinned and moving URLs, which lead to what is there already. */
  private void pushLinks() {
    host.push(
        List.of("./"),
        "--exclude=/.tmp",
        "--include=/*",
        "--exclude=*",
        "--no-recursive",
        "--no-times",
        "--dirs");
  }

  private void pushState() {
    if (Files.isDirectory(replica.resolve(TreeLayout.STATE))) {
      host.push(List.of(TreeLayout.STATE), "--delete", "--exclude=/state/locks");
    }
  }

  @Override
  public StagedRelease stage(VerifiedSnapshot snapshot, Wheelhouse files, Progress progress) {
    return writing(
        () -> {
          Set<String> before = listed();
          StagedRelease staged = region.stage(snapshot, files, progress);
          if (!before.equals(listed()) || !isThere(staged)) {
            pushNew();
            pushState();
          }
          return staged;
        });
  }

  /** Whether the release is served there as well, so that nothing is to be copied. */
  private boolean isThere(StagedRelease staged) {
    return region
        .current(staged.slug())
        .filter(now -> now.snapshot().equals(staged.snapshot()))
        .isPresent();
  }

  @Override
  public StagedRelease recall(String slug, String snapshot) {
    return writing(
        () -> {
          StagedRelease staged = region.recall(slug, snapshot);
          pushLinks();
          pushState();
          return staged;
        });
  }

  @Override
  public Release flip(StagedRelease staged, Optional<Release> expected, Instant now) {
    return writing(
        () -> {
          Path channel = replica.resolve(TreeLayout.channel(staged.slug()));
          String before = facts(channel);
          Release released;
          try {
            released = region.flip(staged, expected, now);
          } catch (MirrorException e) {
            // nobody relies on what was staged any more
            pushState();
            throw e;
          }
          if (!before.equals(facts(channel))) {
            pushLinks();
            host.push(List.of(TreeLayout.CHANNELS), "--delete");
          }
          pushState();
          return released;
        });
  }

  private String facts(Path folder) {
    try {
      StringBuilder facts = new StringBuilder();
      for (Path file : WorkFolder.children(folder)) {
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

  @Override
  public Pruned prune(Retention retention, Instant now, boolean dryRun) {
    if (dryRun) {
      return reading(Copied.ALL, () -> region.prune(retention, now, true));
    }
    return writing(
        () -> {
          Set<String> before = listed();
          Pruned pruned = region.prune(retention, now, false);
          remove(before);
          pushState();
          return pruned;
        });
  }

  @Override
  public List<QuarantineEntry.QuarantinedFile> quarantine(Quarantine all) {
    if (all.entries().isEmpty()
        || reading(Copied.ALL, () -> region.quarantine().covers(all) && !holdsAny(all))) {
      return List.of();
    }
    return writing(
        () -> {
          Quarantine was = region.quarantine();
          Set<String> before = listed();
          List<QuarantineEntry.QuarantinedFile> moved = region.quarantine(all);
          if (!moved.isEmpty() || !was.equals(region.quarantine())) {
            pushLinks();
            host.push(List.of(TreeLayout.POOL), "--exclude=/pool/.tmp");
            remove(before);
          }
          return moved;
        });
  }

  private boolean holdsAny(Quarantine all) {
    return all.digests().stream()
        .anyMatch(digest -> Files.isDirectory(replica.resolve(TreeLayout.poolFolder(digest))));
  }

  /** The folders and links that a release consists of, in the order in which they may go. */
  private Set<String> listed() {
    Set<String> listed = new TreeSet<>();
    try {
      for (Path child : WorkFolder.children(replica)) {
        if (child.getFileName().toString().startsWith("@")) {
          listed.add(child.getFileName().toString());
        }
      }
      for (Path child : WorkFolder.children(replica.resolve(TreeLayout.SNAPSHOTS))) {
        listed.add(TreeLayout.SNAPSHOTS + "/" + child.getFileName());
      }
      for (String top : List.of(TreeLayout.PAGES, TreeLayout.POOL)) {
        for (Path half : WorkFolder.children(replica.resolve(top).resolve("sha256"))) {
          for (Path folder : WorkFolder.children(half)) {
            listed.add(replica.relativize(folder).toString());
          }
        }
      }
      return listed;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Removes there what is not here any more: first what leads to files, then the files. */
  private void remove(Set<String> before) {
    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(listed());
    List<List<String>> steps = new ArrayList<>();
    for (String top : List.of("@", TreeLayout.SNAPSHOTS, TreeLayout.PAGES, TreeLayout.POOL)) {
      steps.add(gone.stream().filter(path -> path.startsWith(top)).toList());
    }
    try {
      for (List<String> step : steps) {
        if (!step.isEmpty()) {
          Path list = Files.createTempFile("wheel-mirror-gone", "");
          try {
            Files.write(list, (String.join("\0", step) + "\0").getBytes(StandardCharsets.UTF_8));
            host.run("cd " + place.quoted("") + " && exec xargs -0 rm -rf --", list);
          } finally {
            Files.deleteIfExists(list);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Release> current(String slug) {
    return reading(Copied.WORDS, () -> region.current(slug));
  }

  @Override
  public Manifest manifest(String slug, String snapshot) {
    return reading(Copied.WORDS, () -> region.manifest(slug, snapshot));
  }

  @Override
  public boolean holds(String sha256, String filename) {
    return reading(Copied.ALL, () -> region.holds(sha256, filename));
  }

  @Override
  public List<String> stagedProblems(StagedRelease staged) {
    return reading(Copied.WORDS, () -> region.stagedProblems(staged));
  }

  @Override
  public List<String> servedProblems(Release released) {
    return reading(Copied.WORDS, () -> region.servedProblems(released));
  }

  @Override
  public List<ChannelStatus> status() {
    return reading(Copied.WORDS, region::status);
  }

  @Override
  public List<String> channels() {
    return reading(Copied.WORDS, region::channels);
  }

  @Override
  public List<Release> history(String slug) {
    return reading(Copied.WORDS, () -> region.history(slug));
  }

  @Override
  public List<Manifest> rolledBack(String slug) {
    return reading(Copied.WORDS, () -> region.rolledBack(slug));
  }

  @Override
  public List<Manifest> manifests() {
    return reading(Copied.WORDS, region::manifests);
  }

  @Override
  public Quarantine quarantine() {
    return reading(Copied.WORDS, () -> region.quarantine());
  }

  @Override
  public byte[] document(String slug, String snapshot, String path) {
    return reading(Copied.WORDS, () -> region.document(slug, snapshot, path));
  }

  @Override
  public byte[] page(String snapshot, ManifestPage page, boolean json) {
    return reading(Copied.ALL, () -> region.page(snapshot, page, json));
  }

  @Override
  public Coverage coverage(String slug, String snapshot) {
    return reading(Copied.WORDS, () -> region.coverage(slug, snapshot));
  }

  @Override
  public LockedRequirements requirements(String slug, String snapshot) {
    return reading(Copied.WORDS, () -> region.requirements(slug, snapshot));
  }

  @Override
  public InputStream open(String sha256, String filename) throws IOException {
    return reading(Copied.ALL, () -> region).open(sha256, filename);
  }
}
