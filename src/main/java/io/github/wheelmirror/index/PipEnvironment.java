package io.github.wheelmirror.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the target Python's pip looks for its configuration on Linux.
 *
 * @param variables the environment variables
 * @param home the user's home folder
 * @param etc {@code /etc}
 * @param prefix the interpreter's {@code sys.prefix}
 * @param folder what relative paths are relative to
 */
public record PipEnvironment(
    Map<String, String> variables, Path home, Path etc, Path prefix, Path folder) {

  private static final String CONFIG_FILE = "PIP_CONFIG_FILE";
  private static final String NO_FILES = "/dev/null";

  public PipEnvironment {
    variables = Map.copyOf(variables);
    home = home.toAbsolutePath();
    etc = etc.toAbsolutePath();
    prefix = prefix.toAbsolutePath();
    folder = folder.toAbsolutePath();
  }

  /** The value of a variable, if it is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** The path that a configured text means: {@code ~} is the home folder. */
  Path path(String text) {
    if (text.equals("~")) {
      return home;
    }
    return text.startsWith("~/") ? home.resolve(text.substring(2)) : folder.resolve(text);
  }

  /** pip's configuration files, existing or not; a later one overrides an earlier one. */
  List<Path> configFiles() {
    Optional<String> named = variable(CONFIG_FILE);
    if (named.filter(NO_FILES::equals).isPresent()) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    String systemWide = variable("XDG_CONFIG_DIRS").orElse(etc.resolve("xdg").toString());
    for (String directory : systemWide.split(":", -1)) {
      if (!directory.isEmpty()) {
        files.add(path(directory).resolve("pip/pip.conf"));
      }
    }
    files.add(etc.resolve("pip.conf"));
    Optional<Path> own = named.map(this::path);
    if (own.filter(file -> file.toFile().exists()).isEmpty()) {
      files.add(home.resolve(".pip/pip.conf"));
      Path user = variable("XDG_CONFIG_HOME").map(this::path).orElse(home.resolve(".config"));
      files.add(user.resolve("pip/pip.conf"));
    }
    files.add(prefix.resolve("pip.conf"));
    own.ifPresent(files::add);
    return files;
  }
}
