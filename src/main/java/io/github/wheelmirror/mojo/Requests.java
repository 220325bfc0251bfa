package io.github.wheelmirror.mojo;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Machine;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.BuildConstraints;
import io.github.wheelmirror.build.BuildRequirementsAsOf;
import io.github.wheelmirror.build.Exclude;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.ExtraPin;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.RegionPolicy;
import io.github.wheelmirror.tree.MinCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.maven.settings.Settings;
import org.jspecify.annotations.Nullable;

/** Turns a goal's parameters into the request of the use cases; nulls and blanks end here. */
final class Requests {

  private final AbstractMirrorMojo mojo;
  private final ServerCredentials servers;
  private final @Nullable Settings settings;
  private final RequestPaths paths;
  private static final List<String> CLIENTS = List.of("pip", "uv");

  private final Seen seen;

  Requests(AbstractMirrorMojo mojo, ServerCredentials servers, Seen seen) {
    this.seen = seen;
    this.mojo = mojo;
    this.servers = servers;
    this.settings = mojo.session.getSettings();
    this.paths = new RequestPaths(mojo);
  }

  /** The checked request. */
  MirrorRequest request(LocalDate today, Map<String, String> environment) {
    return new MirrorRequest(
        constraints(),
        new MirrorRequest.TargetSettings(
            given(mojo.pythons).stream().map(paths::python).toList(),
            paths.interpreters(),
            mojo.targetFiles.stream().filter(RequestPaths::isGiven).map(paths::absolute).toList()),
        new MirrorRequest.IndexSettings(
            indexes(),
            given(mojo.findLinks).stream().map(paths::place).toList(),
            mojo.session.getRequest().isUpdateSnapshots()),
        plan(today),
        new MirrorRequest.WorkSettings(
            mojo.downloads,
            mojo.builds == 0 ? Runtime.getRuntime().availableProcessors() : mojo.builds,
            new MirrorRequest.BuildBounds(
                Duration.ofSeconds(mojo.buildTimeout),
                mojo.buildMemory == 0 ? Machine.memoryBytes() / 4 * 3 : mojo.buildMemory << 20,
                mojo.buildDisk << 20),
            choice(CompilerCacheUse.class, mojo.compilerCache, "compilerCache")
                == CompilerCacheUse.AUTO,
            mojo.checkReproducible(),
            mojo.failOnNew,
            mojo.retryFailed,
            mojo.updateLock),
        new MirrorRequest.ReleaseSettings(
            new RegionRequests(mojo, paths, servers).regions(),
            new MirrorRequest.Gate(
                minCoverage(), given(mojo.retired), Duration.ofDays(mojo.staleAfter)),
            Duration.ofSeconds(mojo.lockTimeout),
            new MirrorRequest.ClientSettings(
                clients(), mojo.verifySample, orEmpty(mojo.verifySampleSeed)),
            choice(RegionPolicy.class, mojo.regionPolicy, "regionPolicy"),
            mojo.checkPublicUrls,
            new SigningRequests(paths, servers, seen).signing(mojo)),
        paths.places(environment),
        NextCommand.of(mojo.session, mojo.project, mojo.execution),
        settings != null && settings.isOffline(),
        new BaselineRequests(paths, seen).accepted(mojo));
  }

  private MinCoverage minCoverage() {
    List<String> entries = given(mojo.minCoverage);
    try {
      return MinCoverage.parse(entries);
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "<minCoverage> is " + String.join(",", entries),
          String.valueOf(e.getMessage()),
          "write a percentage for all branches, and others for those of a status (development,"
              + " stable, unmaintained, end-of-life, other), like 95,stable=99.5,unmaintained=0");
    }
  }

  private List<String> clients() {
    List<String> clients = given(mojo.verifyClients);
    if (clients.equals(List.of("none"))) {
      return List.of();
    }
    for (String client : clients) {
      if (!CLIENTS.contains(client)) {
        throw MirrorException.input(
            "<verifyClients> has '" + client + "'",
            "no such installer is known",
            "give pip, uv, both, or none alone");
      }
    }
    return clients.stream().distinct().toList();
  }

  private MirrorRequest.ConstraintsSettings constraints() {
    List<ExtraPin> extraPins = new ArrayList<>();
    for (ExtraPinParameter extra : mojo.extraPins) {
      String pin = required(extra.pin, "extraPin", "pin", "name===version");
      extraPins.add(
          new ExtraPin(
              parsePin(pin),
              given(extra.branches),
              Pythons.tags(given(extra.pythons), "extraPin")));
    }
    return new MirrorRequest.ConstraintsSettings(
        paths.url(orEmpty(mojo.constraints)),
        constraintsFile(),
        servers.of(mojo.constraintsServerId, "constraintsServerId", settings),
        new BranchPatterns(given(mojo.branches), given(mojo.excludedBranches), given(mojo.retired)),
        choice(NonPins.class, mojo.nonPins, "nonPins"),
        extraPins);
  }

  private String constraintsFile() {
    String file = orEmpty(mojo.constraintsFile);
    boolean inside = !file.isEmpty() && !file.startsWith("/") && !file.endsWith("/");
    if (!inside || List.of(file.split("/", -1)).contains("..")) {
      throw MirrorException.input(
          "<constraintsFile> is '" + file + "'",
          "it must be the path of a file in the repository, from its root",
          "write it like upper-constraints.txt");
    }
    return file;
  }

  private PlanSettings plan(LocalDate today) {
    List<Exclude> excludes = new ArrayList<>();
    for (ExcludeParameter exclude : mojo.excludes) {
      excludes.add(
          new Exclude(
              required(exclude.pin, "exclude", "pin", "a name or name===version"),
              required(exclude.reason, "exclude", "reason", "why the pin is left out"),
              orEmpty(exclude.expires),
              given(exclude.branches),
              Pythons.globs(given(exclude.pythons), "exclude")));
    }
    List<BuildConstraints> constraints = new ArrayList<>();
    for (BuildConstraintsParameter parameter : mojo.buildConstraints) {
      List<String> lines = new ArrayList<>(given(parameter.lines));
      if (parameter.file != null) {
        seen.file(paths.absolute(parameter.file));
        lines.addAll(lines(paths.absolute(parameter.file)));
      }
      String asOf = orEmpty(parameter.asOf);
      constraints.add(
          new BuildConstraints(
              given(parameter.branches), asOf.isEmpty() ? asOf : asOf(asOf, "asOf").text(), lines));
    }
    return new PlanSettings(
            choice(UpstreamWheels.class, mojo.upstreamWheels, "upstreamWheels"),
            excludes,
            constraints,
            today)
        .overriding(new OverrideRequests(paths, seen).overrides(mojo))
        .asOf(asOf(orEmpty(mojo.buildRequirementsAsOf), "buildRequirementsAsOf"));
  }

  private static BuildRequirementsAsOf asOf(String text, String parameter) {
    try {
      return BuildRequirementsAsOf.parse(text);
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "<" + parameter + "> is " + text,
          String.valueOf(e.getMessage()),
          "write sdist, now or a date");
    }
  }

  private List<MirrorRequest.Index> indexes() {
    List<MirrorRequest.Index> indexes = new ArrayList<>();
    String single = orEmpty(mojo.index);
    if (!single.isEmpty()) {
      indexes.add(
          new MirrorRequest.Index(
              paths.place(single),
              servers.of(mojo.indexServerId, "indexServerId", settings),
              false));
    } else if (!orEmpty(mojo.indexServerId).isEmpty()) {
      throw MirrorException.input(
          "<indexServerId> is " + orEmpty(mojo.indexServerId) + " and there is no <index>",
          "nobody says which index its name and password are for",
          "name the index with -Dwheel-mirror.index=URL, or leave out the indexServerId");
    }
    for (IndexParameter index : mojo.indexes) {
      indexes.add(
          new MirrorRequest.Index(
              paths.place(required(index.url, "index", "url", "the URL of a simple index")),
              servers.of(index.serverId, "serverId", settings),
              index.trustUnhashed));
    }
    return indexes;
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
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = camelCase(constant.name());
      if (name.equalsIgnoreCase(orEmpty(text).strip().replace("-", ""))) {
        return constant;
      }
      names.add(name);
    }
    throw MirrorException.input(
        "<" + parameter + "> is " + text,
        "there is no such choice",
        "write one of " + String.join(", ", names));
  }

  /** {@code BEST_EFFORT} as Maven's users write it: {@code bestEffort}. */
  private static String camelCase(String constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }

  private static String required(
      @Nullable String value, String element, String part, String meaning) {
    if (value == null || value.isBlank()) {
      throw missing(element, part, meaning);
    }
    return value.trim();
  }

  static MirrorException missing(String element, String part, String meaning) {
    return MirrorException.input(
        "an <" + element + "> of the configuration has no <" + part + ">",
        "it must say " + meaning,
        "add <" + part + ">…</" + part + "> inside <" + element + ">");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw MirrorException.input(
          "<buildConstraint> names the file " + file,
          IoWords.of(e),
          "give the path of a readable text file");
    }
  }

  /** An empty element is as good as none. */
  static List<String> given(List<@Nullable String> texts) {
    List<String> given = new ArrayList<>();
    for (String text : texts) {
      if (text != null && !text.isBlank()) {
        given.add(text.trim());
      }
    }
    return given;
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text.trim();
  }
}
