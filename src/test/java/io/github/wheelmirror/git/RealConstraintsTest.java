package io.github.wheelmirror.git;

import static io.github.wheelmirror.git.GitFixture.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.constraints.BranchContent;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.BranchSelection;
import io.github.wheelmirror.constraints.BranchSelector;
import io.github.wheelmirror.constraints.ConstraintLine;
import io.github.wheelmirror.constraints.ConstraintsFile;
import io.github.wheelmirror.constraints.SelectedBranch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real constraint files with their history, from a bundle of OpenStack's requirements that is not
 * part of this project: name it with the system property or variable {@code WHEEL_MIRROR_BUNDLE}.
 */
class RealConstraintsTest {

  private static final String BUNDLE = "WHEEL_MIRROR_BUNDLE";
  private static final List<String> HEADS =
      List.of(
          "master",
          "stable/2026.1",
          "stable/2025.2",
          "stable/2025.1",
          "unmaintained/2024.1",
          "unmaintained/2023.1",
          "unmaintained/zed",
          "unmaintained/yoga");

  private Path caches;
  private String bundle;
  private GitConstraintsSource source;
  private BranchSelection selection;

  @BeforeEach
  void fetch(@TempDir Path temporary) {
    caches = temporary;
    bundle = bundle();
    GitAccess access =
        GitAccess.anonymous(
            command -> {
              throw new IOException("no ssh here");
            });
    source = new GitConstraintsSource(bundle, caches, access);
    selection =
        BranchSelector.select(
            source.refs(), new BranchPatterns(List.of("*"), List.of(), List.of()));
    source.fetch(selection.branches().stream().map(SelectedBranch::toRef).toList());
  }

  @Test
  void theEightHeadsHaveTheirKnownNumbersOfPins() {
    assertThat(selection.branches())
        .extracting(branch -> branch.branch().name())
        .containsExactlyElementsOf(HEADS);
    assertThat(selection.branches())
        .extracting(
            branch -> {
              BranchContent content = BranchContent.read(source, branch.commit(), FILE);
              ConstraintsFile file = ((BranchContent.Found) content).file();
              assertThat(file.refusals()).isEmpty();
              return file.pins().size();
            })
        .containsExactly(575, 554, 603, 599, 619, 592, 592, 644);
  }

  @Test
  void everyLineOfEveryRevisionIsAccountedFor() throws IOException {
    Set<String> revisions = new HashSet<>();
    GitUrl url = GitUrl.parse(bundle);
    int lines = 0;
    try (Repository cached = new GitCache(caches, url).open();
        RevWalk walk = new RevWalk(cached)) {
      for (SelectedBranch branch : selection.branches()) {
        walk.markStart(walk.parseCommit(ObjectId.fromString(branch.commit())));
      }
      for (RevCommit commit : walk) {
        Optional<byte[]> content = source.read(commit.name(), FILE);
        if (content.isPresent()
            && revisions.add(new String(content.get(), StandardCharsets.UTF_8))) {
          lines += check(commit.name(), content.get());
        }
      }
    }
    assertThat(revisions).hasSizeGreaterThan(100);
    assertThat(lines).isGreaterThan(100 * 500);
  }

  private static int check(String commit, byte[] content) {
    ConstraintsFile file = ConstraintsFile.parse(FILE, content, path -> Optional.empty());
    int next = 1;
    for (ConstraintLine line : file.lines()) {
      assertThat(line.where().line()).as(commit).isEqualTo(next);
      next += line.physicalLines();
    }
    long expected = new String(content, StandardCharsets.UTF_8).lines().count();
    assertThat(next - 1).as(commit).isEqualTo((int) expected);
    assertThat(file.refusals()).as(commit).allMatch(refusal -> !refusal.words().isEmpty());
    return next - 1;
  }

  private static String bundle() {
    String named =
        System.getProperty(BUNDLE, Optional.ofNullable(System.getenv(BUNDLE)).orElse(""));
    Path base = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path file =
        named.isEmpty()
            ? base.resolve("../shared/data/requirements.bundle").normalize()
            : Path.of(named);
    Assumptions.assumeTrue(Files.isRegularFile(file), "no bundle of real constraints at " + file);
    return file.toString();
  }
}
