package io.github.wheelmirror.git;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.GitRef;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one repository between runs: a bare repository and the list of its refs.
 *
 * <p>Layout of the folder, named after the address' digest: {@code repository.git}, {@code refs}
 * (lines {@code <commit> <name>}), {@code url} (for a person), {@code lock}. A repository is only
 * ever replaced by a complete one.
 */
final class GitCache {

  private static final Duration LOCK_LIMIT = Duration.ofMinutes(10);
  private static final int DIGEST_CHARACTERS = 40;

  /** Every fetch adds a pack; beyond this number reading gets slow and a new start is cheap. */
  private static final int MOST_PACKS = 100;

  private final Path folder;
  private final GitUrl url;

  GitCache(Path cacheDirectory, GitUrl url) {
    this.folder =
        cacheDirectory.toAbsolutePath().resolve(url.digest().substring(0, DIGEST_CHARACTERS));
    this.url = url;
  }

  /** Where it is. */
  Path folder() {
    return folder;
  }

  /** The note of the refs. */
  Path refs() {
    return folder.resolve("refs");
  }

  /** Does something while no other thread or process uses this cache. */
  void alone(Runnable work) {
    alone(
        () -> {
          work.run();
          return Optional.empty();
        });
  }

  /** Finds something while no other thread or process uses this cache. */
  <T> Optional<T> alone(Supplier<Optional<T>> work) {
    ExclusiveLock lock = lock();
    try {
      return work.get();
    } finally {
      lock.close();
    }
  }

  /** The refs as they were last seen; empty if never, or if the note is damaged. */
  Optional<List<GitRef>> rememberedRefs() {
    Path file = refs();
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      List<GitRef> refs = new ArrayList<>();
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String[] parts = line.split(" ", 2);
        refs.add(new GitRef(parts.length == 2 ? parts[1] : "", parts[0]));
      }
      return Optional.of(List.copyOf(refs));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Notes the refs; a note that says the same is left as it is. */
  void rememberRefs(List<GitRef> refs) {
    StringBuilder text = new StringBuilder();
    refs.forEach(ref -> text.append(ref.commit()).append(' ').append(ref.name()).append('\n'));
    try {
      AtomicFile.write(folder.resolve("url"), (url + "\n").getBytes(StandardCharsets.UTF_8));
      AtomicFile.write(refs(), text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw broken("cannot be written", e);
    }
  }

  /** Those refs whose commit cannot be read from the cache; all of them if it is damaged. */
  List<GitRef> missing(List<GitRef> wanted) {
    try {
      if (!areWhole(packs())) {
        return wanted;
      }
      try (Repository repository = open()) {
        CommitReader reader = new CommitReader(repository);
        return wanted.stream().filter(ref -> !reader.has(ref.commit())).toList();
      }
    } catch (IOException e) {
      return wanted;
    }
  }

  /** A file of a commit; empty if the commit has no such file. */
  Optional<byte[]> read(String commit, String path) throws IOException {
    try (Repository repository = open()) {
      return new CommitReader(repository).read(commit, path);
    }
  }

  /** Whether there is a repository that a fetch may add to. */
  boolean canGrow() {
    try {
      List<Path> packs = packs();
      return packs.size() < MOST_PACKS && areWhole(packs);
    } catch (IOException e) {
      return false;
    }
  }

  /** As far as a loss of power shows: JGit tells of half a pack in its own words, at length. */
  private static boolean areWhole(List<Path> packs) {
    return packs.stream().allMatch(PackEnds::fit);
  }

  private List<Path> packs() throws IOException {
    try (Stream<Path> files = Files.list(repository().resolve("objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(".pack")).toList();
    }
  }

  /** The repository; the caller closes it. */
  Repository open() throws IOException {
    return open(repository());
  }

  /** A new, empty repository beside the present one; the caller closes it. */
  Repository startAfresh() throws IOException {
    delete(fresh());
    try (Repository created = new FileRepository(fresh().toFile())) {
      created.create(true);
      // JGit would collect garbage in the background while the folder moves, and complain of it
      StoredConfig config = created.getConfig();
      config.setInt("gc", null, "auto", 0);
      config.setBoolean("gc", null, "autoDetach", false);
      config.save();
    }
    return open(fresh());
  }

  /** Puts the new repository in the place of the present one. */
  void adoptFresh() throws IOException {
    Path old = folder.resolve("repository.old");
    delete(old);
    if (Files.exists(repository())) {
      Files.move(repository(), old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh(), repository(), StandardCopyOption.ATOMIC_MOVE);
    delete(old);
  }

  /** The failure of this cache, in words. */
  MirrorException broken(String how, @Nullable Exception cause) {
    return MirrorException.machinery(
        "the Git cache " + folder + " " + how,
        why(cause),
        "check that its disk is writable and not full, or delete the folder",
        cause);
  }

  private static String why(@Nullable Exception cause) {
    if (cause == null) {
      return "its content is damaged";
    }
    return cause instanceof IOException disk
        ? IoWords.of(disk)
        : String.valueOf(cause.getMessage());
  }

  private ExclusiveLock lock() {
    Path file = folder.resolve("lock");
    try {
      return ExclusiveLock.acquire(file, LOCK_LIMIT, () -> {});
    } catch (ExclusiveLock.TakenException e) {
      throw MirrorException.machinery(
          "the Git cache is in use by " + e.owner(),
          "it was not free within " + LOCK_LIMIT.toSeconds() + " s (lock file " + file + ")",
          "let the other run end, or stop it",
          null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MirrorException.machinery(
          "interrupted while waiting for " + file, "the run was stopped", "run it again", e);
    } catch (IOException e) {
      throw broken("cannot be locked", e);
    }
  }

  private static Repository open(Path directory) throws IOException {
    File gitDirectory = directory.toFile();
    return new RepositoryBuilder().setGitDir(gitDirectory).setBare().setMustExist(true).build();
  }

  private Path repository() {
    return folder.resolve("repository.git");
  }

  private Path fresh() {
    return folder.resolve("repository.new");
  }

  private static void delete(Path directory) throws IOException {
    FileUtils.delete(
        directory.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
  }
}
