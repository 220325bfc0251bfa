package io.github.wheelmirror.mojo;

import io.github.wheelmirror.UrlLogin;
import io.github.wheelmirror.mirror.MirrorRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The command that runs another goal as this one was run: what messages tell to type next. */
final class NextCommand {

  private static final String PROPERTIES = "wheel-mirror.";

  private NextCommand() {}

  /**
   * With the prefix where the POM declares the plugin, else with full coordinates; with those
   * properties of the command line that the next goal reads, and with what Maven was started with.
   */
  static MirrorRequest.Command of(
      MavenSession session, @Nullable MavenProject project, MojoExecution execution) {
    StringBuilder prefix = new StringBuilder("mvn ");
    boolean module = project != null && project.getFile() != null && !project.isExecutionRoot();
    boolean chosen = !session.getRequest().getSelectedProjects().isEmpty();
    if (project != null && (module || (chosen && project.getFile() != null))) {
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
    return new MirrorRequest.Command(
        prefix.append(':').toString(), goal -> options(session, execution, goal), last);
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

  private static String options(MavenSession session, MojoExecution execution, String goal) {
    Properties user = session.getUserProperties();
    List<String> everyTime = mavenConfig(session);
    Optional<Set<String>> known = known(execution, goal);
    StringBuilder options = new StringBuilder();
    for (String name : new TreeSet<>(user.stringPropertyNames())) {
      String option = "-D" + name + "=" + user.getProperty(name);
      if (name.startsWith(PROPERTIES)
          && known.map(names -> names.contains(name)).orElse(true)
          && !everyTime.contains(option)) {
        options.append(' ').append(quoted(UrlLogin.hidden(option)));
      }
    }
    List<String> always =
        session.getSettings() == null ? List.of() : session.getSettings().getActiveProfiles();
    MavenOptions.of(session.getRequest(), always)
        .forEach(word -> options.append(' ').append(quoted(word)));
    return options.toString();
  }

  /** The properties that a goal reads; empty where Maven does not tell what the plugin has. */
  private static Optional<Set<String>> known(MojoExecution execution, String goal) {
    MojoDescriptor running = execution.getMojoDescriptor();
    PluginDescriptor plugin = running == null ? null : running.getPluginDescriptor();
    MojoDescriptor next = plugin == null ? null : plugin.getMojo(goal);
    return next == null
        ? Optional.empty()
        : Optional.of(UnknownNames.properties(next.getMojoConfiguration()));
  }

  /** Options that Maven takes from {@code .mvn/maven.config} by itself. */
  private static List<String> mavenConfig(MavenSession session) {
    File root = session.getRequest().getMultiModuleProjectDirectory();
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

  /** As one word of a shell; globs would be replaced by what is in the folder, or refused. */
  private static String quoted(String option) {
    return option.matches("[A-Za-z0-9_./:@%+=,-]+")
        ? option
        : "'" + option.replace("'", "'\\''") + "'";
  }
}
