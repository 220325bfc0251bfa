package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.WrongSettings;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Maven takes each word but {@code true} for {@code false}, and a check would be off by a typo. */
final class BooleanWords {

  private BooleanWords() {}

  /**
   * Looks at the switches of the running goal, those of the POM and those of the command line.
   *
   * @throws MirrorException (input) if one is neither on nor off
   */
  static void require(MojoExecution execution, Properties given) {
    MojoDescriptor goal = execution.getMojoDescriptor();
    Xpp3Dom configuration = execution.getConfiguration();
    if (goal == null || configuration == null) {
      return;
    }
    WrongSettings wrong = new WrongSettings();
    for (Parameter parameter : goal.getParameters()) {
      Xpp3Dom element = configuration.getChild(parameter.getName());
      if ("boolean".equals(parameter.getType()) && element != null) {
        String value = value(element.getValue(), given);
        wrong.check(() -> require(parameter.getName(), value));
      }
    }
    wrong.refuse();
  }

  /** What was written, {@code ""} if the default counts. */
  private static String value(@Nullable String text, Properties given) {
    String written = Requests.orEmpty(text);
    String property = UnknownNames.property(written);
    return property.isEmpty() ? written : Requests.orEmpty(given.getProperty(property));
  }

  private static void require(String name, String value) {
    boolean known = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    if (!value.isEmpty() && !known) {
      throw MirrorException.input(
          "<" + name + "> is " + value,
          "it is a switch, and Maven takes any such word for false",
          "write true or false");
    }
  }
}
