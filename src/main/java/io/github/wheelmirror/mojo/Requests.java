package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Machine;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.UrlLogin;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.ExtraPin;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.tree.AcceptedFinding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.maven.settings.Settings;
import org.jspecify.annotations.Nullable;

/** Turns a goal's parameters into the request of the use cases; nulls and blanks end here. */
final class Requests {

  private static final int MEBI = 20;

  private final AbstractMirrorMojo mojo;
  private final ServerCredentials servers;
  private final @Nullable Settings settings;
  private final RequestPaths paths;
  private final Seen seen;

  Requests(AbstractMirrorMojo mojo, ServerCredentials servers, Seen seen) {
    this.seen = seen;
    this.mojo = mojo;
    this.servers = servers;
    this.settings = mojo.session.getSettings();
    this.paths = new RequestPaths(mojo);
  }

  /**
   * The checked request.
   *
   * @throws MirrorException if a setting is wrong; several are told together
   */
  MirrorRequest request(LocalDate today, Map<String, String> environment) {
    WrongSettings wrong = new WrongSettings();
    Supplier<MirrorRequest.ConstraintsSettings> constraints = wrong.read(this::constraints);
    Supplier<MirrorRequest.TargetSettings> targets = wrong.read(this::targets);
    Supplier<MirrorRequest.IndexSettings> indexes = wrong.read(this::indexes);
    Supplier<PlanSettings> plan =
        wrong.read(() -> new PlanRequests(mojo, paths, seen).settings(today));
    Supplier<MirrorRequest.WorkSettings> work = wrong.read(this::work);
    Supplier<MirrorRequest.ReleaseSettings> release =
        wrong.read(() -> new ReleaseRequests(mojo, paths, servers, seen).settings());
    Supplier<MirrorRequest.Places> places = wrong.read(() -> paths.places(environment));
    Supplier<List<AcceptedFinding>> accepted =
        wrong.read(() -> new BaselineRequests(paths, seen).accepted(mojo));
    wrong.check(mojo::checkOwnParameters);
    wrong.refuse();
    return new MirrorRequest(
        constraints.get(),
        targets.get(),
        indexes.get(),
        plan.get(),
        work.get(),
        release.get(),
        places.get(),
        NextCommand.of(mojo.session, mojo.project, mojo.execution),
        settings != null && settings.isOffline(),
        accepted.get());
  }

  private MirrorRequest.TargetSettings targets() {
    WrongSettings wrong = new WrongSettings();
    List<String> pythons = wrong.readEach(given(mojo.pythons), paths::python);
    Supplier<Map<String, Path>> interpreters = wrong.read(paths::interpreters);
    wrong.refuse();
    return new MirrorRequest.TargetSettings(
        pythons,
        interpreters.get(),
        mojo.targetFiles.stream().filter(RequestPaths::isGiven).map(paths::absolute).toList());
  }

  private MirrorRequest.WorkSettings work() {
    WrongSettings wrong = new WrongSettings();
    boolean compilerCache =
        wrong.read(
            () ->
                choice(CompilerCacheUse.class, mojo.compilerCache, "compilerCache")
                    == CompilerCacheUse.AUTO,
            false);
    Supplier<MirrorRequest.WorkSettings> work =
        wrong.read(
            () ->
                new MirrorRequest.WorkSettings(
                    mojo.downloads,
                    mojo.builds == 0 ? Runtime.getRuntime().availableProcessors() : mojo.builds,
                    new MirrorRequest.BuildBounds(
                        Duration.ofSeconds(mojo.buildTimeout),
                        mojo.buildMemory == 0
                            ? Machine.memoryBytes() / 4 * 3
                            : bytes(mojo.buildMemory),
                        bytes(mojo.buildDisk)),
                    compilerCache,
                    mojo.checkReproducible(),
                    mojo.failOnNew,
                    mojo.retryFailed,
                    mojo.updateLock));
    wrong.refuse();
    return work.get();
  }

  /** Of so many MiB; more than can be counted is a very large number, and no negative one. */
  static long bytes(long mebibytes) {
    long most = Long.MAX_VALUE >> MEBI;
    return Math.max(-most, Math.min(most, mebibytes)) << MEBI;
  }

  private MirrorRequest.ConstraintsSettings constraints() {
    WrongSettings wrong = new WrongSettings();
    Supplier<String> url = wrong.read(() -> paths.url(orEmpty(mojo.constraints)));
    Supplier<String> file = wrong.read(this::constraintsFile);
    Supplier<Credentials> login =
        wrong.read(() -> servers.of(mojo.constraintsServerId, "constraintsServerId", settings));
    Supplier<NonPins> nonPins = wrong.read(() -> choice(NonPins.class, mojo.nonPins, "nonPins"));
    List<ExtraPin> extraPins = wrong.readEach(mojo.extraPins, Requests::extraPin);
    wrong.refuse();
    return new MirrorRequest.ConstraintsSettings(
        url.get(),
        file.get(),
        login.get(),
        new BranchPatterns(given(mojo.branches), given(mojo.excludedBranches), given(mojo.retired)),
        nonPins.get(),
        extraPins);
  }

  private static ExtraPin extraPin(ExtraPinParameter extra) {
    WrongSettings wrong = new WrongSettings();
    Supplier<Pin> pin =
        wrong.read(() -> parsePin(required(extra.pin, "extraPin", "pin", "name===version")));
    Supplier<List<String>> pythons =
        wrong.read(() -> Pythons.tags(given(extra.pythons), "extraPin"));
    wrong.refuse();
    return new ExtraPin(pin.get(), given(extra.branches), pythons.get());
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

  private MirrorRequest.IndexSettings indexes() {
    WrongSettings wrong = new WrongSettings();
    List<MirrorRequest.Index> indexes = new ArrayList<>();
    wrong.check(() -> singleIndex().ifPresent(indexes::add));
    indexes.addAll(wrong.readEach(mojo.indexes, this::index));
    List<String> findLinks = wrong.readEach(given(mojo.findLinks), this::findLinks);
    wrong.refuse();
    return new MirrorRequest.IndexSettings(
        indexes, findLinks, mojo.session.getRequest().isUpdateSnapshots());
  }

  private Optional<MirrorRequest.Index> singleIndex() {
    String single = orEmpty(mojo.index);
    String serverId = orEmpty(mojo.indexServerId);
    if (single.isEmpty() && !serverId.isEmpty()) {
      throw MirrorException.input(
          "<indexServerId> is " + serverId + " and there is no <index>",
          "nobody says which index its name and password are for",
          "name the index with -Dwheel-mirror.index=URL, or leave out the indexServerId");
    }
    return single.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MirrorRequest.Index(
                indexPlace(single, "<indexServerId> (-Dwheel-mirror.indexServerId=ID)"),
                servers.of(mojo.indexServerId, "indexServerId", settings),
                false));
  }

  private MirrorRequest.Index index(IndexParameter index) {
    return new MirrorRequest.Index(
        indexPlace(
            required(index.url, "index", "url", "the URL of a simple index"), "its <serverId>"),
        servers.of(index.serverId, "serverId", settings),
        index.trustUnhashed);
  }

  private String indexPlace(String url, String serverId) {
    return paths.place(
        withoutLogin(
            url,
            "index",
            "put name and password into a <server> of settings.xml, and name that server's id in "
                + serverId));
  }

  private String findLinks(String place) {
    return paths.place(
        withoutLogin(place, "findLinks", "put name and password of that host into ~/.netrc"));
  }

  /** As for the constraints: it would be in command lines, logs and the POM. */
  private static String withoutLogin(String url, String element, String instead) {
    if (UrlLogin.isIn(url)) {
      throw MirrorException.input(
          "<" + element + "> " + UrlLogin.hidden(url) + " has a login in it",
          "it would end up in logs",
          "leave it out of the URL and " + instead);
    }
    return url;
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

  static <E extends Enum<E>> E choice(Class<E> type, String text, String parameter) {
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

  static String required(@Nullable String value, String element, String part, String meaning) {
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
