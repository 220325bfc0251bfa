package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.it.LocalIndex;
import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.Outside;
import io.github.wheelmirror.mirror.RegionPlace;
import io.github.wheelmirror.report.Lines;
import io.github.wheelmirror.report.TextMirrorLog;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Release;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person configures reaches the pip that makes build environments, and no build. */
@Timeout(300)
class WiringTest {

  private static final String SLUG = "debian-12-x86_64";
  private static final String SECRET = "s3cret-p%40ss";

  /** Fails a build that could read the index's password or where the index is. */
  private static final String SPY =
      """
      for name, value in os.environ.items():
          assert "s3cret" not in value, name
          assert not name.startswith("PIP_"), name
          assert "proxy" not in name.lower(), name
      import needed
      """;

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void anEnvironmentOfItsOwn() {
    environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
    environment.put("PIP_RETRIES", "0");
  }

  /** JUnit would warn of each environment's link to its Python. */
  @AfterEach
  void deleteEnvironments() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path link : all.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void aBuildRequirementIsTakenFromAConfiguredFolder() throws IOException {
    Path links = Files.createDirectory(folder.resolve("own wheels"));
    Files.write(
        links.resolve("needed-1.0-py3-none-any.whl"),
        SyntheticFiles.wheel("needed", "needed", "1.0", "py3-none-any"));
    try (LocalIndex index = LocalIndex.start()) {
      assertBuilt(
          build(
              List.of(new MirrorRequest.Index(index.url(), null, false)),
              List.of(links.toString())));
      assertBuilt(build(List.of(), List.of(links.toString()), Map.of("PIP_NO_INDEX", "1")));
      assertThat(index.requests()).contains("GET /simple/needed/");
    }
  }

  @Test
  void aBuildRequirementIsTakenFromAPrivateIndexWithItsOwnAuthority() throws Exception {
    try (LocalIndex index = LocalIndex.startTls(tls())) {
      index.wheel("needed", "1.0", "py3-none-any").login("me@here", "s3cret-p@ss");
      Credentials login = new Credentials("id", "me@here", new Secret("s3cret-p@ss"));
      List<MirrorRequest.Index> private1 =
          List.of(new MirrorRequest.Index(index.url(), login, false));

      BuildResult unknownAuthority = build(private1, List.of());
      assertThat(unknownAuthority).isInstanceOf(BuildResult.Failed.class);
      assertThat(unknownAuthority.toString()).doesNotContain("s3cret");

      environment.put("PIP_CERT", resource("server.pem").toString());
      assertBuilt(build(private1, List.of()));
    }
  }

  @Test
  void aPrivateIndexOfPipsOwnConfigurationServesBuildRequirementsToo() throws Exception {
    try (LocalIndex index = LocalIndex.startTls(tls())) {
      index.wheel("needed", "1.0", "py3-none-any").login("me@here", "s3cret-p@ss");
      Path home = Files.createDirectories(folder.resolve("home/.config/pip"));
      Files.copy(resource("server.pem"), folder.resolve("home/ca.pem"));
      Files.writeString(
          home.resolve("pip.conf"),
          "[global]\ncert = ~/ca.pem\nindex-url = "
              + index.url().replace("https://", "https://me%40here:" + SECRET + "@")
              + "\n[install]\nno-deps = yes\ntarget = "
              + folder.resolve("elsewhere"));

      assertBuilt(build(List.of(), List.of()));
      assertThat(folder.resolve("elsewhere")).doesNotExist();
    }
  }

  @Test
  void theLoginOfNetrcServesBuildRequirementsToo() throws Exception {
    try (LocalIndex index = LocalIndex.start()) {
      index.wheel("needed", "1.0", "py3-none-any").login("me", "s3cret");
      Files.createDirectories(folder.resolve("home"));
      Files.writeString(
          folder.resolve("home/.netrc"), "machine 127.0.0.1 login me password s3cret\n");

      assertBuilt(build(List.of(new MirrorRequest.Index(index.url(), null, false)), List.of()));
    }
  }

  @Test
  void aRegionIsLookedAtWithTheCertificatesThatPipBelieves() throws Exception {
    try (LocalIndex server = LocalIndex.startTls(tls())) {
      MirrorRequest.RegionSettings settings =
          new MirrorRequest.RegionSettings(
              "main",
              new RegionPlace.Folder(folder.resolve("region")),
              null,
              server.url(),
              RegionCommands.NONE);
      assertThat(problems(settings)).contains("cannot be reached safely").contains("PIP_CERT");

      environment.put("PIP_CERT", resource("server.pem").toString());
      assertThat(problems(settings)).contains("answers 404");
    }
  }

  @Test
  void aBucketsServerIsReachedWithTheCertificatesThatPipBelieves() throws Exception {
    try (LocalIndex server = LocalIndex.startTls(tls())) {
      URI endpoint = URI.create(server.url());
      URI bucket = URI.create("s3://bucket/prefix?endpoint=https://" + endpoint.getAuthority());
      MirrorRequest.RegionSettings settings =
          new MirrorRequest.RegionSettings(
              "bucket",
              new RegionPlace.Bucket(bucket),
              new Credentials("id", "key", new Secret("secret")),
              "",
              RegionCommands.NONE);
      assertThatThrownBy(() -> region(settings).current(SLUG))
          .isInstanceOfSatisfying(
              MirrorException.class, e -> assertThat(e.fix()).contains("PIP_CERT"));

      environment.put("PIP_CERT", resource("server.pem").toString());
      assertThat(region(settings).current(SLUG)).isEmpty();
      assertThat(server.requests()).isNotEmpty();
    }
  }

  private String problems(MirrorRequest.RegionSettings settings) throws IOException {
    Release release = new Release(SLUG, "0".repeat(64), 1, "2026-01-01T00:00:00Z");
    return String.join("\n", region(settings).servedProblems(release));
  }

  private Region region(MirrorRequest.RegionSettings settings) throws IOException {
    MirrorRequest request =
        request(
            Files.createTempDirectory(folder, "run"),
            List.of(),
            List.of(),
            new MirrorRequest.ReleaseSettings(List.of(settings), Duration.ofSeconds(1)));
    return new Wiring(request, environment, folder.resolve("home"), List.of(), new Seen())
        .regions()
        .get(0);
  }

  private void assertBuilt(BuildResult result) throws IOException {
    assertThat(result).isInstanceOf(BuildResult.Built.class);
    assertThat(log()).content().contains("needed").doesNotContain("s3cret");
  }

  private Path log() {
    return folder.resolve("build.log");
  }

  private BuildResult build(
      List<MirrorRequest.Index> indexes, List<String> findLinks, Map<String, String> more)
      throws IOException {
    environment.putAll(more);
    return build(indexes, findLinks);
  }

  private BuildResult build(List<MirrorRequest.Index> indexes, List<String> findLinks)
      throws IOException {
    Files.deleteIfExists(log());
    Path run = Files.createTempDirectory(folder, "run");
    Path sdist = folder.resolve("wanted-1.0.tar.gz");
    Files.write(
        sdist, SyntheticFiles.sdist("wanted", "wanted", "1.0", SPY, List.of("needed==1.0")));
    Outside outside =
        new Wiring(
                request(run, indexes, findLinks),
                environment,
                folder.resolve("home"),
                List.of(),
                new Seen())
            .outside(new TextMirrorLog(new Nowhere(), ""));
    try (WheelBuilder builder = outside.builder().get()) {
      return builder.build(
          new BuildRequest(
              Pin.parse("wanted===1.0"),
              sdist,
              outside.targets().get().get(0),
              List.of(),
              io.github.wheelmirror.build.RequirementLocks.NONE,
              "1",
              1_700_000_000L,
              run.resolve("work"),
              run.resolve("out"),
              log(),
              0,
              1,
              false));
    }
  }

  private static MirrorRequest request(
      Path run, List<MirrorRequest.Index> indexes, List<String> findLinks) {
    return request(
        run,
        indexes,
        findLinks,
        new MirrorRequest.ReleaseSettings(List.of(), Duration.ofSeconds(1)));
  }

  private static MirrorRequest request(
      Path run,
      List<MirrorRequest.Index> indexes,
      List<String> findLinks,
      MirrorRequest.ReleaseSettings release) {
    return new MirrorRequest(
        new MirrorRequest.ConstraintsSettings(
            "https://git.example.org/requirements",
            "upper-constraints.txt",
            null,
            new BranchPatterns(List.of(), List.of(), List.of()),
            NonPins.ERROR,
            List.of()),
        new MirrorRequest.TargetSettings(List.of(), Map.of(), List.of()),
        new MirrorRequest.IndexSettings(indexes, findLinks),
        new PlanSettings(
            UpstreamWheels.MIRROR, List.of(), List.of(), LocalDate.parse("2026-03-01")),
        new MirrorRequest.WorkSettings(
            1,
            1,
            MirrorRequest.BuildBounds.of(Duration.ofMinutes(5)),
            false,
            0,
            false,
            false,
            false),
        release,
        new MirrorRequest.Places(run.resolve("workspace"), run.resolve("cache")),
        new MirrorRequest.Command("mvn wheel-mirror:", ""),
        false);
  }

  /** With the certificate that package {@code index} tests with; it is for {@code localhost}. */
  private static SSLContext tls() throws Exception {
    Certificate certificate;
    try (InputStream in = Files.newInputStream(resource("server.pem"))) {
      certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    String key =
        Files.readString(resource("server.key"), StandardCharsets.US_ASCII)
            .replaceAll("-----[A-Z ]+-----", "");
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm()).generatePrivate(spec),
        new char[0],
        new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static Path resource(String name) throws Exception {
    return Path.of(
        Objects.requireNonNull(WiringTest.class.getResource("/io/github/wheelmirror/index/" + name))
            .toURI());
  }

  private static final class Nowhere implements Lines {
    @Override
    public void info(String line) {
      // nobody reads it
    }

    @Override
    public void warn(String line) {
      // nobody reads it
    }

    @Override
    public void summary(String line, boolean attention) {
      // nobody reads it
    }
  }
}
