package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Scripts in the place of {@code ninja} that tell it a build's share of the processors: it takes
 * all, and there is no variable that tells it otherwise. What a back-end says itself counts more.
 */
final class NinjaWrappers {

  /** How much ninja may do at once. */
  static final String JOBS = "WHEEL_MIRROR_JOBS";

  private static final String NINJA = "ninja";

  /** As it is called by distributions, and a smaller one that takes the same options. */
  private static final List<String> NAMES = List.of(NINJA, "ninja-build", "samu");

  private NinjaWrappers() {}

  /** Writes one for each ninja that a path has. */
  static void writeForPath(Path folder, SearchPath path) throws IOException {
    for (String name : NAMES) {
      Optional<Path> program = path.find(name);
      if (program.isPresent()) {
        write(folder.resolve(name), CompilerWrappers.quoted(program.get()));
      }
    }
  }

  /** Writes one for the ninja of a build's environment. */
  static void writeForEnvironment(Path folder) throws IOException {
    write(folder.resolve(NINJA), "\"$" + CompilerOptions.ENVIRONMENT + "/bin/" + NINJA + "\"");
  }

  /** Whether an environment has one of its own; else none may seem to be there. */
  static boolean isIn(Path environment) {
    return Files.isExecutable(environment.resolve("bin").resolve(NINJA));
  }

  private static void write(Path script, String program) throws IOException {
    // the last of several -j counts
    CompilerWrappers.writeScript(
        script, "exec " + program + " ${" + JOBS + ":+-j$" + JOBS + "} \"$@\"");
  }
}
