package io.github.wheelmirror.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.LongAgo;
import io.github.wheelmirror.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever real Git does to refs shows in the files that are noted. */
class LocalRefsTest {

  @TempDir Path folder;
  private Path repository;

  @BeforeEach
  void repository() throws Exception {
    repository = folder.resolve("repository");
    Files.createDirectories(repository);
    git("init", "-q", "-b", "master");
    git("config", "user.name", "a");
    git("config", "user.email", "a@example.org");
    git("commit", "-q", "--allow-empty", "-m", "one");
    git("branch", "stable/2025.1");
    LongAgo.all(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit -q --allow-empty -m two",
        "branch other",
        "branch stable/2026.1",
        "branch unmaintained/old/name",
        "branch -D stable/2025.1",
        "branch -m stable/2025.1 stable/2025.2",
        "branch -f stable/2025.1 HEAD",
        "tag 2025.1-eol",
        "tag -a annotated -m words",
        "checkout -q -b other",
        "pack-refs --all",
        "update-ref refs/remotes/origin/master HEAD",
        "symbolic-ref refs/heads/alias refs/heads/master"
      })
  void whatGitDoesShows(String command) throws Exception {
    Map<Path, String> before = facts();
    if (command.equals("branch -f stable/2025.1 HEAD")) {
      git("commit", "-q", "--allow-empty", "-m", "two");
      LongAgo.all(folder);
      before = facts();
    }
    git(command.split(" "));
    assertThat(facts()).isNotEqualTo(before);
  }

  @Test
  void packedRefsThatChangeShow() throws Exception {
    git("pack-refs", "--all");
    LongAgo.all(folder);
    Map<Path, String> before = facts();
    git("branch", "-D", "stable/2025.1");
    assertThat(facts()).isNotEqualTo(before);
  }

  @Test
  void aBareRepositoryAndABundleAreNotedToo() throws Exception {
    Path bare = folder.resolve("bare.git");
    git("clone", "-q", "--bare", repository.toString(), bare.toString());
    Path bundle = folder.resolve("all.bundle");
    git("bundle", "create", "-q", bundle.toString(), "--all");
    LongAgo.all(folder);
    assertThat(seen(bare).doubt()).isEmpty();
    assertThat(seen(bundle).doubt()).isEmpty();
    assertThat(seen(bundle).facts()).containsOnlyKeys(bundle);
    Map<Path, String> before = seen(bare).facts();
    git("--git-dir", bare.toString(), "branch", "other", "master");
    assertThat(seen(bare).facts()).isNotEqualTo(before);
  }

  @Test
  void whatKeepsItsRefsElsewhereIsADoubt() throws Exception {
    Path tree = folder.resolve("tree");
    git("worktree", "add", "-q", tree.toString(), "stable/2025.1");
    LongAgo.all(folder);
    assertThat(seen(tree).doubt()).contains("keeps its refs in another way");
    assertThat(seen(folder).doubt()).contains("keeps its refs in another way");
    assertThat(seen(folder.resolve("absent")).doubt()).isNotEmpty();
    Files.createDirectories(repository.resolve(".git/reftable"));
    LongAgo.all(folder);
    assertThat(seen(repository).doubt()).contains("keeps its refs in another way");
  }

  @Test
  void whatWasWrittenAMomentAgoIsADoubt() throws Exception {
    git("branch", "other");
    assertThat(seen(repository).doubt()).contains("a moment ago");
  }

  private Map<Path, String> facts() {
    // a moment later: what was just written is a doubt, and so shows
    Seen seen = seen(repository);
    Map<Path, String> facts = seen.facts();
    if (!seen.doubt().isEmpty()) {
      facts.put(folder, seen.doubt());
    }
    return facts;
  }

  private static Seen seen(Path place) {
    Seen seen = new Seen();
    LocalRefs.note(place, seen);
    return seen;
  }

  private void git(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
