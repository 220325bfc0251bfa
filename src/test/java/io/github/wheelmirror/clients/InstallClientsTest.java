package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.builder.ClientHost;
import io.github.wheelmirror.builder.HostTargets;
import io.github.wheelmirror.builder.InstallerSettings;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.builder.Interpreters;
import io.github.wheelmirror.builder.PipClient;
import io.github.wheelmirror.builder.UvClient;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.it.LocalIndex;
import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.tree.InstallClient;
import io.github.wheelmirror.tree.InstallClient.Answer;
import io.github.wheelmirror.tree.InstallClient.TakenFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real pip and uv of this machine, asked what they would take. */
class InstallClientsTest {

  @TempDir Path folder;
  private final Interpreters interpreters = MirrorRun.interpreters();
  private LocalIndex staged;
  private LocalIndex upstream;
  private Interpreter python;
  private Optional<Diagnosis> refusal = Optional.empty();

  /** A client and what must be there for it. */
  private enum Client {
    PIP(
        PipClient::new,
        test ->
            Programs.require(
                Clients.hasPip(test.python), "the pip of " + test.python + " has no --report")),
    UV(UvClient::new, test -> Programs.need("uv"));

    private final Function<ClientHost, InstallClient> maker;
    private final Consumer<InstallClientsTest> needs;

    Client(Function<ClientHost, InstallClient> maker, Consumer<InstallClientsTest> needs) {
      this.maker = maker;
      this.needs = needs;
    }
  }

  @BeforeEach
  void indexes() throws IOException {
    staged = LocalIndex.start();
    upstream = LocalIndex.start();
    python =
        interpreters.all().stream()
            .filter(Clients::hasPip)
            .findFirst()
            .orElseGet(() -> interpreters.all().get(0));
    staged.wheel("six", "1.16.0", "py3-none-any").wheel("six", "1.17.0", "py3-none-any");
    staged.wheel("local-one", "1.0+deb12.1", "py2.py3-none-any");
    staged.file(
        "needs",
        "needs-2.0-py3-none-any.whl",
        SyntheticFiles.wheelOf("needs", "2.0", Map.of("needs.py", ""), List.of("six>=1.10")),
        "");
  }

  @AfterEach
  void stop() {
    staged.close();
    upstream.close();
  }

  private Answer ask(Client client, boolean dependencies, String... requirements)
      throws IOException {
    return ask(client, HostTargets.of(python), false, dependencies, requirements);
  }

  private Answer ask(
      Client client,
      Target target,
      boolean upstreamToo,
      boolean dependencies,
      String... requirements)
      throws IOException {
    client.needs.accept(this);
    SearchPath path =
        SearchPath.withSystem(
            client == Client.UV
                ? String.valueOf(Programs.need("uv").getParent())
                : System.getenv().getOrDefault("PATH", ""));
    ClientHost host =
        new ClientHost(
            ProcessRunner.create(),
            path,
            () -> interpreters,
            asked -> refusal,
            () -> new InstallerSettings(Map.of("PIP_INDEX_URL", upstream.url())));
    Path constraints = Files.writeString(folder.resolve("c.txt"), "six===1.16.0\n");
    return client
        .maker
        .apply(host)
        .resolve(
            new InstallClient.Question(
                target,
                URI.create(staged.url()),
                upstreamToo,
                List.of(requirements),
                dependencies,
                constraints,
                Files.createTempDirectory(folder, "scratch")));
  }

  private static TakenFile taken(Answer answer, String project) {
    return Objects.requireNonNull(((Answer.Taken) answer).files().get(ProjectName.parse(project)));
  }

  private static String file(Answer answer, String project) {
    return taken(answer, project).filename();
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void itTellsNamesAndHashesOfTheFilesThatItTakes(Client client) throws IOException {
    Answer answer = ask(client, false, "needs===2.0", "local-one===1.0+deb12.1", "six===1.16.0");
    Answer.Taken taken = (Answer.Taken) answer;
    assertThat(taken.client()).matches("(pip|uv) \\d+\\..*");
    assertThat(taken.files().values())
        .extracting(TakenFile::filename)
        .containsExactlyInAnyOrder(
            "needs-2.0-py3-none-any.whl",
            "local_one-1.0+deb12.1-py2.py3-none-any.whl",
            "six-1.16.0-py3-none-any.whl");
    assertThat(taken(answer, "six").sha256())
        .isEqualTo(Sha256.of(SyntheticFiles.wheel("six", "six", "1.16.0", "py3-none-any")));
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void whatIsRequiredIsTakenUnderTheConstraints(Client client) throws IOException {
    Answer answer = ask(client, true, "needs===2.0");
    assertThat(file(answer, "six")).isEqualTo("six-1.16.0-py3-none-any.whl");
    assertThat(((Answer.Taken) ask(client, false, "needs===2.0")).files()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void itTellsWhyThereIsNoSolution(Client client) throws IOException {
    assertThat(ask(client, true, "gone===1.0"))
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.words()).contains("gone"));
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void sdistsAreNeverBuilt(Client client) throws IOException {
    staged.sdist("source", "1.0");
    assertThat(ask(client, true, "source===1.0")).isInstanceOf(Answer.Refused.class);
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void upstreamHasTheRestWhereItMay(Client client) throws IOException {
    upstream.wheel("elsewhere", "3.0", "py3-none-any");
    Target target = HostTargets.of(python);
    assertThat(
            file(ask(client, target, true, true, "elsewhere===3.0", "six===1.16.0"), "elsewhere"))
        .isEqualTo("elsewhere-3.0-py3-none-any.whl");
    assertThat(ask(client, target, false, true, "elsewhere===3.0"))
        .isInstanceOf(Answer.Refused.class);
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void itIsNotAskedForWhatThisHostIsNot(Client client) throws IOException {
    refusal = Optional.of(new Diagnosis(FailureClass.NO_INTERPRETER, "no such Python", "w", "f"));
    assertThat(ask(client, true, "six===1.16.0")).isEqualTo(new Answer.Absent("no such Python"));
  }
}
