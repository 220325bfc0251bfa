package io.github.wheelmirror.mojo;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.MavenExecutionRequest;

/**
 * The options with which Maven itself was started and without which a command that is pasted into
 * the same shell would find another POM, other logins, another model or no plugin.
 */
final class MavenOptions {

  private static final String REPOSITORY = "maven.repo.local";

  private MavenOptions() {}

  /**
   * Unquoted words, like {@code -f}, {@code /mirror/pom.xml}.
   *
   * @param always the profiles that settings.xml activates, which Maven counts among those given
   */
  static List<String> of(MavenExecutionRequest request, List<String> always) {
    Properties system = request.getSystemProperties();
    List<String> words = new ArrayList<>();
    String folder = system.getProperty("user.dir");
    File pom = request.getPom();
    if (folder != null && pom != null && !isSame(pom, Path.of(folder, "pom.xml"))) {
      words.addAll(List.of("-f", pom.getAbsolutePath()));
    }
    String home = system.getProperty("user.home");
    File settings = request.getUserSettingsFile();
    if (home != null
        && settings != null
        && !isSame(settings, Path.of(home, ".m2", "settings.xml"))) {
      words.addAll(List.of("-s", settings.getAbsolutePath()));
    }
    File global = request.getGlobalSettingsFile();
    if (global != null && global.isFile() && !isInstalled(global, system)) {
      words.addAll(List.of("-gs", global.getAbsolutePath()));
    }
    List<String> profiles = profiles(request, always);
    if (!profiles.isEmpty()) {
      words.addAll(List.of("-P", String.join(",", profiles)));
    }
    if (!request.isRecursive()) {
      words.add("-N");
    }
    String repository = request.getUserProperties().getProperty(REPOSITORY);
    if (repository != null) {
      words.add("-D" + REPOSITORY + "=" + repository);
    }
    return words;
  }

  /** Whether it is the one of Maven's own folder, which Maven takes by itself. */
  private static boolean isInstalled(File settings, Properties system) {
    String conf = system.getProperty("maven.conf");
    String home = system.getProperty("maven.home");
    if (conf == null && home == null) {
      // nobody knows what is usual: better a command that is short
      return true;
    }
    return isSame(
        settings,
        conf != null ? Path.of(conf, "settings.xml") : Path.of(home, "conf", "settings.xml"));
  }

  private static List<String> profiles(MavenExecutionRequest request, List<String> always) {
    List<String> profiles = new ArrayList<>();
    for (String profile : request.getActiveProfiles()) {
      if (!always.contains(profile) && !profiles.contains(profile)) {
        profiles.add(profile);
      }
    }
    for (String profile : request.getInactiveProfiles()) {
      profiles.add("!" + profile);
    }
    return profiles;
  }

  private static boolean isSame(File file, Path usual) {
    return file.toPath().toAbsolutePath().normalize().equals(usual.toAbsolutePath().normalize());
  }
}
