package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.BuildConstraints;
import io.github.wheelmirror.build.Exclude;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.constraints.BranchStatus;
import io.github.wheelmirror.constraints.ExtraPin;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.RegionPlace;
import io.github.wheelmirror.mirror.RegionPolicy;
import io.github.wheelmirror.tree.MinCoverage;
import io.github.wheelmirror.tree.RegionCommands;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestsTest {

  private static final MirrorRequest.RegionSettings SRV_MIRROR =
      new MirrorRequest.RegionSettings(
          "mirror",
          new RegionPlace.Folder(Path.of("/srv/mirror")),
          null,
          "https://mirror.example.org/wheel/",
          RegionCommands.NONE);

  @TempDir Path root;
  private final DefaultMavenExecutionRequest maven = new DefaultMavenExecutionRequest();
  private final BuildMojo mojo = new BuildMojo(ServerCredentialsTest.plain());

  @BeforeEach
  @SuppressWarnings("deprecation")
  void mavenRunsInTheFolder() {
    maven.setBaseDirectory(root.toFile());
    mojo.session = new MavenSession(null, null, maven, new DefaultMavenExecutionResult());
    Plugin plugin = new Plugin();
    plugin.setGroupId("io.github.wheelmirror");
    plugin.setArtifactId("wheel-mirror-maven-plugin");
    plugin.setVersion("1.2");
    mojo.execution = new MojoExecution(plugin, "build", "default-cli");
    mojo.constraints = "https://git.example.org/requirements";
  }

  private MirrorRequest request() {
    return request(Map.of("HOME", "/home/someone"));
  }

  private MirrorRequest request(Map<String, String> environment) {
    return new Requests(mojo, ServerCredentialsTest.plain(), new Seen())
        .request(LocalDate.parse("2026-03-01"), environment);
  }

  private static ExtraPinParameter extraPin(String pin, String... pythons) {
    ExtraPinParameter parameter = new ExtraPinParameter();
    parameter.set(pin);
    parameter.pythons = List.of(pythons);
    return parameter;
  }

  private static ExcludeParameter exclude(String pin, String reason, String expires) {
    ExcludeParameter parameter = new ExcludeParameter();
    parameter.pin = pin;
    parameter.reason = reason;
    parameter.expires = expires;
    return parameter;
  }

  @Test
  void aChoiceOfTwoWordsIsReadAsMavensUsersAndAsOthersWriteIt() {
    for (String text : List.of("bestEffort", "best-effort", "BESTEFFORT")) {
      mojo.regionPolicy = text;
      assertThat(request().release().policy()).isEqualTo(RegionPolicy.BEST_EFFORT);
    }
    mojo.regionPolicy = "quorum";
    assertThat(request().release().policy()).hasToString("quorum");
    mojo.regionPolicy = "most";
    assertThatThrownBy(this::request)
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> assertThat(e.fix()).isEqualTo("write one of all, quorum, bestEffort"));
  }

  @Test
  void defaultsAreThoseOfTheParametersDescriptions() {
    MirrorRequest request = request();
    assertThat(request.constraints().file()).isEqualTo("upper-constraints.txt");
    assertThat(request.constraints().nonPins()).isEqualTo(NonPins.ERROR);
    assertThat(request.constraints().login()).isEmpty();
    assertThat(request.targets().pythons()).isEmpty();
    assertThat(request.indexes().indexes()).isEmpty();
    assertThat(request.plan().upstreamWheels()).isEqualTo(UpstreamWheels.MIRROR);
    assertThat(request.work().downloads()).isEqualTo(8);
    assertThat(request.work().builds()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(request.work().bounds().timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(request.release().regions()).isEmpty();
    assertThat(request.release().lockTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(request.places().workspace()).isEqualTo(root.resolve("target/wheel-mirror"));
    assertThat(request.places().cache()).isEqualTo(Path.of("/home/someone/.cache/wheel-mirror"));
    assertThat(request.offline()).isFalse();
  }

  @Test
  void everyParameterReachesTheRequest() throws IOException {
    mojo.constraintsFile = "folder/constraints.txt";
    mojo.branches = List.of("master");
    mojo.excludedBranches = List.of("stable/old");
    mojo.retired = List.of("stable/older");
    mojo.nonPins = "report";
    mojo.extraPins = List.of(extraPin("setuptools===80.9.0", "3.12", "cp39"));
    mojo.pythons = List.of("3.11", " 3.12 ");
    mojo.interpreters = Map.of("py3.12", new File("/opt/python/bin/python3"));
    mojo.targetFiles = List.of(new File("/targets/a.json"));
    mojo.index = "https://index.example.org/simple/";
    mojo.findLinks = List.of("wheels", "~/wheels", "https://files.example.org/wheels/");
    mojo.upstreamWheels = "rebuild";
    ExcludeParameter exclude = exclude("foo===1.0", "broken", "2027-01-31");
    exclude.pythons = List.of("3.13", "cp31*");
    mojo.excludes = List.of(exclude);
    BuildConstraintsParameter lines = new BuildConstraintsParameter();
    lines.set("setuptools<82");
    lines.branches = List.of("stable/*");
    lines.file = Files.writeString(root.resolve("build.txt"), "cython<3\n").toFile();
    mojo.buildConstraints = List.of(lines);
    mojo.downloads = 3;
    mojo.builds = 5;
    mojo.buildTimeout = 60;
    mojo.buildMemory = 7;
    mojo.buildDisk = 9;
    mojo.wheelhouseLimit = 11;
    mojo.retryFailed = true;
    mojo.updateLock = true;
    mojo.failOnNew = true;
    RegionParameter first = new RegionParameter();
    first.url = "/srv/mirror";
    first.publicUrl = "https://mirror.example.org/wheel/";
    RegionParameter second = new RegionParameter();
    Server bucket = new Server();
    bucket.setId("bucket");
    bucket.setUsername("key");
    bucket.setPassword("hidden");
    maven.addServer(bucket);
    second.id = "west";
    second.url = "/srv/west";
    second.afterStage = " vos release pool ";
    second.afterFlip = "flip";
    second.afterPrune = "prune";
    second.publicUrl = "https://west.example.org/";
    RegionParameter third = new RegionParameter();
    third.url = "s3://wheels/south?region=x";
    third.serverId = "bucket";
    RegionParameter fourth = new RegionParameter();
    fourth.set("ssh://me@host.example/srv/north");
    mojo.regions = List.of(first, second, third, fourth);
    mojo.minCoverage = List.of("95", "stable=99.5");
    mojo.staleAfter = 14;
    mojo.verifyClients = List.of("pip");
    mojo.verifySample = 9;
    mojo.verifySampleSeed = " again ";
    mojo.lockTimeout = 7;
    mojo.workspace = new File("/var/workspace");
    mojo.cacheDirectory = new File("/var/cache/mirror");
    maven.setOffline(true);
    MirrorRequest request = request();
    assertThat(request.constraints().file()).isEqualTo("folder/constraints.txt");
    assertThat(request.constraints().branches().include()).containsExactly("master");
    assertThat(request.constraints().branches().exclude()).containsExactly("stable/old");
    assertThat(request.constraints().branches().retired()).containsExactly("stable/older");
    assertThat(request.constraints().nonPins()).isEqualTo(NonPins.REPORT);
    assertThat(request.constraints().extraPins())
        .containsExactly(
            new ExtraPin(Pin.parse("setuptools===80.9.0"), List.of(), List.of("cp312", "cp39")));
    assertThat(request.targets().pythons()).containsExactly("3.11", "3.12");
    assertThat(request.targets().interpreters())
        .containsExactly(Map.entry("cp312", Path.of("/opt/python/bin/python3")));
    assertThat(request.targets().files()).containsExactly(Path.of("/targets/a.json"));
    assertThat(request.indexes().indexes())
        .containsExactly(new MirrorRequest.Index("https://index.example.org/simple/", null, false));
    assertThat(request.indexes().findLinks())
        .containsExactly(
            root.resolve("wheels").toString(), "~/wheels", "https://files.example.org/wheels/");
    assertThat(request.plan().upstreamWheels()).isEqualTo(UpstreamWheels.REBUILD);
    assertThat(request.plan().excludes())
        .containsExactly(
            new Exclude("foo===1.0", "broken", "2027-01-31", List.of(), List.of("cp313", "cp31*")));
    assertThat(request.plan().buildConstraints())
        .containsExactly(
            new BuildConstraints(List.of("stable/*"), List.of("setuptools<82", "cython<3")));
    assertThat(request.plan().today()).isEqualTo(LocalDate.parse("2026-03-01"));
    assertThat(request.work())
        .isEqualTo(
            new MirrorRequest.WorkSettings(
                3,
                5,
                new MirrorRequest.BuildBounds(Duration.ofMinutes(1), 7L << 20, 9L << 20),
                true,
                0,
                true,
                true,
                true));
    assertThat(request.release().regions())
        .containsExactly(
            SRV_MIRROR,
            new MirrorRequest.RegionSettings(
                "west",
                new RegionPlace.Folder(Path.of("/srv/west")),
                null,
                "https://west.example.org/",
                new RegionCommands("vos release pool", "flip", "prune")),
            new MirrorRequest.RegionSettings(
                "south",
                new RegionPlace.Bucket(URI.create("s3://wheels/south?region=x")),
                new Credentials("bucket", "key", new Secret("hidden")),
                "",
                RegionCommands.NONE),
            new MirrorRequest.RegionSettings(
                "north",
                new RegionPlace.Host(URI.create("ssh://me@host.example/srv/north")),
                null,
                "",
                RegionCommands.NONE));
    assertThat(request.release().clients())
        .isEqualTo(new MirrorRequest.ClientSettings(List.of("pip"), 9, "again"));
    assertThat(request.release().gate())
        .isEqualTo(
            new MirrorRequest.Gate(
                new MinCoverage(95, Map.of(BranchStatus.STABLE, 99.5)),
                List.of("stable/older"),
                Duration.ofDays(14)));
    assertThat(request.release().lockTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(request.places())
        .isEqualTo(
            new MirrorRequest.Places(
                Path.of("/var/workspace"), Path.of("/var/cache/mirror"), 11L << 20));
    assertThat(request.offline()).isTrue();
  }

  @Test
  void emptyElementsAreAsGoodAsNone() {
    mojo.branches = Arrays.asList("", null, "master");
    mojo.pythons = List.of("");
    mojo.findLinks = List.of(" ");
    mojo.index = " ";
    mojo.indexServerId = "";
    mojo.region = " ";
    MirrorRequest request = request();
    assertThat(request.constraints().branches().include()).containsExactly("master");
    assertThat(request.targets().pythons()).isEmpty();
    assertThat(request.indexes()).isEqualTo(new MirrorRequest.IndexSettings(List.of(), List.of()));
    assertThat(request.release().regions()).isEmpty();
  }

  @Test
  void theSingleRegionHasParametersOfItsOwn() {
    mojo.region = "/srv/mirror";
    mojo.regionPublicUrl = "https://mirror.example.org/wheel/";
    assertThat(request().release().regions()).containsExactly(SRV_MIRROR);
  }

  @Test
  void relativePathsAreRelativeToWhereMavenWasStarted() {
    mojo.constraints = "../requirements.bundle";
    mojo.pythons = List.of("venv/bin/python");
    mojo.region = "mirror";
    mojo.cacheDirectory = new File("cache");
    MirrorRequest request = request();
    assertThat(request.constraints().url())
        .isEqualTo(root.resolveSibling("requirements.bundle").toString());
    assertThat(request.targets().pythons())
        .containsExactly(root.resolve("venv/bin/python").toString());
    assertThat(request.release().regions().get(0).place())
        .isEqualTo(new RegionPlace.Folder(root.resolve("mirror")));
    assertThat(request.places().cache()).isEqualTo(root.resolve("cache"));
    mojo.constraints = "git@host.example:requirements";
    assertThat(request().constraints().url()).isEqualTo("git@host.example:requirements");
  }

  @Test
  void aRegionThatShowsOrLosesWhatIsNotItsOwnIsRefused() throws IOException {
    Path link =
        Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(root.resolve("all")));
    mojo.workspace = link.resolve("workspace").toFile();
    mojo.cacheDirectory = new File("caches/wheels");
    Map<String, String> whys =
        Map.of(
            "all", "the workspace " + root.toRealPath().resolve("all/workspace") + " is in it",
            "all/workspace", "it is the workspace too",
            "caches", "the cache " + root.toRealPath().resolve("caches/wheels") + " is in it",
            "link/workspace/staged/mirror", "is emptied by each run",
            "all/workspace/report", "is emptied by each run");
    whys.forEach(
        (region, why) -> {
          mojo.region = region;
          assertThatThrownBy(this::request)
              .hasMessageContaining("the region " + root.resolve(region) + " cannot be used")
              .hasMessageContaining(why);
        });
    for (String region : List.of("all/mirror", "caches/wheels/mirror", "all/workspace/mirror?")) {
      mojo.region = region;
      assertThat(request().release().regions().get(0).id()).startsWith("mirror");
    }
    assertThat(request().release().regions().get(0).id()).isEqualTo("mirror?");
  }

  @Test
  void aPropertyThatMavenDoesNotKnowIsNoFolder() {
    mojo.region = "${mirror.root}/mirror";
    mojo.workspace = new File("${work}");
    mojo.cacheDirectory = new File("/srv/${cache}/x");
    mojo.index = "https://index.example/${index.name}/simple/";
    mojo.regionPublicUrl = "https://${host}/";
    assertThatThrownBy(this::request)
        .hasMessageContaining("'${work}' cannot be used: no property has the name in ${work}")
        .hasMessageContaining("in ${index.name}");
    mojo.workspace = null;
    assertThatThrownBy(this::request).hasMessageContaining("'/srv/${cache}/x' cannot be used");
    mojo.cacheDirectory = new File("cache");
    mojo.index = "$HOME {c}/simple";
    mojo.regionPublicUrl = null;
    assertThatThrownBy(this::request).hasMessageContaining("in ${mirror.root}");
    mojo.region = "mirror$";
    assertThat(request().release().regions()).hasSize(1);
  }

  @Test
  void aTildeThatNoShellReplacedIsNoFolder() {
    List<Consumer<String>> places =
        List.of(
            place -> mojo.region = place,
            place -> mojo.constraints = place,
            place -> mojo.cacheDirectory = new File(place),
            place -> mojo.workspace = root.resolve(place).toFile());
    for (Consumer<String> place : places) {
      place.accept("~/mirror");
      assertThatThrownBy(this::request)
          .hasMessageContaining("~/mirror cannot be used: a shell replaces ~ only where");
      place.accept("mirror~/~/" + places.indexOf(place));
      assertThat(request()).isNotNull();
    }
  }

  @Test
  void sizesBeyondAllNumbersAreLargeAndThoseBelowOneAreToldAsTheyWereGiven() {
    mojo.buildMemory = Long.MAX_VALUE;
    mojo.buildDisk = 1L << 44;
    mojo.wheelhouseLimit = Long.MAX_VALUE;
    assertThat(request().work().bounds().memoryBytes()).isGreaterThan(1L << 62);
    assertThat(request().work().bounds().diskBytes()).isGreaterThan(1L << 62);
    assertThat(request().places().wheelhouseLimit()).isGreaterThan(1L << 62);
    mojo.buildMemory = -3;
    mojo.wheelhouseLimit = Long.MIN_VALUE;
    assertThatThrownBy(this::request)
        .hasMessageContaining("<buildMemory> is -3:")
        .hasMessageContaining("<wheelhouseLimit> is -");
  }

  @Test
  void theCacheIsWhereTheUsersCachesAre() {
    assertThat(request(Map.of("XDG_CACHE_HOME", "/fast")).places().cache())
        .isEqualTo(Path.of("/fast/wheel-mirror"));
    Properties system = new Properties();
    system.setProperty("user.home", "/u");
    maven.setSystemProperties(system);
    assertThat(request(Map.of()).places().cache()).isEqualTo(Path.of("/u/.cache/wheel-mirror"));
    system.setProperty("user.home", "?");
    maven.setSystemProperties(system);
    assertThat(new RequestPaths(mojo).home(Map.of()).isAbsolute()).isTrue();
    assertThatThrownBy(() -> request(Map.of()))
        .hasMessageContaining("nobody says where the cache is")
        .hasMessageContaining("HOME is not set");
    assertThat(request(Map.of("XDG_CACHE_HOME", "/fast")).places().cache())
        .isEqualTo(Path.of("/fast/wheel-mirror"));
    assertThat(request(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/h")).places().cache())
        .as("the specification says to ignore it")
        .isEqualTo(Path.of("/h/.cache/wheel-mirror"));
  }

  @Test
  void credentialsComeFromTheNamedServers() {
    Server server = new Server();
    server.setId("git");
    server.setUsername("someone");
    server.setPassword("secret");
    maven.addServer(server);
    mojo.constraintsServerId = "git";
    mojo.index = "https://index.example.org/simple/";
    mojo.indexServerId = "git";
    MirrorRequest request = request();
    assertThat(request.constraints().login().orElseThrow().username()).isEqualTo("someone");
    assertThat(request.indexes().indexes().get(0).login().orElseThrow().password().reveal())
        .isEqualTo("secret");
    assertThat(request.toString()).doesNotContain("secret");
  }

  @Test
  void aKeyThatEverybodyCanReadIsWarnedOf() throws IOException {
    Path key = Files.writeString(root.resolve("release key"), "PEM");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(SigningRequests.everybodysKey(key))
        .hasValueSatisfying(line -> assertThat(line).contains(key.toString(), "chmod o-r"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(SigningRequests.everybodysKey(key)).isEmpty();
    assertThat(SigningRequests.everybodysKey(root.resolve("none"))).isEmpty();
  }

  private static Arguments bad(String what, Consumer<BuildMojo> setting) {
    return Arguments.of(what, setting);
  }

  private static void signs(BuildMojo mojo, int days) {
    mojo.signingKeyFile = new File("/nowhere/key");
    mojo.signatureDays = days;
  }

  static Stream<Arguments> badParameters() {
    return Stream.of(
        bad("<signingKeyFile> names", m -> m.signingKeyFile = new File("/nowhere/key")),
        bad("<signatureDays> is 0", m -> signs(m, 0)),
        bad("<signatureDays> is 3651", m -> signs(m, 3651)),
        bad("<trustedKeyFiles> names", m -> m.trustedKeyFiles = List.of(new File("/nowhere/pub"))),
        bad("<extraPin> foo is no pin", m -> m.extraPins = List.of(extraPin("foo"))),
        bad("<extraPin> foo===x y", m -> m.extraPins = List.of(extraPin("foo===x y"))),
        bad(
            "an <extraPin> of the configuration has no <pin>",
            m -> m.extraPins = List.of(new ExtraPinParameter())),
        bad(
            "<extraPin> names the Python 'three'",
            m -> m.extraPins = List.of(extraPin("foo===1.0", "three"))),
        bad(
            "<extraPin> names the Python 'cp31*'",
            m -> m.extraPins = List.of(extraPin("foo===1.0", "cp31*"))),
        bad(
            "expires on '31.1.2027'",
            m -> m.excludes = List.of(exclude("foo", "why", "31.1.2027"))),
        bad("has no <reason>", m -> m.excludes = List.of(exclude("foo", " ", ""))),
        bad("names no pin", m -> m.excludes = List.of(exclude("foo>>1", "why", ""))),
        bad("<nonPins> is maybe", m -> m.nonPins = "maybe"),
        bad("<regionPolicy> is most", m -> m.regionPolicy = "most"),
        bad("<upstreamWheels> is all", m -> m.upstreamWheels = "all"),
        bad("<downloads> is 0", m -> m.downloads = 0),
        bad("<builds> is -1", m -> m.builds = -1),
        bad("<buildTimeout> is 0", m -> m.buildTimeout = 0),
        bad("<buildMemory> is -1", m -> m.buildMemory = -1),
        bad("<buildDisk> is 0", m -> m.buildDisk = 0),
        bad("<wheelhouseLimit> is -1", m -> m.wheelhouseLimit = -1),
        bad("<lockTimeout> is -1", m -> m.lockTimeout = -1),
        bad("<minCoverage> is 101", m -> m.minCoverage = List.of("101")),
        bad("<minCoverage> is NaN", m -> m.minCoverage = List.of("NaN")),
        bad("<minCoverage> is 95,stabel=9", m -> m.minCoverage = List.of("95", "stabel=9")),
        bad("<staleAfter> is -1", m -> m.staleAfter = -1),
        bad("<verifySample> is -1", m -> m.verifySample = -1),
        bad("<constraintsFile> is '/etc/passwd'", m -> m.constraintsFile = "/etc/passwd"),
        bad("<constraintsFile> is 'a/../../b'", m -> m.constraintsFile = "a/../../b"),
        bad("<constraintsFile> is ''", m -> m.constraintsFile = " "),
        bad("<constraintsServerId> names the server x", m -> m.constraintsServerId = "x"),
        bad("<indexServerId> is x and there is no <index>", m -> m.indexServerId = "x"),
        bad(
            "<index> https://****@index.example/simple has a login in it",
            m -> m.index = "https://me:s3cret@index.example/simple"),
        bad(
            "<index> https://****@index.example/simple has a login in it",
            m -> {
              IndexParameter token = new IndexParameter();
              token.set("https://s3cret@index.example/simple");
              m.indexes = List.of(token);
            }),
        bad(
            "<findLinks> https://****@files.example/ has a login in it",
            m -> m.findLinks = List.of("https://me:s3cret@files.example/")),
        bad(
            "an <index> of the configuration has no <url>",
            m -> m.indexes = List.of(new IndexParameter())),
        bad(
            "an <region> of the configuration has no <url>",
            m -> m.regions = List.of(new RegionParameter())),
        bad(
            "two regions have the id mirror",
            m -> {
              RegionParameter one = new RegionParameter();
              one.set("/a/mirror");
              RegionParameter other = new RegionParameter();
              other.set("/b/mirror");
              m.regions = List.of(one, other);
            }),
        bad(
            "two regions have the place /a/mirror",
            m -> {
              RegionParameter one = new RegionParameter();
              one.set("/a/mirror");
              RegionParameter other = new RegionParameter();
              other.set("file:///a/x/../mirror");
              other.id = "other";
              m.regions = List.of(one, other);
            }),
        bad("the region is the project's own folder", m -> m.region = "."),
        bad(
            "the region https://mirror.example/ cannot be used",
            m -> m.region = "https://mirror.example/"),
        bad("the region file://host/srv cannot be used", m -> m.region = "file://host/srv"),
        bad("the region s3://a b cannot be used", m -> m.region = "s3://a b"),
        bad("the region s3:/wheels/x cannot be used", m -> m.region = "s3:/wheels/x"),
        bad("the region me@host:/srv cannot be used", m -> m.region = "me@host:/srv"),
        bad(
            "the region /srv/mirror has the <serverId> known",
            m -> {
              m.region = "/srv/mirror";
              m.regionServerId = "known";
            }),
        bad(
            "the region https://****@mirror.example/x cannot be used",
            m -> m.region = "https://user:s3cret@mirror.example/x"),
        bad("the region s3://****@a b/x cannot be used", m -> m.region = "s3://user:s3cret@a b/x"),
        bad(
            "the region ssh://****@mirror.example/x has the <serverId> known",
            m -> {
              m.region = "ssh://user:s3cret@mirror.example/x";
              m.regionServerId = "known";
            }),
        bad(
            "there are a <region> and <regions>",
            m -> {
              RegionParameter other = new RegionParameter();
              other.url = "/srv/other";
              m.region = "/srv/mirror";
              m.regions = List.of(other);
            }),
        bad(
            "<interpreters> names the Python 'foo'",
            m -> m.interpreters = Map.of("foo", new File("/x"))),
        bad(
            "<interpreters> has no program for py3.12",
            m -> {
              Map<String, File> empty = new LinkedHashMap<>();
              empty.put("py3.12", null);
              m.interpreters = empty;
            }),
        bad(
            "<interpreters> has two programs for cp312",
            m -> m.interpreters = Map.of("py3.12", new File("/x"), "cp312", new File("/y"))),
        bad(
            "<buildConstraint> names the file",
            m -> {
              BuildConstraintsParameter missing = new BuildConstraintsParameter();
              missing.file = new File("/no/such/file");
              m.buildConstraints = List.of(missing);
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badParameters")
  void aBadParameterGetsTheHouseError(String what, Consumer<BuildMojo> setting) {
    setting.accept(mojo);
    assertThatThrownBy(this::request)
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.getMessage()).contains(what);
              assertThat(e.getMessage()).doesNotContain("s3cret");
              assertThat(e.why()).isNotBlank();
              assertThat(e.fix()).isNotBlank();
            });
  }

  @Test
  void allWrongParametersOfARunAreToldAtOnceEachWithItsFix() {
    mojo.nonPins = "maybe";
    mojo.constraintsServerId = "nobody";
    mojo.extraPins = List.of(extraPin("foo", "three"), extraPin("bar"));
    mojo.excludes = List.of(exclude("one", "", ""), exclude("two", "why", "tomorrow"));
    mojo.downloads = 0;
    mojo.buildDisk = 0;
    mojo.compilerCache = "on";
    mojo.minCoverage = List.of("101");
    mojo.staleAfter = -1;
    mojo.verifyClients = List.of("conda");
    mojo.verifySample = -1;
    mojo.lockTimeout = -1;
    mojo.signingKeyFile = new File("/nowhere/key");
    mojo.signatureDays = 0;
    RegionParameter place = new RegionParameter();
    place.url = "https://mirror.example/";
    mojo.regions = List.of(place, new RegionParameter());
    mojo.baselineFile = new File("/nowhere/baseline");
    mojo.overridesFile = new File("/nowhere/overrides");
    mojo.wheelhouseLimit = -1;
    mojo.shard = "3";
    MirrorException all = catchThrowableOfType(MirrorException.class, this::request);
    assertThat(all.kind()).isEqualTo(MirrorException.Kind.INPUT);
    List<String> told = all.why().lines().filter(line -> !line.startsWith(" ")).toList();
    assertThat(told)
        .as("those beyond twenty are counted")
        .hasSize(21)
        .last()
        .isEqualTo("and 3 more");
    assertThat(all.what()).isEqualTo("23 settings cannot be used");
    assertThat(String.join("\n", told))
        .contains(
            "<nonPins> is maybe",
            "<constraintsServerId> names the server nobody",
            "<extraPin> foo is no pin",
            "<extraPin> names the Python 'three'",
            "<extraPin> bar is no pin",
            "an <exclude> of the configuration has no <reason>",
            "The exclude of 'two' expires on",
            "<overridesFile> names",
            "<downloads> is 0",
            "<buildDisk> is 0",
            "<compilerCache> is on",
            "the region https://mirror.example/",
            "an <region> of the configuration has no <url>",
            "<minCoverage> is 101",
            "<staleAfter> is -1",
            "<verifyClients> has 'conda'",
            "<verifySample> is -1",
            "<signatureDays> is 0",
            "<signingKeyFile> names",
            "<lockTimeout> is -1");
    assertThat(all.why().lines().filter(line -> line.startsWith("  fix: "))).hasSize(20);
  }

  @Test
  void aWrongParameterOfTheGoalIsToldWithThoseOfAllGoals() {
    mojo.downloads = 0;
    mojo.shard = "3";
    mojo.shardsServerId = "known";
    assertThatThrownBy(this::request)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("3 settings cannot be used")
        .hasMessageContaining("<downloads> is 0")
        .hasMessageContaining("wheel-mirror.build.shard is '3'")
        .hasMessageContaining("<shardsServerId> names the server known");
    mojo.downloads = 8;
    mojo.shardsServerId = null;
    assertThatThrownBy(this::request)
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> assertThat(e.what()).isEqualTo("wheel-mirror.build.shard is '3'"));
  }

  private MavenProject project(boolean declaresPlugin) {
    Model model = new Model();
    model.setArtifactId("mirror");
    model.setBuild(new org.apache.maven.model.Build());
    model.getBuild().setDirectory(root.resolve("out").toString());
    if (declaresPlugin) {
      model.getBuild().addPlugin(mojo.execution.getPlugin());
    }
    MavenProject project = new MavenProject(model);
    project.setFile(root.resolve("pom.xml").toFile());
    project.setExecutionRoot(true);
    mojo.project = project;
    return project;
  }

  @Test
  void theNextCommandHasThePrefixOnlyWhereThePomDeclaresThePlugin() {
    assertThat(request().command().goal("plan"))
        .isEqualTo("mvn io.github.wheelmirror:wheel-mirror-maven-plugin:1.2:plan");
    project(false);
    assertThat(request().command().goal("plan"))
        .isEqualTo("mvn io.github.wheelmirror:wheel-mirror-maven-plugin:1.2:plan");
    project(true);
    assertThat(request().command().goal("plan")).isEqualTo("mvn wheel-mirror:plan");
    assertThat(request().places().workspace()).isEqualTo(root.resolve("out/wheel-mirror"));
  }

  @Test
  void theNextCommandOfAModuleNamesIt() {
    MavenProject top = project(true);
    mojo.session.setProjects(List.of(top));
    MavenProject module = project(true);
    module.setExecutionRoot(false);
    module.setArtifactId("module");
    assertThat(request().command().goal("plan")).isEqualTo("mvn -pl :module wheel-mirror:plan");
  }

  @Test
  void theNextCommandRepeatsThePropertiesOfTheCommandLineButNoPassword() throws IOException {
    maven.getUserProperties().setProperty("wheel-mirror.constraints", "https://u:p@h/r");
    maven.getUserProperties().setProperty("wheel-mirror.pythons", "3.11,3.12");
    maven.getUserProperties().setProperty("wheel-mirror.region", "/with space/it's");
    maven.getUserProperties().setProperty("wheel-mirror.builds", "4");
    maven.getUserProperties().setProperty("other", "x");
    maven.setMultiModuleProjectDirectory(root.toFile());
    Files.createDirectory(root.resolve(".mvn"));
    Files.writeString(root.resolve(".mvn/maven.config"), "-Dwheel-mirror.builds=4\n");
    project(true);
    assertThat(request().command().goal("build"))
        .isEqualTo(
            "mvn wheel-mirror:build '-Dwheel-mirror.constraints=https://****@h/r'"
                + " -Dwheel-mirror.pythons=3.11,3.12"
                + " '-Dwheel-mirror.region=/with space/it'\\''s'");
  }
}
