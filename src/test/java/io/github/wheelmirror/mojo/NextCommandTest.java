package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextCommandTest {

  private static final String PREFIX = "mvn wheel-mirror:";

  @TempDir Path root;
  private final DefaultMavenExecutionRequest maven = new DefaultMavenExecutionRequest();
  private final MavenProject project = new MavenProject();
  private MojoExecution execution;

  @BeforeEach
  void aPomThatDeclaresThePlugin() throws Exception {
    PluginDescriptor descriptor;
    try (InputStream in = getClass().getResourceAsStream("/META-INF/maven/plugin.xml")) {
      descriptor =
          new PluginDescriptorBuilder().build(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    Plugin plugin = new Plugin();
    plugin.setGroupId(descriptor.getGroupId());
    plugin.setArtifactId(descriptor.getArtifactId());
    project.getBuild().addPlugin(plugin);
    project.setArtifactId("mirror");
    project.setFile(root.resolve("pom.xml").toFile());
    project.setExecutionRoot(true);
    execution = new MojoExecution(plugin, "rollback", "default-cli");
    execution.setMojoDescriptor(descriptor.getMojo("rollback"));
    maven.setPom(root.resolve("pom.xml").toFile());
    maven.getSystemProperties().setProperty("user.dir", root.toString());
    maven.getSystemProperties().setProperty("user.home", "/home/someone");
    maven.setUserSettingsFile(new File("/home/someone/.m2/settings.xml"));
  }

  @SuppressWarnings("deprecation") // the only constructor that needs no container
  private String command(String goal) {
    MavenSession session =
        new MavenSession(null, null, maven, new DefaultMavenExecutionResult()) {
          @Override
          public Settings getSettings() {
            Settings settings = new Settings();
            settings.addActiveProfile("always");
            return settings;
          }
        };
    return NextCommand.of(session, project, execution).goal(goal);
  }

  private File global(String folder) throws IOException {
    Path file = Files.createDirectories(root.resolve(folder)).resolve("settings.xml");
    Files.writeString(file, "<settings/>");
    maven.getSystemProperties().setProperty("maven.home", root.resolve("maven").toString());
    return file.toFile();
  }

  private void given(String name, String value) {
    maven.getUserProperties().setProperty(name, value);
  }

  @Test
  void onlyWhatTheNextGoalReadsIsRepeated() {
    given("wheel-mirror.rollback.to", "previous");
    given("wheel-mirror.region", "/mirror");
    given("wheel-mirror.unheardOf", "x");
    given("signing.password", "s3cret");
    assertThat(command("verify")).isEqualTo(PREFIX + "verify -Dwheel-mirror.region=/mirror");
    assertThat(command("rollback"))
        .isEqualTo(
            PREFIX + "rollback -Dwheel-mirror.region=/mirror -Dwheel-mirror.rollback.to=previous");
  }

  @Test
  void whatIsUsualIsNotSaid() throws IOException {
    maven.setGlobalSettingsFile(global("maven/conf"));
    maven.setActiveProfiles(List.of("always"));
    assertThat(command("plan")).isEqualTo(PREFIX + "plan");
  }

  @Test
  void whatMavenWasStartedWithIsRepeated() throws IOException {
    maven.setPom(new File("/else where/pom.xml"));
    maven.setUserSettingsFile(new File("/ci/settings.xml"));
    maven.setGlobalSettingsFile(global("ci"));
    maven.setActiveProfiles(List.of("always", "nightly"));
    maven.setInactiveProfiles(List.of("slow"));
    maven.setRecursive(false);
    given("maven.repo.local", "/repository");
    assertThat(command("plan"))
        .isEqualTo(
            PREFIX
                + "plan -f '/else where/pom.xml' -s /ci/settings.xml -gs "
                + root.resolve("ci/settings.xml")
                + " -P 'nightly,!slow' -N -Dmaven.repo.local=/repository");
  }

  @Test
  void theProjectThatWasChosenIsChosenAgainThoughItIsTheTopOne() {
    maven.setSelectedProjects(List.of("."));
    assertThat(command("plan")).isEqualTo("mvn -pl :mirror wheel-mirror:plan");
  }

  @Test
  void aShellReadsEachValueAsItWasGiven() throws IOException, InterruptedException {
    given("wheel-mirror.branches", "stable/*,$HOME `id` ; it's \"so\" ~ {a,b} \\ !x");
    given("wheel-mirror.region", "");
    String words = command("plan").substring("mvn ".length());
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + words)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(printed.lines())
        .containsExactly(
            "wheel-mirror:plan",
            "-Dwheel-mirror.branches=stable/*,$HOME `id` ; it's \"so\" ~ {a,b} \\ !x",
            "-Dwheel-mirror.region=");
  }
}
