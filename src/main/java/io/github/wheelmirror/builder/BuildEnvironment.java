package io.github.wheelmirror.builder;

import java.nio.file.Path;
import java.util.List;

/**
 * A virtual environment that is ready for building.
 *
 * @param directory the environment's folder; shared by builds, nobody may change it
 * @param python its interpreter
 * @param freeze what is installed in it, {@code name==version} in order
 */
public record BuildEnvironment(Path directory, Path python, List<String> freeze) {

  public BuildEnvironment {
    freeze = List.copyOf(freeze);
  }
}
