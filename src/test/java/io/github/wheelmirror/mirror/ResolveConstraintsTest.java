package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.ConstraintsSource;
import io.github.wheelmirror.constraints.GitRef;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolveConstraintsTest {

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void oneBranch() {
    scenario = MirrorScenario.quick(folder);
    scenario.branch("master", "six===1.17.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private Resolution resolution() {
    return scenario
        .workspace()
        .read(scenario.workspace().resolution(), Resolution.class)
        .orElseThrow()
        .value();
  }

  /** A repository with one branch, and what comes of reading its file. */
  private record OneBranch(Supplier<Optional<byte[]>> file, List<GitRef> refs)
      implements ConstraintsSource {
    OneBranch(Supplier<Optional<byte[]>> file) {
      this(file, List.of(new GitRef("refs/heads/master", "a".repeat(40))));
    }

    @Override
    public String location() {
      return "https://git.example.org/requirements";
    }

    @Override
    public void fetch(List<GitRef> wanted) {}

    @Override
    public Optional<byte[]> read(String commit, String path) {
      return file.get();
    }
  }

  private static MirrorException damaged() {
    return MirrorException.machinery("the object is damaged", "bad zlib", "fetch again", null);
  }

  private void source(ConstraintsSource source) {
    scenario.changed(
        parts -> {
          parts.constraints = () -> source;
          parts.targets = () -> List.of(TestTargets.cpython("cp311"));
        });
  }

  @Test
  void aLocalRepositoryIsNamedWithoutItsPlace() throws IOException {
    scenario.goals().resolve();
    assertThat(resolution().source()).isEqualTo("file:constraints.git");
    assertThat(Files.readString(scenario.workspace().resolution()))
        .doesNotContain(folder.toString());
  }

  @Test
  void aFileThatNoBranchHasIsRefusedAndNothingIsWritten() throws IOException {
    source(new OneBranch(Optional::empty));
    assertThatThrownBy(() -> scenario.goals().resolve())
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what())
                  .isEqualTo("no branch has the constraints file upper-constraints.txt");
              assertThat(e.fix()).contains("<constraintsFile>");
            });
    assertThat(scenario.workspace().resolution()).doesNotExist();
  }

  @Test
  void anEmptyRepositoryIsToldAsThat() {
    ConstraintsSource empty = new OneBranch(Optional::empty, List.of());
    source(empty);
    assertThatThrownBy(() -> scenario.goals().resolve())
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).startsWith("constraints repository ").endsWith("no branches");
              assertThat(e.why()).contains("it is empty");
              assertThat(e.fix()).contains("push", "<constraints>").doesNotContain("<branches>");
            });
  }

  @Test
  void aBranchWhoseFileCannotBeReadIsHeldAndNotEmpty() {
    source(
        new OneBranch(
            () -> {
              throw damaged();
            }));
    scenario.goals().resolve();
    assertThat(resolution().branches().get(0).state()).isEqualTo(BranchState.HELD);
    assertThat(resolution().branches().get(0).reasons().get(0)).contains("bad zlib");
  }

  @Test
  void anInterruptWhileReadingHoldsNoBranch() {
    source(
        new OneBranch(
            () -> {
              Thread.currentThread().interrupt();
              throw damaged();
            }));
    assertThatThrownBy(() -> scenario.goals().resolve()).isInstanceOf(MirrorException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(scenario.workspace().resolution()).doesNotExist();
  }

  @Test
  void twoDifferentTargetsOfOneNameAreRefusedAndEqualOnesAreOne() {
    Target one = TestTargets.cpython("cp311");
    Target other =
        new Target(
            one.id(), "cpython", "3.11.9", one.abi(), one.libc(), one.environment(), one.tags());
    scenario.targets(List.of(one, one));
    scenario.goals().resolve();
    assertThat(resolution().targets()).containsExactly(one);
    scenario.targets(List.of(one, other));
    assertThatThrownBy(() -> scenario.goals().resolve())
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what())
                  .isEqualTo("there are two different targets debian-12-x86_64/cp311");
              assertThat(e.why()).contains("3.11.1").contains("3.11.9");
            });
  }

  @Test
  void aTargetFileThatIsNoneIsTold() throws IOException {
    Path file = Files.writeString(folder.resolve("target.json"), "{\"schemaVersion\": 7}");
    assertThatThrownBy(() -> TargetFile.read(file))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT));
    assertThatThrownBy(() -> TargetFile.read(folder.resolve("missing.json")))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.fix()).contains("copy target-*.json"));
  }
}
