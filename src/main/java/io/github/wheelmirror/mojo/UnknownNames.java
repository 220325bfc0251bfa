package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * Names that were given and that no goal has. Maven passes over them without a word (of elements of
 * the POM it warns since 3.9), so a limit with a typing error would be none.
 */
final class UnknownNames {

  private static final String PREFIX = "wheel-mirror.";

  private UnknownNames() {}

  /**
   * A sentence for each.
   *
   * @param given the properties of the command line
   * @param project whose POM is looked at
   */
  static List<String> warnings(
      MojoExecution execution, Set<String> given, @Nullable MavenProject project) {
    Set<String> properties = new TreeSet<>();
    Set<String> parameters = new TreeSet<>();
    MojoDescriptor running = execution.getMojoDescriptor();
    PluginDescriptor plugin = running == null ? null : running.getPluginDescriptor();
    if (plugin == null) {
      return List.of();
    }
    for (MojoDescriptor goal : plugin.getMojos()) {
      properties.addAll(properties(goal.getMojoConfiguration()));
      for (Parameter parameter : goal.getParameters()) {
        parameters.add(parameter.getName());
      }
    }
    List<String> warnings = new ArrayList<>();
    for (String name : new TreeSet<>(given)) {
      if (name.startsWith(PREFIX) && !properties.contains(name)) {
        warnings.add(sentence("-D" + name, "-D", Spelling.nearest(name, properties), ""));
      }
    }
    for (String name : elements(plugin, project)) {
      if (!parameters.contains(name)) {
        String nearest = Spelling.nearest(name, parameters);
        warnings.add(sentence("<" + name + ">", "<", nearest, ">"));
      }
    }
    return warnings;
  }

  private static String sentence(String name, String before, String nearest, String after) {
    return "no goal of this plugin knows "
        + name
        + ", so it changes nothing"
        + (nearest.isEmpty() ? "" : "; did you mean " + before + nearest + after + "?");
  }

  /** The names of the properties that parameters are read from. */
  private static Set<String> properties(@Nullable PlexusConfiguration configuration) {
    Set<String> properties = new TreeSet<>();
    if (configuration != null) {
      for (PlexusConfiguration parameter : configuration.getChildren()) {
        String value = parameter.getValue("");
        if (value.startsWith("${") && value.endsWith("}")) {
          properties.add(value.substring(2, value.length() - 1));
        }
      }
    }
    return properties;
  }

  /** The elements of all {@code <configuration>}s of the plugin in the POM. */
  private static Set<String> elements(PluginDescriptor descriptor, @Nullable MavenProject project) {
    Set<String> names = new TreeSet<>();
    Plugin plugin = project == null ? null : project.getPlugin(descriptor.getPluginLookupKey());
    if (plugin != null) {
      List<ConfigurationContainer> all = new ArrayList<>(plugin.getExecutions());
      all.add(plugin);
      for (ConfigurationContainer one : all) {
        if (one.getConfiguration() instanceof Xpp3Dom configuration) {
          for (Xpp3Dom element : configuration.getChildren()) {
            names.add(element.getName());
          }
        }
      }
    }
    return names;
  }
}
