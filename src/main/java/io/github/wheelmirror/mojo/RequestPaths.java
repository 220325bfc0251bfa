package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.UrlLogin;
import io.github.wheelmirror.mirror.MirrorRequest;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The paths of a request: relative ones are relative to where Maven was started. */
final class RequestPaths {

  /**
   * Of a user that the machine does not know, as in containers that are run under any number: Java
   * says {@code ?}, which would be a folder of the project.
   */
  private static final Path NO_HOME = Path.of("/nonexistent");

  private final AbstractMirrorMojo mojo;
  private final Path root;

  RequestPaths(AbstractMirrorMojo mojo) {
    this.mojo = mojo;
    this.root = Path.of(mojo.session.getExecutionRootDirectory());
  }

  MirrorRequest.Places places(Map<String, String> environment) {
    return new MirrorRequest.Places(
        workspace(), cache(environment), Requests.bytes(mojo.wheelhouseLimit));
  }

  /** Where this run's stage files are. */
  Path workspace() {
    return mojo.workspaceIn(projectWorkspace());
  }

  /**
   * Where the project's stage files are: without a POM Maven leaves the build folder unresolved.
   */
  Path projectWorkspace() {
    if (mojo.workspace != null) {
      return absolute(mojo.workspace);
    }
    if (mojo.project != null && mojo.project.getFile() != null) {
      return root.resolve(mojo.project.getBuild().getDirectory()).resolve("wheel-mirror");
    }
    return root.resolve("target").resolve("wheel-mirror");
  }

  Path cache(Map<String, String> environment) {
    if (mojo.cacheDirectory != null) {
      return absolute(mojo.cacheDirectory);
    }
    Path xdg = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    Path home = home(environment);
    if (!xdg.isAbsolute() && home.equals(NO_HOME)) {
      throw MirrorException.input(
          "nobody says where the cache is",
          "HOME is not set, and this machine has no home folder for this user",
          "set HOME, or name a folder with -Dwheel-mirror.cacheDirectory=FOLDER");
    }
    return (xdg.isAbsolute() ? xdg : home.resolve(".cache")).resolve("wheel-mirror");
  }

  /** The user's home folder, {@link #NO_HOME} of a user who has none. */
  Path home(Map<String, String> environment) {
    Properties system = mojo.session.getRequest().getSystemProperties();
    return home(environment, system.getProperty("user.home", ""));
  }

  /**
   * As {@link #home(Map)}.
   *
   * @param known what Java says
   */
  static Path home(Map<String, String> environment, String known) {
    Path home = Path.of(environment.getOrDefault("HOME", ""));
    return Stream.of(home, Path.of(known)).filter(Path::isAbsolute).findFirst().orElse(NO_HOME);
  }

  /** {@code <py3.12>} is for {@code 3.12}: an element's name begins with a letter. */
  Map<String, Path> interpreters() {
    Map<String, Path> found = new LinkedHashMap<>();
    mojo.interpreters.forEach(
        (name, file) -> {
          String python = Pythons.tag(name.replaceFirst("^py(?=\\d)", "cp"), "interpreters");
          if (file == null) {
            throw MirrorException.input(
                "<interpreters> has no program for " + name,
                "the element is empty",
                "write <py3.12>/opt/python/bin/python3</py3.12>");
          }
          if (found.put(python, absolute(file)) != null) {
            throw MirrorException.input(
                "<interpreters> has two programs for " + python,
                "it can be only one",
                "leave out one of them");
          }
        });
    return found;
  }

  /** The program of a Python that is named by its path, else the text as it is. */
  String python(String text) {
    return text.indexOf('/') < 0 ? text : resolved(text);
  }

  /** A URL as it is; a path as a whole one, as Git would take it. */
  String url(String text) {
    String known = known(text);
    return known.isEmpty() || known.contains(":") ? known : resolved(known);
  }

  /** As {@link #url}; below the home folder as it is, since pip's own words know {@code ~} too. */
  String place(String text) {
    return text.equals("~") || text.startsWith("~/") ? text : url(text);
  }

  /**
   * The text, if Maven replaced all properties in it: it leaves one that is not defined as it is,
   * which would be a folder of this name.
   */
  static String known(String text) {
    int begin = text.indexOf("${");
    int end = text.indexOf('}', begin + 1);
    if (begin >= 0 && end > begin) {
      throw MirrorException.input(
          "'" + UrlLogin.hidden(text) + "' cannot be used",
          "no property has the name in " + text.substring(begin, end + 1),
          "define that property, or correct its name");
    }
    return text;
  }

  private String resolved(String path) {
    if (path.equals("~") || path.startsWith("~/")) {
      throw tilde(path);
    }
    try {
      return root.resolve(path).normalize().toString();
    } catch (InvalidPathException e) {
      throw MirrorException.input(
          "'" + path + "' is no path", String.valueOf(e.getReason()), "correct it");
    }
  }

  Path absolute(File file) {
    known(file.getPath());
    Path path = root.resolve(file.toPath()).normalize();
    File own = mojo.project == null ? null : mojo.project.getBasedir();
    if (path.startsWith(root.resolve("~")) || own != null && path.startsWith(own + "/~")) {
      throw tilde(path.toString());
    }
    return path;
  }

  private static MirrorException tilde(String path) {
    return MirrorException.input(
        path + " cannot be used",
        "a shell replaces ~ only where a word begins, so that this would be a folder named ~",
        "write the whole path; ${user.home} in a POM and \"$HOME\" in a shell are your home folder");
  }

  /** A path or null for a text that is blank: Maven takes {@code ""} for the current folder. */
  static boolean isGiven(@Nullable File file) {
    return file != null && !file.getPath().isBlank();
  }
}
