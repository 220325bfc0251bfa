package io.github.wheelmirror.mojo;

import io.github.wheelmirror.UrlLogin;
import io.github.wheelmirror.mirror.MirrorRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The command that runs another goal as this one was run: what messages tell to type next. */
final class NextCommand {

  private static final String PROPERTIES = "wheel-mirror.";

  private NextCommand() {}

  /**
   * With the prefix where the POM declares the plugin, else with full coordinates; with the
   * properties that were given on the command line.
   */
  static MirrorRequest.Command of(
      MavenSession session, @Nullable MavenProject project, MojoExecution execution) {
    StringBuilder prefix = new StringBuilder("mvn ");
    boolean module = project != null && project.getFile() != null && !project.isExecutionRoot();
    if (module && project != null) {
      prefix.append("-pl :").append(project.getArtifactId()).append(' ');
    }
    MavenProject top = module ? session.getTopLevelProject() : project;
    prefix.append(
        declares(top, execution)
            ? "wheel-mirror"
            : String.join(
                ":", execution.getGroupId(), execution.getArtifactId(), execution.getVersion()));
    List<String> goals = session.getGoals();
    boolean last =
        goals != null
            && !goals.isEmpty()
            && goals.get(goals.size() - 1).endsWith(":" + execution.getGoal());
    return new MirrorRequest.Command(prefix.append(':').toString(), options(session), last);
  }

  /** As Maven looks for the plugin of a prefix. */
  private static boolean declares(@Nullable MavenProject project, MojoExecution execution) {
    if (project == null || project.getFile() == null || project.getBuild() == null) {
      return false;
    }
    Build build = project.getBuild();
    PluginManagement management = build.getPluginManagement();
    return names(build.getPlugins(), execution)
        || (management != null && names(management.getPlugins(), execution));
  }

  private static boolean names(List<Plugin> plugins, MojoExecution execution) {
    return plugins.stream()
        .anyMatch(
            plugin ->
                plugin.getGroupId().equals(execution.getGroupId())
                    && plugin.getArtifactId().equals(execution.getArtifactId()));
  }

  private static String options(MavenSession session) {
    Map<String, String> given = new TreeMap<>();
    if (session.getUserProperties() != null) {
      for (String name : session.getUserProperties().stringPropertyNames()) {
        if (name.startsWith(PROPERTIES)) {
          given.put(name, session.getUserProperties().getProperty(name));
        }
      }
    }
    List<String> everyTime = mavenConfig(session);
    StringBuilder options = new StringBuilder();
    given.forEach(
        (name, value) -> {
          String option = "-D" + name + "=" + value;
          if (!everyTime.contains(option)) {
            options.append(' ').append(quoted(UrlLogin.hidden(option)));
          }
        });
    return options.toString();
  }

  /** Options that Maven takes from {@code .mvn/maven.config} by itself. */
  private static List<String> mavenConfig(MavenSession session) {
    MavenExecutionRequest request = session.getRequest();
    File root = request == null ? null : request.getMultiModuleProjectDirectory();
    if (root == null) {
      return List.of();
    }
    Path file = root.toPath().resolve(".mvn").resolve("maven.config");
    try {
      return Files.isRegularFile(file)
          ? Files.readAllLines(file).stream().map(String::strip).toList()
          : List.of();
    } catch (IOException e) {
      return List.of(); // then the command is longer than it needs to be
    }
  }

  private static String quoted(String option) {
    return option.matches("[A-Za-z0-9_./:@%+=,*-]*")
        ? option
        : "'" + option.replace("'", "'\\''") + "'";
  }
}
