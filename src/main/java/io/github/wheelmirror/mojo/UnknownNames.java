package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
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
 * What was given and changes nothing, so that a limit would be none: names that no goal has (Maven
 * warns only of elements of the POM, and since 3.9), and properties whose parameter the POM gives a
 * value, which Maven prefers without a word.
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
      MojoExecution execution, Properties given, @Nullable MavenProject project) {
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
    for (String name : new TreeSet<>(given.stringPropertyNames())) {
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
    for (String name : twice(plugin, project)) {
      warnings.add("<" + name + "> is there more than once, and only the last one counts");
    }
    warnings.addAll(overruled(execution, running.getMojoConfiguration(), given));
    return warnings;
  }

  /** Properties of the command line whose parameter the POM gives another value. */
  private static List<String> overruled(
      MojoExecution execution, @Nullable PlexusConfiguration parameters, Properties given) {
    List<String> warnings = new ArrayList<>();
    Xpp3Dom inPom = execution.getConfiguration();
    if (parameters == null || inPom == null) {
      return warnings;
    }
    for (PlexusConfiguration parameter : parameters.getChildren()) {
      String expression = parameter.getValue("");
      String name = property(expression);
      Xpp3Dom element = inPom.getChild(parameter.getName());
      String value = given.getProperty(name);
      if (!name.startsWith(PREFIX) || value == null || element == null) {
        continue;
      }
      // a list keeps the expression beside its elements in Maven 3, which asks the property first,
      // and not in Maven 4, which asks the elements
      String own = element.getValue();
      boolean overruled =
          own == null || own.isBlank()
              ? element.getChildCount() > 0
              : !own.equals(expression) && !own.equals(value);
      if (overruled) {
        warnings.add(
            "-D%s changes nothing: <%s> of the POM is taken".formatted(name, parameter.getName()));
      }
    }
    return warnings;
  }

  /** The name between the braces, {@code ""} of anything else. */
  static String property(String expression) {
    return expression.startsWith("${") && expression.endsWith("}")
        ? expression.substring(2, expression.length() - 1)
        : "";
  }

  private static String sentence(String name, String before, String nearest, String after) {
    return "no goal of this plugin knows "
        + name
        + ", so it changes nothing"
        + (nearest.isEmpty() ? "" : "; did you mean " + before + nearest + after + "?");
  }

  /** The names of the properties that parameters are read from. */
  static Set<String> properties(@Nullable PlexusConfiguration configuration) {
    Set<String> properties = new TreeSet<>();
    if (configuration != null) {
      for (PlexusConfiguration parameter : configuration.getChildren()) {
        String name = property(parameter.getValue(""));
        if (!name.isEmpty()) {
          properties.add(name);
        }
      }
    }
    return properties;
  }

  /** Elements that one {@code <configuration>} of the plugin has more than once. */
  private static Set<String> twice(PluginDescriptor descriptor, @Nullable MavenProject project) {
    Set<String> twice = new TreeSet<>();
    for (Xpp3Dom configuration : configurations(descriptor, project)) {
      Set<String> names = new TreeSet<>();
      for (Xpp3Dom element : configuration.getChildren()) {
        if (!names.add(element.getName())) {
          twice.add(element.getName());
        }
      }
    }
    return twice;
  }

  /** The elements of all {@code <configuration>}s of the plugin in the POM. */
  private static Set<String> elements(PluginDescriptor descriptor, @Nullable MavenProject project) {
    Set<String> names = new TreeSet<>();
    for (Xpp3Dom configuration : configurations(descriptor, project)) {
      for (Xpp3Dom element : configuration.getChildren()) {
        names.add(element.getName());
      }
    }
    return names;
  }

  private static List<Xpp3Dom> configurations(
      PluginDescriptor descriptor, @Nullable MavenProject project) {
    List<Xpp3Dom> configurations = new ArrayList<>();
    Plugin plugin = project == null ? null : project.getPlugin(descriptor.getPluginLookupKey());
    if (plugin != null) {
      List<ConfigurationContainer> all = new ArrayList<>(plugin.getExecutions());
      all.add(plugin);
      for (ConfigurationContainer one : all) {
        if (one.getConfiguration() instanceof Xpp3Dom configuration) {
          configurations.add(configuration);
        }
      }
    }
    return configurations;
  }
}
