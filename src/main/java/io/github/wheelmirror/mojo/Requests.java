package io.github.wheelmirror.mojo;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildConstraints;
import io.github.wheelmirror.build.Exclude;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.ExtraPin;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.mirror.MirrorRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.maven.settings.Settings;
import org.jspecify.annotations.Nullable;

/** Turns a goal's parameters into the request of the use cases; nulls end here. */
final class Requests {

  private final AbstractMirrorMojo mojo;
  private final ServerCredentials servers;
  private final Settings settings;

  Requests(AbstractMirrorMojo mojo, ServerCredentials servers) {
    this.mojo = mojo;
    this.servers = servers;
    this.settings = mojo.session.getSettings();
  }

  /** The checked request. */
  MirrorRequest request(LocalDate today, Map<String, String> environment) {
    return new MirrorRequest(
        constraints(),
        new MirrorRequest.TargetSettings(mojo.pythons, interpreters(), paths(mojo.targetFiles)),
        new MirrorRequest.IndexSettings(indexes(), mojo.findLinks),
        plan(today),
        new MirrorRequest.WorkSettings(
            mojo.downloads,
            mojo.builds == 0 ? Runtime.getRuntime().availableProcessors() : mojo.builds,
            Duration.ofSeconds(mojo.buildTimeout),
            mojo.failOnNew),
        new MirrorRequest.ReleaseSettings(
            regions(), mojo.minCoverage, mojo.retired, Duration.ofSeconds(mojo.lockTimeout)),
        new MirrorRequest.Places(workspace(), cache(environment)),
        new MirrorRequest.Command(commandPrefix()),
        settings.isOffline());
  }

  private MirrorRequest.ConstraintsSettings constraints() {
    List<ExtraPin> extraPins = new ArrayList<>();
    for (ExtraPinParameter extra : mojo.extraPins) {
      String pin = required(extra.pin, "extraPin", "pin", "name===version");
      extraPins.add(new ExtraPin(parsePin(pin), extra.branches, extra.pythons));
    }
    return new MirrorRequest.ConstraintsSettings(
        url(orEmpty(mojo.constraints)),
        mojo.constraintsFile,
        servers.of(mojo.constraintsServerId, "constraintsServerId", settings),
        new BranchPatterns(mojo.branches, mojo.excludedBranches, mojo.retired),
        choice(NonPins.class, mojo.nonPins, "nonPins"),
        extraPins);
  }

  private PlanSettings plan(LocalDate today) {
    List<Exclude> excludes = new ArrayList<>();
    for (ExcludeParameter exclude : mojo.excludes) {
      excludes.add(
          new Exclude(
              required(exclude.pin, "exclude", "pin", "a name or name===version"),
              required(exclude.reason, "exclude", "reason", "why the pin is left out"),
              orEmpty(exclude.expires),
              exclude.branches,
              exclude.pythons));
    }
    List<BuildConstraints> constraints = new ArrayList<>();
    for (BuildConstraintsParameter parameter : mojo.buildConstraints) {
      List<String> lines = new ArrayList<>(parameter.lines);
      if (parameter.file != null) {
        lines.addAll(lines(parameter.file));
      }
      constraints.add(new BuildConstraints(parameter.branches, lines));
    }
    return new PlanSettings(
        choice(UpstreamWheels.class, mojo.upstreamWheels, "upstreamWheels"),
        excludes,
        constraints,
        today);
  }

  private List<MirrorRequest.Index> indexes() {
    List<MirrorRequest.Index> indexes = new ArrayList<>();
    if (mojo.index != null) {
      indexes.add(
          new MirrorRequest.Index(
              mojo.index, servers.of(mojo.indexServerId, "indexServerId", settings), false));
    }
    for (IndexParameter index : mojo.indexes) {
      indexes.add(
          new MirrorRequest.Index(
              required(index.url, "index", "url", "the URL of a simple index"),
              servers.of(index.serverId, "serverId", settings),
              index.trustUnhashed));
    }
    return indexes;
  }

  private List<MirrorRequest.RegionSettings> regions() {
    List<MirrorRequest.RegionSettings> regions = new ArrayList<>();
    if (mojo.region != null) {
      regions.add(
          new MirrorRequest.RegionSettings(
              mojo.region.getName(), regionFolder(mojo.region), orEmpty(mojo.regionUrl)));
    }
    for (RegionParameter region : mojo.regions) {
      File directory = region.directory;
      if (directory == null) {
        throw missing("region", "directory", "the folder of the released mirror");
      }
      regions.add(
          new MirrorRequest.RegionSettings(
              region.name == null ? directory.getName() : region.name,
              regionFolder(directory),
              orEmpty(region.url)));
    }
    return regions;
  }

  /** An empty value reaches a goal as the project's own folder, where no mirror belongs. */
  private Path regionFolder(File directory) {
    Path folder = absolute(directory);
    File own =
        mojo.project == null || mojo.project.getBasedir() == null
            ? new File(mojo.session.getExecutionRootDirectory())
            : mojo.project.getBasedir();
    if (folder.equals(absolute(own))) {
      throw MirrorException.input(
          "the region is the project's own folder " + folder,
          "<region> says so, or is empty",
          "name a folder for the released mirror, like <region>${project.basedir}/mirror</region>");
    }
    return folder;
  }

  private Map<String, Path> interpreters() {
    Map<String, Path> found = new LinkedHashMap<>();
    mojo.interpreters.forEach(
        (name, file) -> found.put(name.replaceFirst("^[A-Za-z]+", ""), absolute(file)));
    return found;
  }

  /** Where this run's stage files are: without a POM Maven leaves the build folder unresolved. */
  private Path workspace() {
    if (mojo.workspace != null) {
      return absolute(mojo.workspace);
    }
    if (mojo.project != null && mojo.project.getFile() != null) {
      return Path.of(mojo.project.getBuild().getDirectory(), "wheel-mirror");
    }
    return Path.of(mojo.session.getExecutionRootDirectory(), "target", "wheel-mirror");
  }

  private Path cache(Map<String, String> environment) {
    if (mojo.cacheDirectory != null) {
      return absolute(mojo.cacheDirectory);
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = Path.of(xdg).isAbsolute() ? Path.of(xdg) : home(environment).resolve(".cache");
    return base.resolve("wheel-mirror");
  }

  /** As programs other than Java see it. */
  static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
  }

  /** The prefix works where a POM declares the plugin; without a POM the full coordinates do. */
  private String commandPrefix() {
    if (mojo.project != null && mojo.project.getFile() != null) {
      return "mvn wheel-mirror:";
    }
    return "mvn "
        + String.join(
            ":",
            mojo.execution.getGroupId(),
            mojo.execution.getArtifactId(),
            mojo.execution.getVersion())
        + ":";
  }

  /** A relative path is relative to where Maven was started, as Git would take it. */
  private String url(String text) {
    boolean path = !text.isEmpty() && !text.contains(":") && !text.startsWith("/");
    return path
        ? Path.of(mojo.session.getExecutionRootDirectory()).resolve(text).normalize().toString()
        : text;
  }

  private static Pin parsePin(String text) {
    try {
      return Pin.parse(text);
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "<extraPin> " + text + " is no pin",
          String.valueOf(e.getMessage()),
          "write name===version");
    }
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text, String parameter) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    throw MirrorException.input(
        "<" + parameter + "> is " + text,
        "there is no such choice",
        "write one of " + String.join(", ", names));
  }

  private static String required(
      @Nullable String value, String element, String part, String meaning) {
    if (value == null || value.isBlank()) {
      throw missing(element, part, meaning);
    }
    return value.trim();
  }

  private static MirrorException missing(String element, String part, String meaning) {
    return MirrorException.input(
        "an <" + element + "> of the configuration has no <" + part + ">",
        "it must say " + meaning,
        "add <" + part + ">…</" + part + "> inside <" + element + ">");
  }

  private static List<String> lines(File file) {
    try {
      return Files.readAllLines(file.toPath());
    } catch (IOException e) {
      throw MirrorException.input(
          "<buildConstraint> names the file " + file,
          IoWords.of(e),
          "give the path of a readable text file");
    }
  }

  private static List<Path> paths(List<File> files) {
    return files.stream().map(Requests::absolute).toList();
  }

  private static Path absolute(File file) {
    return file.toPath().toAbsolutePath().normalize();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text.trim();
  }
}
