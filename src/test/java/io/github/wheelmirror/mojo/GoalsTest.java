package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals as Maven's container makes them. */
@MojoTest
class GoalsTest {

  @TempDir Path folder;

  @Test
  @InjectMojo(goal = "build")
  @MojoParameter(name = "skip", value = "true")
  void aSkippedGoalNeedsNothing(BuildMojo mojo) {
    assertThatCode(mojo::execute).doesNotThrowAnyException();
  }

  @Test
  @InjectMojo(goal = "plan")
  void aGoalWithoutConstraintsSaysHowToNameThem(PlanMojo mojo) {
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageStartingWith("there are no constraints to mirror\n  why: ")
        .hasMessageContaining("-Dwheel-mirror.constraints=");
  }

  @Test
  @InjectMojo(goal = "resolve")
  @MojoParameter(name = "constraints", value = "/no/such/repository")
  @MojoParameter(name = "downloads", value = "0")
  void aBadParameterIsAFailureOfTheInput(ResolveMojo mojo) {
    session(mojo);
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("<downloads> is 0");
  }

  @Test
  @InjectMojo(goal = "resolve")
  @MojoParameter(name = "constraints", value = "no/such/repository")
  void aRepositoryThatIsNotThereIsAFailureOfTheInput(ResolveMojo mojo) {
    session(mojo);
    mojo.cacheDirectory = folder.resolve("cache").toFile();
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining(folder.resolve("no/such/repository").toString())
        .hasMessageContaining("\n  fix: ");
  }

  @Test
  @InjectMojo(goal = "serve")
  @MojoParameter(name = "port", value = "65536")
  void aPortThatIsNoneIsAFailureOfTheInput(ServeMojo mojo) {
    session(mojo);
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("<port> is 65536");
  }

  @Test
  @InjectMojo(goal = "status")
  void statusNeedsRegionsAndNoConstraints(StatusMojo mojo) {
    session(mojo);
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("there is no region to ask");
    mojo.region = folder.resolve("mirror").toString();
    assertThatCode(mojo::execute).doesNotThrowAnyException();
  }

  @Test
  @InjectMojo(goal = "report")
  void aReportNeedsNeitherConstraintsNorRegions(ReportMojo mojo) {
    session(mojo);
    mojo.cacheDirectory = folder.resolve("cache").toFile();
    assertThatCode(mojo::execute).doesNotThrowAnyException();
    assertThat(folder.resolve("target/wheel-mirror/report/index.html")).exists();
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  @InjectMojo(goal = "clean-wheelhouse")
  void cleaningNeedsNoConstraints(CleanWheelhouseMojo mojo) {
    session(mojo);
    mojo.cacheDirectory = folder.resolve("cache").toFile();
    assertThatCode(mojo::execute).doesNotThrowAnyException();
    assertThat(folder.resolve("cache")).doesNotExist();
    mojo.unusedFor = -1;
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("<unusedFor> is -1");
  }

  /** The harness's own session knows no folder. */
  @SuppressWarnings("deprecation")
  private void session(AbstractMirrorMojo mojo) {
    DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
    request.setBaseDirectory(folder.toFile());
    mojo.session = new MavenSession(null, null, request, new DefaultMavenExecutionResult());
  }

  private static final String CONFIGURED =
      """
      <project>
        <build>
          <plugins>
            <plugin>
              <groupId>io.github.wheelmirror</groupId>
              <artifactId>wheel-mirror-maven-plugin</artifactId>
              <configuration>
                <extraPins>
                  <extraPin>setuptools===80.9.0</extraPin>
                  <extraPin><pin>wheel===0.45</pin><pythons><python>3.9</python></pythons></extraPin>
                </extraPins>
                <regions>
                  <region>/srv/a</region>
                  <region><id>b</id><url>/srv/x</url></region>
                </regions>
                <indexes><index>https://index.example.org/simple/</index></indexes>
                <interpreters><py3.12>/opt/bin/python3</py3.12></interpreters>
                <targetFiles><file>/a.json</file></targetFiles>
                <buildConstraints>
                  <buildConstraint>setuptools&lt;82</buildConstraint>
                  <buildConstraint>
                    <branches><branch>stable/*</branch></branches>
                    <lines><line>cython&lt;3</line></lines>
                  </buildConstraint>
                </buildConstraints>
              </configuration>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  @Test
  @InjectMojo(goal = "deploy", pom = CONFIGURED)
  void shortAndLongFormsOfConfigurationAreRead(DeployMojo mojo) {
    assertThat(mojo.extraPins)
        .extracting(pin -> pin.pin)
        .containsExactly("setuptools===80.9.0", "wheel===0.45");
    assertThat(mojo.extraPins.get(1).pythons).containsExactly("3.9");
    assertThat(mojo.regions).extracting(region -> region.url).containsExactly("/srv/a", "/srv/x");
    assertThat(mojo.indexes)
        .extracting(index -> index.url)
        .containsExactly("https://index.example.org/simple/");
    assertThat(mojo.interpreters).containsEntry("py3.12", new File("/opt/bin/python3"));
    assertThat(mojo.targetFiles).containsExactly(new File("/a.json"));
    assertThat(mojo.buildConstraints)
        .extracting(lines -> lines.lines)
        .containsExactly(List.of("setuptools<82"), List.of("cython<3"));
  }
}
