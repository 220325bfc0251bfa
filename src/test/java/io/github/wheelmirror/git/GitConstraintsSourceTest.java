package io.github.wheelmirror.git;

import static io.github.wheelmirror.git.GitFixture.FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.GitRef;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitConstraintsSourceTest {

  private static final GitAccess ONLINE =
      GitAccess.anonymous(
          command -> {
            throw new IOException("no ssh here");
          });
  private static final GitAccess OFFLINE = ONLINE.withOffline(true);

  private Path folder;
  private Path caches;
  private GitFixture repository;

  @BeforeEach
  void makeRepository(@TempDir Path temporary) {
    folder = temporary;
    caches = folder.resolve("caches");
    repository = GitFixture.bare(folder.resolve("requirements.git"));
  }

  @AfterEach
  void closeRepository() {
    repository.close();
  }

  @Test
  void listsHeadsTagsAndRemoteTrackingRefsByNameWithTheirCommits() {
    String master = repository.commit("refs/heads/master", "a===1\n");
    String stable = repository.commit("refs/heads/stable/2026.1", "a===2\n");
    repository.annotatedTag("yoga-eol", stable);
    repository.point("refs/remotes/origin/stable/zed", master);
    repository.point("refs/changes/01/1/1", master);

    assertThat(source(ONLINE).refs())
        .containsExactly(
            new GitRef("refs/heads/master", master),
            new GitRef("refs/heads/stable/2026.1", stable),
            new GitRef("refs/remotes/origin/stable/zed", master),
            new GitRef("refs/tags/yoga-eol", stable));
  }

  @Test
  void aLooseBranchWhoseFileNameJavaCannotReadIsListedAndSaidWhenItIsWanted() throws IOException {
    String master = repository.commit("refs/heads/master", "a===1\n");
    String unreadable = repository.commit("refs/heads/other", "a===2\n");
    // a Latin-1 byte, as UTF-8 is to a Java of LANG=C
    Path heads = repository.directory().resolve("refs/heads");
    Files.move(heads.resolve("other"), Path.of(URI.create(heads.toUri() + "z%E9")));
    GitConstraintsSource source = source(ONLINE);

    GitRef found = new GitRef("refs/heads/z\uFFFD", unreadable);
    assertThat(source.refs()).containsExactly(new GitRef("refs/heads/master", master), found);
    source.fetch(source.refs().subList(0, 1));
    assertThat(read(source, master)).isEqualTo("a===1\n");
    assertThatThrownBy(() -> source.fetch(List.of(found)))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).contains("refs/heads/z\uFFFD");
              assertThat(e.fix()).contains("LC_ALL=C.UTF-8", "pack-refs --all");
            });
  }

  @Test
  void readsFilesOfEachFetchedCommit() {
    String master = repository.commit("refs/heads/master", "a===1\n");
    String stable =
        repository.commit(
            "refs/heads/stable/2026.1", Map.of(FILE, "a===2\n", "deep/er/file.txt", "x"));
    GitConstraintsSource source = source(ONLINE);

    source.fetch(source.refs());

    assertThat(read(source, master)).isEqualTo("a===1\n");
    assertThat(read(source, stable)).isEqualTo("a===2\n");
    assertThat(source.read(stable, "deep/er/file.txt")).contains(bytes("x"));
    assertThat(source.read(stable, "./deep/../deep/er/file.txt")).contains(bytes("x"));
  }

  @Test
  void noFileIsEmptyAndNeverAFolderOrAPathOutside() {
    String commit = repository.commit("refs/heads/master", Map.of("folder/file", "x"));
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());

    for (String path : List.of(FILE, "folder", "", ".", "../x", "/etc/passwd", "folder/file/x")) {
      assertThat(source.read(commit, path)).as(path).isEmpty();
    }
  }

  @Test
  void followsSymbolicLinksWithinTheCommitOnly() {
    String commit =
        repository.commit(
            "refs/heads/master",
            Map.of("lists/real.txt", "a===1\n"),
            Map.of(
                FILE,
                "lists/alias.txt",
                "lists/alias.txt",
                "../lists/real.txt",
                "loop",
                "loop",
                "out",
                "../../etc/passwd",
                "absolute",
                "/etc/passwd"));
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());

    assertThat(read(source, commit)).isEqualTo("a===1\n");
    assertThat(source.read(commit, "loop")).isEmpty();
    assertThat(source.read(commit, "out")).isEmpty();
    assertThat(source.read(commit, "absolute")).isEmpty();
  }

  @Test
  void fetchesOnlyTheLastCommitOfEachBranch() throws IOException {
    String first = repository.commit("refs/heads/master", "a===1\n");
    String second = repository.commit("refs/heads/master", "a===2\n");
    GitConstraintsSource source = source(ONLINE);

    source.fetch(source.refs());

    try (Repository cached = new FileRepository(cachedRepository().toFile())) {
      assertThat(cached.getObjectDatabase().has(ObjectId.fromString(second))).isTrue();
      assertThat(cached.getObjectDatabase().has(ObjectId.fromString(first))).isFalse();
    }
  }

  @Test
  void whatIsCachedIsNotFetchedAgain() throws IOException {
    repository.commit("refs/heads/master", "a===1\n");
    repository.commit("refs/heads/stable/2026.1", "a===2\n");
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());
    Map<String, Long> before = contentOf(cachedRepository());

    GitConstraintsSource again = source(ONLINE);
    again.fetch(again.refs());

    assertThat(contentOf(cachedRepository())).isEqualTo(before);
  }

  @Test
  void aMovedBranchBringsOnlyItself() throws IOException {
    repository.commit("refs/heads/master", "a===1\n");
    String stable = repository.commit("refs/heads/stable/2026.1", "a===2\n");
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());
    String moved = repository.commit("refs/heads/master", "a===3\n");

    GitConstraintsSource again = source(ONLINE);
    again.fetch(again.refs());

    assertThat(read(again, moved)).isEqualTo("a===3\n");
    assertThat(read(again, stable)).isEqualTo("a===2\n");
    assertThat(packs()).hasSize(2);
  }

  @Test
  void aBranchThatMovesBetweenListingAndFetchingIsReadAsListed() {
    String listed = repository.commit("refs/heads/master", "a===1\n");
    GitConstraintsSource source = source(ONLINE);
    List<GitRef> refs = source.refs();
    repository.commit("refs/heads/master", "a===2\n");

    source.fetch(refs);

    assertThat(read(source, listed)).isEqualTo("a===1\n");
  }

  @Test
  void aBranchThatVanishesBetweenListingAndFetchingIsSaid() {
    repository.commit("refs/heads/master", "a===1\n");
    repository.commit("refs/heads/stable/2026.1", "a===1\n");
    GitConstraintsSource source = source(ONLINE);
    List<GitRef> refs = source.refs();
    repository.delete("refs/heads/stable/2026.1");

    assertThatThrownBy(() -> source.fetch(refs))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY));
  }

  @Test
  void aRewrittenBranchIsFetched() {
    repository.commit("refs/heads/master", "a===1\n");
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());
    repository.delete("refs/heads/master");
    String rewritten = repository.commit("refs/heads/master", "b===1\n");

    GitConstraintsSource again = source(ONLINE);
    again.fetch(again.refs());

    assertThat(read(again, rewritten)).isEqualTo("b===1\n");
  }

  @Test
  void aBranchThatBecomesAFolderOfBranchesIsFetched() {
    repository.commit("refs/heads/stable", "a===1\n");
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());
    repository.delete("refs/heads/stable");
    String below = repository.commit("refs/heads/stable/2026.1", "a===2\n");

    GitConstraintsSource again = source(ONLINE);
    again.fetch(again.refs());

    assertThat(read(again, below)).isEqualTo("a===2\n");
  }

  @Test
  void readsANormalRepositoryByItsFolderAndByUrl() {
    Path workingCopy = folder.resolve("work copy %41");
    try (GitFixture normal = GitFixture.normal(workingCopy)) {
      String commit = normal.commit("refs/heads/master", "a===1\n");
      for (String url : List.of(workingCopy.toString(), workingCopy.toUri().toString())) {
        GitConstraintsSource source = new GitConstraintsSource(url, caches, ONLINE);
        source.fetch(source.refs());
        assertThat(read(source, commit)).as(url).isEqualTo("a===1\n");
      }
    }
  }

  @Test
  void readsABundleFile() {
    String master = repository.commit("refs/heads/master", "a===1\n");
    String stable = repository.commit("refs/heads/stable/2026.1", "a===2\n");
    Path bundle = folder.resolve("requirements.bundle");
    repository.bundle(bundle);

    GitConstraintsSource source = new GitConstraintsSource(bundle.toString(), caches, ONLINE);
    source.fetch(source.refs());

    assertThat(source.refs()).extracting(GitRef::commit).containsExactly(master, stable);
    assertThat(read(source, master)).isEqualTo("a===1\n");
    assertThat(read(source, stable)).isEqualTo("a===2\n");
  }

  @Test
  void anAnnotatedTagOfABundleIsReadThroughItsTagObject() {
    String commit = repository.commit("refs/heads/master", "a===1\n");
    String tag = repository.annotatedTag("zed-eol", commit);
    Path bundle = folder.resolve("requirements.bundle");
    repository.bundle(bundle);

    GitConstraintsSource source = new GitConstraintsSource(bundle.toString(), caches, ONLINE);
    source.fetch(source.refs());

    assertThat(source.refs()).contains(new GitRef("refs/tags/zed-eol", tag));
    assertThat(read(source, tag)).isEqualTo("a===1\n");
  }

  @Test
  void offlineReadsWhatIsCachedEvenIfTheRepositoryIsGone() throws IOException {
    String commit = repository.commit("refs/heads/master", "a===1\n");
    GitConstraintsSource online = source(ONLINE);
    online.fetch(online.refs());
    Files.move(folder.resolve("requirements.git"), folder.resolve("gone.git"));

    GitConstraintsSource offline = source(OFFLINE);
    offline.fetch(offline.refs());

    assertThat(read(offline, commit)).isEqualTo("a===1\n");
  }

  @Test
  void offlineReadsARepositoryOnThisMachineAsItIs() {
    repository.commit("refs/heads/master", "a===1\n");
    source(ONLINE).refs();
    String moved = repository.commit("refs/heads/master", "a===2\n");

    GitConstraintsSource offline = source(OFFLINE);
    offline.fetch(offline.refs());

    assertThat(read(offline, moved)).isEqualTo("a===2\n");
  }

  @Test
  void offlineWithoutACacheSaysHowToFillIt() {
    GitConstraintsSource source =
        new GitConstraintsSource("https://git.example.invalid/requirements", caches, OFFLINE);

    assertThatThrownBy(source::refs)
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.why()).contains("offline (-o)");
              assertThat(e.fix()).contains("without -o");
            });
    assertThat(caches).doesNotExist();
  }

  @Test
  void offlineNamesTheBranchesThatWereNeverFetched() throws IOException {
    repository.commit("refs/heads/master", "a===1\n");
    repository.commit("refs/heads/stable/2026.1", "a===2\n");
    GitConstraintsSource online = source(ONLINE);
    online.fetch(online.refs().subList(0, 1));
    Files.move(folder.resolve("requirements.git"), folder.resolve("gone.git"));

    GitConstraintsSource offline = source(OFFLINE);

    assertThatThrownBy(() -> offline.fetch(offline.refs()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("never fetched: refs/heads/stable/2026.1");
  }

  @Test
  void aMissingPathAndAFolderThatIsNoRepositoryAreBadInput() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path text = Files.writeString(folder.resolve("text.bundle"), "no bundle\n");
    for (Path path : List.of(folder.resolve("nowhere"), empty, text)) {
      GitConstraintsSource source = new GitConstraintsSource(path.toString(), caches, ONLINE);
      assertThatThrownBy(source::refs)
          .as(path.toString())
          .isInstanceOfSatisfying(
              MirrorException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
                assertThat(e.what()).contains("file://" + path);
              });
    }
  }

  @Test
  void aFolderThatIsThereAndNoRepositoryIsNotSaidToBeMissing() throws IOException {
    Path plain = Files.createDirectory(folder.resolve("plain"));
    Files.writeString(plain.resolve("upper-constraints.txt"), "six===1.17.0\n");
    assertThatThrownBy(new GitConstraintsSource(plain.toString(), caches, ONLINE)::refs)
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).endsWith("is not a Git repository");
              assertThat(e.why()).contains("there is a folder");
              assertThat(e.fix()).contains("git init", "git commit");
            });
    assertThatThrownBy(
            new GitConstraintsSource(folder.resolve("nowhere").toString(), caches, ONLINE)::refs)
        .hasMessageContaining("was not found");
  }

  @Test
  void anEmptyRepositoryHasNoRefs() {
    assertThat(source(ONLINE).refs()).isEmpty();
  }

  @Test
  void aTruncatedPackHeals() throws IOException {
    String commit = repository.commit("refs/heads/master", "a===1\n");
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());
    for (Path pack : packs()) {
      byte[] bytes = Files.readAllBytes(pack);
      Files.setPosixFilePermissions(pack, PosixFilePermissions.fromString("rw-r--r--"));
      Files.write(pack, Arrays.copyOf(bytes, bytes.length / 2));
    }

    GitConstraintsSource again = source(ONLINE);
    again.fetch(again.refs());

    assertThat(read(again, commit)).isEqualTo("a===1\n");
  }

  @Test
  void aDamagedByteInAPackHeals() throws IOException {
    String commit = repository.commit("refs/heads/master", "a===1\n".repeat(500));
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());
    byte[] good = Files.readAllBytes(packs().get(0));
    for (int position = 12; position < good.length; position += 7) {
      Path pack = packs().get(0);
      byte[] bad = Files.readAllBytes(pack);
      bad[position % bad.length] ^= 0x55;
      Files.setPosixFilePermissions(pack, PosixFilePermissions.fromString("rw-r--r--"));
      Files.write(pack, bad);
      GitConstraintsSource again = source(ONLINE);
      again.fetch(again.refs());
      assertThat(read(again, commit)).as("byte " + position).isEqualTo("a===1\n".repeat(500));
    }
  }

  @Test
  void aCacheThatCannotBeLockedIsToldWithTheReason() throws IOException {
    repository.commit("refs/heads/master", "a===1\n");
    source(ONLINE).fetch(source(ONLINE).refs());
    Path cache = cachedRepository().resolveSibling("").normalize();
    FileUtils.delete(cache.toFile(), FileUtils.RECURSIVE);
    Files.createFile(cache);
    GitConstraintsSource again = source(ONLINE);
    assertThatThrownBy(() -> again.fetch(again.refs()))
        .hasMessageContaining("cannot be locked: " + cache + ": something else is in the way");
  }

  @Test
  void leftoversOfAKilledFetchHeal() throws IOException {
    repository.commit("refs/heads/master", "a===1\n");
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());
    String moved = repository.commit("refs/heads/master", "a===2\n");
    Path cached = cachedRepository();
    Files.writeString(cached.resolve("shallow.lock"), "");
    Files.writeString(cached.resolve("config.lock"), "");
    Files.writeString(cached.resolve("FETCH_HEAD.lock"), "");
    Files.writeString(cached.resolve("objects/incoming_1.pack"), "half");
    Files.createDirectories(cached.resolveSibling("repository.new/objects"));
    Files.writeString(cached.resolveSibling("repository.new/HEAD"), "ref: refs/hea");
    Files.createDirectories(cached.resolveSibling("repository.old/objects"));

    GitConstraintsSource again = source(ONLINE);
    again.fetch(again.refs());

    assertThat(read(again, moved)).isEqualTo("a===2\n");
  }

  @Test
  void anyMissingOrEmptyFileOfTheCacheHeals() throws IOException {
    String commit = repository.commit("refs/heads/master", "a===1\n");
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());
    List<String> files = new ArrayList<>();
    contentOf(cachedRepository()).keySet().forEach(files::add);
    assertThat(files).hasSizeGreaterThan(3);
    for (String file : files) {
      for (boolean emptied : List.of(true, false)) {
        Path victim = cachedRepository().resolve(file);
        if (!Files.exists(victim)) {
          continue;
        }
        Files.delete(victim);
        if (emptied) {
          Files.createFile(victim);
        }
        GitConstraintsSource again = source(ONLINE);
        again.fetch(again.refs());
        assertThat(read(again, commit)).as(file).isEqualTo("a===1\n");
      }
    }
  }

  @Test
  void aDamagedCacheOfflineSaysWhatToDo() throws IOException {
    String commit = repository.commit("refs/heads/master", "a===1\n");
    GitConstraintsSource online = source(ONLINE);
    online.fetch(online.refs());
    Files.move(folder.resolve("requirements.git"), folder.resolve("gone.git"));
    GitConstraintsSource offline = source(OFFLINE);
    offline.fetch(offline.refs());
    for (Path pack : packs()) {
      Files.setPosixFilePermissions(pack, PosixFilePermissions.fromString("rw-r--r--"));
      Files.write(pack, new byte[0]);
    }

    assertThatThrownBy(() -> offline.read(commit, FILE))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.fix()).contains("without -o"));
  }

  @Test
  void anUnreachableRepositoryNeverCostsTheCache() throws IOException {
    String commit = repository.commit("refs/heads/master", "a===1\n");
    GitConstraintsSource online = source(ONLINE);
    online.fetch(online.refs());
    repository.commit("refs/heads/master", "a===2\n");
    List<GitRef> moved = online.refs();
    Files.move(folder.resolve("requirements.git"), folder.resolve("gone.git"));

    assertThatThrownBy(() -> source(ONLINE).fetch(moved)).isInstanceOf(MirrorException.class);

    assertThat(read(source(OFFLINE), commit)).isEqualTo("a===1\n");
  }

  @Test
  void manyThreadsShareOneCache() throws Exception {
    String commit = repository.commit("refs/heads/master", "a===1\n");
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      Callable<String> work =
          () -> {
            GitConstraintsSource source = source(ONLINE);
            source.fetch(source.refs());
            return read(source, commit);
          };
      for (Future<String> result : threads.invokeAll(List.of(work, work, work, work, work, work))) {
        assertThat(result.get()).isEqualTo("a===1\n");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(packs()).hasSize(1);
  }

  @Test
  void aCommitThatWasNotFetchedIsAnErrorNotAnEmptyAnswer() {
    repository.commit("refs/heads/master", "a===1\n");
    GitConstraintsSource source = source(ONLINE);
    source.fetch(source.refs());

    assertThatThrownBy(() -> source.read("0".repeat(39) + "1", FILE))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("has no commit");
  }

  private GitConstraintsSource source(GitAccess access) {
    return new GitConstraintsSource(repository.directory().toString(), caches, access);
  }

  private static String read(GitConstraintsSource source, String commit) {
    return new String(source.read(commit, FILE).orElseThrow(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path cachedRepository() throws IOException {
    try (Stream<Path> folders = Files.list(caches)) {
      return folders.findFirst().orElseThrow().resolve("repository.git");
    }
  }

  private List<Path> packs() throws IOException {
    try (Stream<Path> files = Files.list(cachedRepository().resolve("objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(".pack")).sorted().toList();
    }
  }

  /** Relative names and times of modification. */
  private static Map<String, Long> contentOf(Path directory) throws IOException {
    Map<String, Long> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            directory.relativize(file).toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return content;
  }
}
