package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.ReleaseOutcome;
import io.github.wheelmirror.tree.ReleaseOutcome.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves for CI. */
class OutcomeTest {

  private static final String SLUG = TestTargets.cpython("cp311").id().slug();

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void oneBranch() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.wheel("six", "1.17.0", "py3-none-any").wheel("six", "1.16.0", "py3-none-any");
    scenario.branch("master", "six===1.17.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private ReleaseOutcome outcome() {
    return scenario
        .workspace()
        .read(scenario.workspace().outcome(), ReleaseOutcome.class)
        .orElseThrow()
        .value();
  }

  private Path tests() {
    return scenario.workspace().tests(SLUG);
  }

  private String lastLine() {
    List<String> lines = scenario.lines.all();
    return lines.get(lines.size() - 1);
  }

  @Test
  void whatIsVerifiedAndWhatIsReleasedAreToldApart() {
    scenario.goals().verify();
    assertThat(outcome().outcome()).isEqualTo(State.VERIFIED);
    assertThat(tests()).exists();
    assertThat(lastLine())
        .isEqualTo(
            "wheel-mirror outcome=verified channels=1 released=0 verified=1 blocked=0"
                + " held-branches=0 errors=0 warnings=0 not-checked=0");
    scenario.goals().deploy();
    assertThat(outcome().outcome()).isEqualTo(State.RELEASED);
    assertThat(lastLine()).startsWith("wheel-mirror outcome=released channels=1 released=1 ");
  }

  @Test
  void aRunWithNothingToDoLeavesItAsItIs() {
    scenario.lifecycle();
    Map<String, String> before = MirrorScenario.state(folder.resolve("workspace"));
    assertThat(before).containsKeys("outcome.json", tests().getFileName().toString());
    scenario.lifecycle();
    assertThat(MirrorScenario.state(folder.resolve("workspace"))).isEqualTo(before);
  }

  @Test
  void whatBlocksIsToldInTheFilesToo() throws IOException {
    scenario.goals().deploy();
    scenario.branch("master", "absent===1.0");
    scenario.goals().build();
    assertThatThrownBy(() -> scenario.goals().deploy()).isInstanceOf(MirrorException.class);
    assertThat(outcome().outcome()).isEqualTo(State.BLOCKED);
    assertThat(outcome().channels().get(0).errors()).as("one a Python").isEqualTo(2);
    assertThat(Files.readString(tests())).contains("<failure type=\"nothing-served\"");
    assertThat(lastLine()).startsWith("[WARNING] wheel-mirror outcome=blocked channels=1 ");
  }

  @Test
  void aHeldBranchIsNamed() {
    scenario.branch("stable/2025.1", "six===1.16.0", "six===1.17.0");
    assertThatThrownBy(() -> scenario.goals().deploy()).hasMessageContaining("is held");
    assertThat(outcome().outcome()).isEqualTo(State.HELD);
    assertThat(outcome().heldBranches()).containsExactly("stable/2025.1");
    assertThat(outcome().channels().get(0).outcome()).isEqualTo(State.RELEASED);
  }

  @Test
  void ofARunThatBreaksOffNoEarlierOneTells() throws IOException {
    scenario.goals().deploy();
    Files.writeString(folder.resolve("workspace/TEST-wheel-mirror-other-1-x86_64.xml"), "<x/>");
    scenario.goals().verify();
    assertThat(folder.resolve("workspace/TEST-wheel-mirror-other-1-x86_64.xml")).doesNotExist();
    scenario.clients = new MirrorRequest.ClientSettings(List.of("pip"), 1, "");
    scenario.changed(
        parts ->
            parts.clients =
                new Outside.Clients(
                    List::of,
                    staged -> {
                      throw MirrorException.machinery("no server", "why", "fix", null);
                    }));
    assertThatThrownBy(() -> scenario.goals().verify()).hasMessageContaining("no server");
    assertThat(scenario.workspace().outcome()).doesNotExist();
    assertThat(tests()).doesNotExist();
  }
}
