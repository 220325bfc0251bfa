package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnknownNamesTest {

  private final Plugin plugin = new Plugin();
  private final MavenProject project = new MavenProject();
  private PluginDescriptor descriptor;

  @BeforeEach
  void readThePlugin() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/META-INF/maven/plugin.xml")) {
      descriptor =
          new PluginDescriptorBuilder().build(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    plugin.setGroupId(descriptor.getGroupId());
    plugin.setArtifactId(descriptor.getArtifactId());
    project.getBuild().addPlugin(plugin);
  }

  private MojoExecution running(String goal) {
    MojoExecution execution = new MojoExecution(plugin, goal, "default-cli");
    execution.setMojoDescriptor(descriptor.getMojo(goal));
    return execution;
  }

  private static Properties given(String... names) {
    Properties given = new Properties();
    for (String name : names) {
      given.setProperty(name, "given");
    }
    return given;
  }

  @Test
  void whatThePomOverrulesIsTold() throws Exception {
    MojoExecution execution = running("build");
    execution.setConfiguration(
        Xpp3DomBuilder.build(
            new StringReader(
                "<configuration><pythons>3.11</pythons><region>given</region>"
                    + "<index>${wheel-mirror.index}</index>"
                    + "<excludes><exclude/></excludes></configuration>")));
    Properties given =
        given("wheel-mirror.pythons", "wheel-mirror.region", "wheel-mirror.index", "other");
    assertThat(UnknownNames.warnings(execution, given, project))
        .containsExactly("-Dwheel-mirror.pythons changes nothing: <pythons> of the POM is taken");
  }

  @Test
  void anElementThatIsThereTwiceIsTold() throws Exception {
    plugin.setConfiguration(
        Xpp3DomBuilder.build(
            new StringReader(
                "<configuration><region>a</region><region>b</region><pythons/></configuration>")));
    assertThat(UnknownNames.warnings(running("deploy"), given(), project))
        .containsExactly("<region> is there more than once, and only the last one counts");
  }

  @Test
  void aSwitchThatIsNeitherOnNorOffIsRefused() throws Exception {
    MojoExecution execution = running("deploy");
    execution.setConfiguration(
        Xpp3DomBuilder.build(
            new StringReader(
                "<configuration><failOnNew>yes</failOnNew><skip>${wheel-mirror.skip}</skip>"
                    + "<retryFailed>True</retryFailed><updateLock/>"
                    + "<checkPublicUrls>${wheel-mirror.checkPublicUrls}</checkPublicUrls>"
                    + "<region>maybe</region></configuration>")));
    Properties given = given("other");
    given.setProperty("wheel-mirror.checkPublicUrls", "on");
    assertThatThrownBy(() -> BooleanWords.require(execution, given))
        .hasMessageContaining("2 settings cannot be used")
        .hasMessageContaining("<failOnNew> is yes: it is a switch")
        .hasMessageContaining("<checkPublicUrls> is on: it is a switch");
    execution.setConfiguration(
        Xpp3DomBuilder.build(
            new StringReader(
                "<configuration><checkPublicUrls>${wheel-mirror.checkPublicUrls}</checkPublicUrls>"
                    + "</configuration>")));
    given.setProperty("wheel-mirror.checkPublicUrls", "FALSE");
    assertThatCode(() -> BooleanWords.require(execution, given)).doesNotThrowAnyException();
  }

  @Test
  void aListOfThePomOverrulesWhereMavenKeepsNoExpressionBesideIt() throws Exception {
    Xpp3Dom inPom =
        Xpp3DomBuilder.build(
            new StringReader(
                "<configuration><branches><branch>master</branch></branches></configuration>"));
    MojoExecution execution = running("build");
    execution.setConfiguration(inPom);
    Properties given = given("wheel-mirror.branches");
    assertThat(UnknownNames.warnings(execution, given, project))
        .containsExactly("-Dwheel-mirror.branches changes nothing: <branches> of the POM is taken");
    inPom.getChild("branches").setValue("${wheel-mirror.branches}");
    assertThat(UnknownNames.warnings(execution, given, project)).isEmpty();
  }

  @Test
  void propertiesOfAnyGoalAreKnownAndThoseOfOthersAreTheirOwn() {
    Properties given =
        given("wheel-mirror.minCoverage", "wheel-mirror.rollback.to", "skipTests", "goal");
    assertThat(UnknownNames.warnings(running("deploy"), given, project)).isEmpty();
  }

  @Test
  void aMisspeltPropertyIsToldWithTheOneThatWasMeant() {
    assertThat(
            UnknownNames.warnings(
                running("deploy"),
                given("wheel-mirror.minCovrage", "wheel-mirror.unheard.of"),
                null))
        .containsExactly(
            "no goal of this plugin knows -Dwheel-mirror.minCovrage, so it changes nothing; did you"
                + " mean -Dwheel-mirror.minCoverage?",
            "no goal of this plugin knows -Dwheel-mirror.unheard.of, so it changes nothing");
  }

  @Test
  void aMisspeltElementOfThePluginOrOfAnExecutionIsTold() throws Exception {
    plugin.setConfiguration(
        Xpp3DomBuilder.build(
            new StringReader("<configuration><exclude/><to>previous</to></configuration>")));
    PluginExecution execution = new PluginExecution();
    execution.setConfiguration(
        Xpp3DomBuilder.build(new StringReader("<configuration><regon>x</regon></configuration>")));
    plugin.addExecution(execution);
    assertThat(UnknownNames.warnings(running("build"), given(), project))
        .containsExactly(
            "no goal of this plugin knows <exclude>, so it changes nothing; did you mean"
                + " <excludes>?",
            "no goal of this plugin knows <regon>, so it changes nothing; did you mean <region>?");
  }
}
