package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.mirror.MirrorRequest;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths of a request: relative ones are relative to where Maven was started. */
final class RequestPaths {

  private final AbstractMirrorMojo mojo;
  private final Path root;

  RequestPaths(AbstractMirrorMojo mojo) {
    this.mojo = mojo;
    this.root = Path.of(mojo.session.getExecutionRootDirectory());
  }

  MirrorRequest.Places places(Map<String, String> environment) {
    return new MirrorRequest.Places(workspace(), cache(environment), mojo.wheelhouseLimit << 20);
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
    Path base = xdg.isAbsolute() ? xdg : home(environment).resolve(".cache");
    return base.resolve("wheel-mirror");
  }

  /** The user's home folder. */
  static Path home(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", ""));
    return home.isAbsolute() ? home : Path.of(System.getProperty("user.home"));
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
    return text.isEmpty() || text.contains(":") ? text : resolved(text);
  }

  /** As {@link #url}; below the home folder as it is, since pip's own words know {@code ~} too. */
  String place(String text) {
    return text.equals("~") || text.startsWith("~/") ? text : url(text);
  }

  private String resolved(String path) {
    try {
      return root.resolve(path).normalize().toString();
    } catch (InvalidPathException e) {
      throw MirrorException.input(
          "'" + path + "' is no path", String.valueOf(e.getReason()), "correct it");
    }
  }

  Path absolute(File file) {
    return root.resolve(file.toPath()).normalize();
  }

  /** A path or null for a text that is blank: Maven takes {@code ""} for the current folder. */
  static boolean isGiven(@Nullable File file) {
    return file != null && !file.getPath().isBlank();
  }
}
