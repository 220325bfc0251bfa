package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.tree.AcceptedFinding;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineRequestsTest {

  @TempDir Path root;
  private final VerifyMojo mojo = new VerifyMojo(ServerCredentialsTest.plain());

  @BeforeEach
  @SuppressWarnings("deprecation")
  void mavenRunsInTheFolder() {
    DefaultMavenExecutionRequest maven = new DefaultMavenExecutionRequest();
    maven.setBaseDirectory(root.toFile());
    mojo.session = new MavenSession(null, null, maven, new DefaultMavenExecutionResult());
  }

  private List<AcceptedFinding> accepted(String json) throws IOException {
    Files.writeString(root.resolve("baseline.json"), json);
    mojo.baselineFile = new File("baseline.json");
    return accepted();
  }

  private List<AcceptedFinding> accepted() {
    return new BaselineRequests(new RequestPaths(mojo), new Seen()).accepted(mojo);
  }

  private void assertRefused(String json, String... words) {
    assertThatThrownBy(() -> accepted(json))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what() + " " + e.why()).contains(words);
              assertThat(e.fix()).isNotBlank();
            });
  }

  @Test
  void theFileIsReadWithItsComments() throws IOException {
    assertThat(accepted()).isEmpty();
    assertThat(
            accepted(
                """
                {
                  // upstream's issue is open
                  "accepted": [
                    {"pin": "lxml<7", "check": "wheel-tags", "reason": "r", "expires": "2027-01-31"}
                  ]
                }
                """))
        .containsExactly(new AcceptedFinding("lxml<7", "", "wheel-tags", "r", "2027-01-31"));
    assertThat(accepted("{}")).isEmpty();
  }

  @Test
  void aMistakeIsToldWithItsPlace() {
    assertRefused("{\"accepted\": [{\"pin\": \"a\", \"cheque\": \"x\"}]}", "cheque", "check");
    assertRefused("{\"accepted\": [null]}", "baseline.json");
    assertRefused("{\"accepted\": [}", "baseline.json, line 1");
    assertRefused(
        "{\"accepted\": [{\"pin\": \"a\", \"check\": \"wheel-tags\", \"expires\": \"2027-01-31\"}]}",
        "the accepted finding 1 (a)",
        "no \"reason\"");
    assertRefused(
        "{\"accepted\": [{\"pin\": \"a\", \"check\": \"wheel-zip-bomb\", \"reason\": \"r\","
            + " \"expires\": \"2027-01-31\"}]}",
        "wheel-zip-bomb cannot be accepted");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    mojo.baselineFile = new File("nowhere.json");
    assertThatThrownBy(this::accepted).hasMessageContaining("nowhere.json");
  }
}
