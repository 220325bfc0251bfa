package io.github.wheelmirror.mojo;

import static io.github.wheelmirror.mojo.Requests.orEmpty;

import io.github.wheelmirror.mirror.WriteFirstPom;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.Parameter;

/** What was given on the command line of the parameters that goals share. */
final class GivenParameters {

  private GivenParameters() {}

  /** Value by parameter; {@code constraints} is among them. */
  static Map<String, String> of(AbstractMirrorMojo mojo) {
    Map<String, String> given = new TreeMap<>();
    Properties properties = mojo.session.getUserProperties();
    for (Parameter parameter : mojo.execution.getMojoDescriptor().getParameters()) {
      String name = parameter.getName();
      String value = orEmpty(properties.getProperty("wheel-mirror." + name));
      if (!value.isEmpty() && !name.equals("skip")) {
        given.put(name, value);
      }
    }
    given.put("constraints", orEmpty(mojo.constraints));
    return given;
  }

  /** The plugin that is running. */
  static WriteFirstPom.Plugin plugin(MojoExecution execution) {
    return new WriteFirstPom.Plugin(
        execution.getGroupId(), execution.getArtifactId(), execution.getVersion());
  }
}
