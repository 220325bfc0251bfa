package io.github.wheelmirror.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.WheelFilename;
import io.github.wheelmirror.tree.ClosureRun;
import io.github.wheelmirror.tree.InstallClient;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verify makes of the answers of install clients. */
class InstallClosureTest {

  @TempDir Path folder;
  private MirrorScenario scenario;
  private final List<InstallClient.Question> questions = new CopyOnWriteArrayList<>();
  private String upstream = "";
  private String upstreamSha256 = "";
  private UnaryOperator<InstallClient.Answer> twist = answer -> answer;

  /** Takes what the pages of the index list. */
  private final class Honest implements InstallClient {

    @Override
    public String name() {
      return "client";
    }

    @Override
    public Answer resolve(Question question) {
      questions.add(question);
      Map<ProjectName, TakenFile> taken = new TreeMap<>();
      for (String requirement : question.requirements()) {
        ProjectName name = ProjectName.parse(requirement.substring(0, requirement.indexOf('=')));
        if (question.upstreamToo() && name.value().equals("six")) {
          taken.put(name, new TakenFile(upstream, upstreamSha256));
          continue;
        }
        try {
          assertThat(Files.list(question.scratch())).isEmpty();
          URI page = question.index().resolve(name.value() + "/");
          String html = new String(page.toURL().openStream().readAllBytes(), UTF_8);
          String file = html.replaceAll("(?s).*href=\"([^\"]*)\".*", "$1");
          String sha256 = file.replaceFirst(".*#sha256=", "");
          String filename = file.replaceFirst("#.*", "").replaceFirst(".*/", "");
          assertThat(WheelFilename.parse(filename).name()).isEqualTo(name);
          assertThat(page.resolve(file).toURL().openStream().readAllBytes()).isNotEmpty();
          taken.put(name, new TakenFile(filename, sha256));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return twist.apply(new Answer.Taken("client 1.0", taken));
    }
  }

  @BeforeEach
  void twoBranches() {
    scenario = MirrorScenario.quick(folder);
    scenario.changed(
        parts -> {
          Outside.Clients own = parts.clients;
          parts.clients =
              new Outside.Clients(() -> List.of(new Honest()), own.server(), own.installer());
        });
    scenario.index.wheel("six", "1.17.0", "py3-none-any");
    scenario.index.file(
        "pbr",
        "pbr-7.0-py3-none-any.whl",
        SyntheticFiles.wheelOf("pbr", "7.0", Map.of("pbr.py", ""), List.of("setuptools", "six>=1")),
        "");
    scenario.branch("master", "six===1.17.0", "pbr===7.0");
    scenario.branch("stable/2025.1", "six===1.17.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private List<ClosureRun> clients() {
    return verification().channels().get(0).clients();
  }

  private Verification verification() {
    return scenario
        .workspace()
        .read(scenario.workspace().verification(), Verification.class)
        .orElseThrow()
        .value();
  }

  @Test
  void eachBranchAndPythonIsAskedForAllPinsAndForThoseThatClose() {
    scenario.goals().verify();
    assertThat(clients())
        .extracting(
            run -> run.branch() + " " + run.python() + " " + run.client() + " " + run.state())
        .containsExactly(
            "master cp311 client 1.0 same",
            "master cp312 client 1.0 same",
            "stable/2025.1 cp311 client 1.0 same",
            "stable/2025.1 cp312 client 1.0 same");
    assertThat(clients()).extracting(ClosureRun::pins).containsExactly(2, 2, 1, 1);
    assertThat(clients()).extracting(ClosureRun::closed).containsExactly(1, 1, 1, 1);
    assertThat(questions)
        .extracting(q -> q.requirements() + " " + q.dependencies())
        .containsOnly("[pbr===7.0, six===1.17.0] false", "[six===1.17.0] true")
        .hasSize(6);
    assertThat(questions).allSatisfy(q -> assertThat(q.scratch()).doesNotExist());
    assertThat(verification().channels().get(0).problems())
        .extracting(Problem::code)
        .containsExactly("dependency-missing");
  }

  @Test
  void anotherFileBlocksTheRelease() {
    twist =
        answer ->
            new InstallClient.Answer.Taken(
                "client 1.0",
                Map.of(
                    ProjectName.parse("six"),
                    new InstallClient.TakenFile("six-1.17.0-py3-none-any.whl", "ab".repeat(32))));
    assertThatThrownBy(() -> scenario.goals().deploy())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("a channel cannot be released");
    assertThat(scenario.served("mirror")).isEmpty();
    assertThat(clients()).extracting(ClosureRun::state).containsOnly(ClosureRun.State.OTHER);
    assertThat(verification().channels().get(0).errors())
        .extracting(Problem::words)
        .anyMatch(words -> words.contains("pbr: nothing, six: six-1.17.0-py3-none-any.whl"));
  }

  @Test
  void aRefusalBlocksTheRelease() {
    twist = answer -> new InstallClient.Answer.Refused("client 1.0", "no solution for six");
    assertThatThrownBy(() -> scenario.goals().verify())
        .hasMessageContaining("a channel cannot be released");
    assertThat(clients()).extracting(ClosureRun::words).containsOnly("no solution for six");
  }

  @Test
  void aClientThatIsNotHereIsNoPassAndNoFailure() {
    twist = answer -> new InstallClient.Answer.Absent("there is none");
    scenario.goals().deploy();
    assertThat(clients()).extracting(ClosureRun::state).containsOnly(ClosureRun.State.NOT_CHECKED);
    assertThat(scenario.lines.all())
        .contains("  client was not asked: there is none (cp311, cp312)");
  }

  @Test
  void whatIsReleasedIsAskedAgainOnlyByVerifyAlone() throws IOException {
    scenario.goals().deploy();
    questions.clear();
    byte[] before = Files.readAllBytes(scenario.workspace().verification());
    scenario.goals().deploy();
    assertThat(questions).isEmpty();
    assertThat(scenario.workspace().verification()).hasBinaryContent(before);
    scenario.goals().verify();
    assertThat(questions).isNotEmpty();
  }

  @Test
  void wheelsThatOnlyTheRegionHasAreServedToo() throws IOException {
    scenario.goals().deploy();
    Folders.remove(folder.resolve("cache/wheelhouse"));
    scenario.goals().verify();
    assertThat(clients()).extracting(ClosureRun::state).containsOnly(ClosureRun.State.SAME);
  }

  @Test
  void whatUpstreamServesIsComparedByNameAndHash() throws IOException {
    scenario.upstreamWheels = UpstreamWheels.SKIP;
    scenario.index.sdist("simplegeneric", "0.8.1");
    scenario.branch("master", "six===1.17.0", "simplegeneric===0.8.1");
    scenario.branch("stable/2025.1", "simplegeneric===0.8.1");
    upstream = "six-1.17.0-py3-none-any.whl";
    scenario.goals().verify();
    assertThat(clients()).extracting(ClosureRun::state).containsOnly(ClosureRun.State.SAME);
    assertThat(questions)
        .extracting(q -> q.upstreamToo() + " " + q.requirements())
        .containsOnly(
            "true [simplegeneric===0.8.1, six===1.17.0]", "false [simplegeneric===0.8.1]");
    upstream = "six-1.17.0-2-py3-none-any.whl";
    assertThatThrownBy(() -> scenario.goals().verify()).isInstanceOf(MirrorException.class);
    assertThat(clients())
        .extracting(run -> run.branch() + " " + run.state() + " " + run.words())
        .contains("master other six: six-1.17.0-2-py3-none-any.whl", "stable/2025.1 same ");
    upstream = "six-1.17.0-py3-none-any.whl";
    upstreamSha256 = Sha256.of(SyntheticFiles.wheel("six", "six", "1.17.0", "py3-none-any"));
    scenario.goals().verify();
    upstreamSha256 = "ab".repeat(32);
    assertThatThrownBy(() -> scenario.goals().verify()).isInstanceOf(MirrorException.class);
    assertThat(clients())
        .extracting(run -> run.branch() + " " + run.state() + " " + run.words())
        .contains("master other six: six-1.17.0-py3-none-any.whl with other bytes");
  }
}
