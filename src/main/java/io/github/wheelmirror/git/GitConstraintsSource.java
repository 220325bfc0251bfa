package io.github.wheelmirror.git;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.constraints.ConstraintsSource;
import io.github.wheelmirror.constraints.GitRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Repository;

/**
 * Constraints in a Git repository, through a cache on this machine: only commits that the cache
 * lacks travel, each without its history, and a run without network reads what is there.
 *
 * <p>A damaged cache is replaced by a fresh one without a word; a cache is never given up for a
 * repository that cannot be reached. Safe for use by several threads and processes at once.
 */
public final class GitConstraintsSource implements ConstraintsSource {

  private static final int SHALLOW = 1;
  private static final int WHOLE_HISTORY = 0;

  private final GitUrl url;
  private final GitCache cache;
  private final GitRemote remote;
  private final boolean offline;
  private final Map<String, GitRef> wanted = new TreeMap<>();

  /**
   * Looks at nothing yet.
   *
   * @param url an {@code https:}, {@code http:}, {@code ssh:} or {@code file:} URL, {@code
   *     git@host:path}, or the absolute path of a repository or bundle file
   * @param cacheDirectory the folder of all Git caches; made when needed
   * @throws MirrorException (input) if the URL is malformed or contains a password
   */
  public GitConstraintsSource(String url, Path cacheDirectory, GitAccess access) {
    IsolatedSystemReader.install();
    this.url = GitUrl.parse(url);
    this.cache = new GitCache(cacheDirectory, this.url);
    this.remote = new GitRemote(this.url, access);
    this.offline = access.offline() && !isHere(this.url);
  }

  @Override
  public String location() {
    return url.toString();
  }

  @Override
  public void note(Seen seen) {
    if (isHere(url)) {
      LocalRefs.note(url.path(), seen);
    } else if (offline) {
      seen.file(cache.refs());
    } else {
      ConstraintsSource.super.note(seen);
    }
  }

  @Override
  public List<GitRef> refs() {
    if (offline) {
      return cache.rememberedRefs().orElseThrow(this::neverSeen);
    }
    Map<String, GitRef> named = new TreeMap<>();
    try {
      remote.list().forEach(ref -> named.put(ref.name(), ref));
    } catch (GitFailure e) {
      throw e.inWords(url);
    }
    // what is chosen of them must be missed, not pass for a branch that is gone
    passedOver().forEach(ref -> named.put(ref.name(), ref));
    List<GitRef> refs = List.copyOf(named.values());
    cache.alone(() -> cache.rememberRefs(refs));
    return refs;
  }

  @Override
  public void fetch(List<GitRef> refs) {
    List<GitRef> all = want(refs);
    cache.alone(
        () -> {
          List<GitRef> missing = cache.missing(refs);
          if (!missing.isEmpty()) {
            bring(missing, all);
          }
        });
  }

  @Override
  public Optional<byte[]> read(String commit, String path) {
    return cache.alone(() -> readOrRepair(commit, path));
  }

  private Optional<byte[]> readOrRepair(String commit, String path) {
    try {
      return cache.read(commit, path);
    } catch (IOException damaged) {
      repair(commit, damaged);
    }
    try {
      return cache.read(commit, path);
    } catch (IOException e) {
      throw cache.broken("cannot give " + path + " of commit " + commit, e);
    }
  }

  private void repair(String commit, IOException damage) {
    List<GitRef> all = want(List.of());
    if (all.stream().noneMatch(ref -> ref.commit().equals(commit))) {
      throw cache.broken("has no commit " + commit, damage);
    }
    if (offline) {
      throw MirrorException.input(
          "the cache " + cache.folder() + " of " + url + " is damaged",
          "Maven is offline (-o), so it cannot be fetched again",
          "run the same once without -o");
    }
    try {
      startAfresh(all);
    } catch (GitFailure e) {
      throw e.inWords(url);
    } catch (IOException e) {
      throw cache.broken("cannot be written", e);
    }
  }

  /** Adds to what this source is asked for; returns all of it. */
  private List<GitRef> want(List<GitRef> refs) {
    synchronized (wanted) {
      refs.forEach(ref -> wanted.put(ref.name(), ref));
      return List.copyOf(wanted.values());
    }
  }

  private void bring(List<GitRef> missing, List<GitRef> all) {
    if (offline) {
      throw notCached(missing);
    }
    List<GitRef> unreadable = new ArrayList<>(passedOver());
    unreadable.retainAll(missing);
    if (!unreadable.isEmpty()) {
      throw unreadable(unreadable);
    }
    try {
      if (!(cache.canGrow() && grow(missing))) {
        startAfresh(all);
      }
    } catch (GitFailure e) {
      throw e.inWords(url);
    } catch (IOException e) {
      throw cache.broken("cannot be written", e);
    }
  }

  /** Adds to the present cache; false if the cache, not the remote, stands in the way. */
  private boolean grow(List<GitRef> missing) throws GitFailure {
    try (Repository repository = cache.open()) {
      remote.fetch(repository, missing, SHALLOW);
    } catch (IOException e) {
      return false;
    } catch (GitFailure e) {
      if (e.isRemote()) {
        throw e;
      }
      return false;
    }
    return cache.missing(missing).isEmpty();
  }

  /**
   * Fetches everything into a new cache. A ref that moved since it was listed has its listed commit
   * in its history, as a rule; and some servers do not know shallow fetches.
   */
  private void startAfresh(List<GitRef> all) throws GitFailure, IOException {
    if (!fillFresh(all, SHALLOW) && !fillFresh(all, WHOLE_HISTORY)) {
      throw MirrorException.machinery(
          "constraints repository " + url + " changed while it was read",
          "its branches no longer hold the commits that it listed a moment ago",
          "run it again",
          null);
    }
    cache.adoptFresh();
  }

  private boolean fillFresh(List<GitRef> all, int depth) throws GitFailure, IOException {
    try (Repository repository = cache.startAfresh()) {
      remote.fetch(repository, all, depth);
      CommitReader reader = new CommitReader(repository);
      return all.stream().allMatch(ref -> reader.has(ref.commit()));
    } catch (GitFailure e) {
      if (e.isRemote() || depth == WHOLE_HISTORY) {
        throw e;
      }
      return false;
    }
  }

  private List<GitRef> passedOver() {
    try {
      return isHere(url) ? LocalRefs.passedOver(url.path()) : List.of();
    } catch (IOException e) {
      throw MirrorException.machinery(
          "constraints repository " + url + " cannot be read", IoWords.of(e), "run it again", e);
    }
  }

  private MirrorException unreadable(List<GitRef> refs) {
    return MirrorException.input(
        "constraints repository " + url + " has branches that cannot be read: " + names(refs),
        "Java was started with the character set "
            + System.getProperty("sun.jnu.encoding")
            + ", which has no such file names",
        "start Maven with LC_ALL=C.UTF-8, or run: git -C " + url.path() + " pack-refs --all");
  }

  /** A repository on this machine needs no network. */
  private static boolean isHere(GitUrl url) {
    return url.kind() == GitUrl.Kind.LOCAL && Files.exists(url.path());
  }

  private MirrorException neverSeen() {
    return MirrorException.input(
        "constraints repository " + url + " is not in the cache",
        "Maven is offline (-o) and nothing of it was fetched into " + cache.folder(),
        "run the same once without -o");
  }

  private MirrorException notCached(List<GitRef> missing) {
    return MirrorException.input(
        "constraints repository " + url + " is not completely in the cache",
        "Maven is offline (-o) and these were never fetched: " + names(missing),
        "run the same once without -o");
  }

  private static String names(List<GitRef> refs) {
    return refs.stream().map(GitRef::name).collect(Collectors.joining(", "));
  }
}
