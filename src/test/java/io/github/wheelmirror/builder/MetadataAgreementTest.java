package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildOverride;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.LockResult;
import io.github.wheelmirror.build.RequirementLocks;
import io.github.wheelmirror.build.Sharing;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.tree.WheelInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pure wheels for the lowest and the highest Python of this host, by a backend that is made up. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class MetadataAgreementTest {

  /** Runs setup.py as setuptools does. */
  private static final String MAKER =
      """
      import base64, hashlib, os, zipfile

      def setup(**said):
          global SAID
          SAID = said

      def metadata():
          with open("setup.py") as file:
              exec(compile(file.read(), "setup.py", "exec"), {"__name__": "__main__"})
          lines = ["Metadata-Version: 2.1", "Name: " + SAID["name"], "Version: " + SAID["version"]]
          lines += ["Requires-Dist: " + one for one in SAID.get("install_requires", [])]
          if "python_requires" in SAID:
              lines.append("Requires-Python: " + SAID["python_requires"])
          return "\\n".join(lines) + "\\n"

      def build_wheel(folder, config_settings=None, metadata_directory=None):
          print("builds a wheel")
          files = {"METADATA": metadata(),
                   "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"}
          info = "%s-%s.dist-info/" % (SAID["name"], SAID["version"])
          record = ""
          for name, text in files.items():
              digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
              record += "%s,sha256=%s,%d\\n" % (info + name, digest.rstrip(b"=").decode(), len(text))
          files["RECORD"] = record + info + "RECORD,,\\n"
          filename = "%s-%s-py3-none-any.whl" % (SAID["name"], SAID["version"])
          with zipfile.ZipFile(os.path.join(folder, filename), "w") as wheel:
              for name, text in files.items():
                  wheel.writestr(info + name, text)
          return filename

      """;

  private static final String PREPARE =
      """
      def prepare_metadata_for_build_wheel(folder, config_settings=None):
          print("prepares metadata")
          text = metadata()
          info = "%s-%s.dist-info" % (SAID["name"], SAID["version"])
          os.mkdir(os.path.join(folder, info))
          with open(os.path.join(folder, info, "METADATA"), "w") as file:
              file.write(text)
          return info
      """;

  @TempDir static Path shared;
  @TempDir Path folder;
  private final List<Interpreter> pythons = Pythons.supported();
  private final List<String> locked = new ArrayList<>();
  private Target low;
  private Target high;
  private HostWheelBuilder builder;

  @BeforeEach
  void twoPythons() throws IOException {
    assumeTrue(pythons.size() > 1, "two CPythons of 3.8 or later are needed");
    low = HostTargets.of(pythons.get(pythons.size() - 1));
    high = HostTargets.of(pythons.get(0));
    Path links = shared.resolve("links");
    if (Files.notExists(links)) {
      TinySdist.wheel(links, "maker", "1.0", MAKER + PREPARE);
      TinySdist.wheel(links, "lesser", "1.0", MAKER);
    }
    Interpreters interpreters = Pythons.with(Map.of());
    builder =
        new HostWheelBuilder(
            interpreters,
            new Pep517WheelBuilder(
                Pythons.RUNNER,
                Pythons.PATH,
                RustToolchains.NONE,
                new BuildEnvironments(
                    shared.resolve("environments"),
                    new EnvironmentMaker(Pythons.RUNNER, interpreters, Pythons.PATH, folder),
                    new InstallerSettings(
                        Map.of(
                            "PIP_NO_INDEX", "1",
                            "PIP_FIND_LINKS", links.toString(),
                            "PIP_CONFIG_FILE", "/dev/null")),
                    Duration.ofMinutes(5),
                    InstantSource.system()),
                new SdistUnpacker(UnpackLimits.DEFAULT),
                new WheelAgreement((a, b) -> Version.parse(a).equals(Version.parse(b))),
                CompilerCache.NONE,
                PrivatePlaces.NONE),
            BuildLimits.of(Duration.ofMinutes(2), 1 << 20),
            new BuildPlaces(shared, shared));
  }

  @AfterEach
  void end() {
    if (builder != null) {
      builder.close();
    }
  }

  /** JUnit would warn of each environment's link to its Python. */
  @AfterAll
  static void deleteEnvironments() throws IOException {
    FileTree.delete(shared);
  }

  private Path sdist(String backend, String setup) throws IOException {
    return TinySdist.of(
        folder,
        "tiny",
        "1.0",
        Map.of(
            "pyproject.toml",
            "[build-system]\nrequires = ['%s']\nbuild-backend = '%s'\n".formatted(backend, backend),
            "setup.py",
            "from " + backend + " import setup\nimport os, sys\n" + setup));
  }

  /** The requirements on the higher Python only if it is that one. */
  private String onHigh(String lines) {
    return "if sys.version_info >= (3, %s):\n    %s\n"
        .formatted(high.id().python().replaceAll("cp3|t", ""), lines);
  }

  private RequirementLocks locks(Target target) {
    return new RequirementLocks() {
      @Override
      public LockResult lock(List<String> requirements, boolean bySetuptools) {
        locked.add(target.id().python());
        return NONE.lock(requirements, bySetuptools);
      }

      @Override
      public List<Path> wheels(BuildLock lock) {
        return NONE.wheels(lock);
      }
    };
  }

  private Sharing with(Target... others) {
    return new Sharing(
        List.of(others).stream().map(one -> new Sharing.Other(one, locks(one))).toList(), false);
  }

  private BuildResult build(Path sdist, Target target, Sharing sharing) throws IOException {
    return build(sdist, target, sharing, BuildOverride.NONE);
  }

  private BuildResult build(Path sdist, Target target, Sharing sharing, BuildOverride override)
      throws IOException {
    Files.deleteIfExists(log(target));
    return builder.build(
        new BuildRequest(
            Pin.parse("tiny===1.0"),
            sdist,
            target,
            sharing,
            List.of(),
            locks(target),
            override,
            "4",
            1_700_000_000L,
            folder.resolve("work"),
            folder.resolve("out-" + target.id().python()),
            log(target),
            0,
            1,
            false));
  }

  private Path log(Target target) {
    return folder.resolve("logs").resolve(target.id().python() + ".log");
  }

  private List<String> hooks(Target target) throws IOException {
    return Files.readAllLines(log(target)).stream()
        .filter(line -> line.equals("builds a wheel") || line.equals("prepares metadata"))
        .toList();
  }

  private static BuildResult.Built built(BuildResult result) {
    assertThat(result).isInstanceOf(BuildResult.Built.class);
    BuildResult.Built built = (BuildResult.Built) result;
    assertThat(new WheelInspector().inspect(built.wheel()).problems()).isEmpty();
    return built;
  }

  private static String name(BuildResult.Built built) {
    return built.wheel().getFileName().toString();
  }

  private static String python(Target target) {
    return target.id().python();
  }

  @Test
  void computedMetadataThatAgreesOnTheHighestPythonIsShared() throws IOException {
    Path sdist =
        sdist(
            "maker",
            onHigh("import time; time.sleep(1)")
                + "setup(name='tiny', version='1.0', install_requires=list(('six',)))\n");

    BuildResult.Built built = built(build(sdist, low, with(high)));

    assertThat(built.cost().seconds()).as("both").isGreaterThan(1);
    assertThat(name(built)).isEqualTo("tiny-1.0-4-py3-none-any.whl");
    assertThat(built.shared())
        .isEqualTo(new Sharing.Shared(List.of(python(low), python(high)), ""));
    assertThat(hooks(low)).containsExactly("builds a wheel", "prepares metadata");
    assertThat(locked).containsExactly(python(low), python(high));
  }

  @Test
  void computedMetadataThatDiffersMakesOneWheelAPython() throws IOException {
    Path sdist =
        sdist(
            "maker",
            "wanted = ['six']\n"
                + onHigh("wanted.append('new>=2')")
                + "setup(name='tiny', version='1.0', install_requires=wanted)\n");

    BuildResult.Built first = built(build(sdist, low, with(high)));
    BuildResult.Built second = built(build(sdist, high, new Sharing(List.of(), true)));

    assertThat(name(first)).isEqualTo("tiny-1.0-4-" + python(low) + "-none-any.whl");
    assertThat(first.shared().pythons()).containsExactly(python(low));
    assertThat(first.shared().refused())
        .endsWith(" Requires-Dist: +new>=2")
        .startsWith("on CPython");
    assertThat(Files.readString(log(low))).contains("only: " + first.shared().refused());
    assertThat(name(second)).isEqualTo("tiny-1.0-4-" + python(high) + "-none-any.whl");
    assertThat(second.shared().pythons()).containsExactly(python(high));
    assertThat(hooks(high)).containsExactly("builds a wheel");
    assertThat(MadeMetadata.ofWheel(second.wheel()).requiresDist())
        .containsExactly("six", "new>=2");
  }

  @Test
  void aHigherPythonThatFailsKeepsNobodyElseFromItsWheel() throws IOException {
    Path sdist =
        sdist(
            "maker",
            onHigh("raise RuntimeError('no such Python')")
                + "setup(name='tiny', version='1.0', cmdclass={})\n");

    BuildResult.Built first = built(build(sdist, low, with(high)));
    BuildResult second = build(sdist, high, new Sharing(List.of(), true));

    assertThat(name(first)).isEqualTo("tiny-1.0-4-" + python(low) + "-none-any.whl");
    assertThat(first.shared().refused())
        .startsWith("its metadata cannot be prepared on CPython")
        .endsWith(": RuntimeError: no such Python");
    assertThat(((BuildResult.Failed) second).diagnosis().symptom())
        .isEqualTo("RuntimeError: no such Python");
  }

  @Test
  void metadataThatNoCodeComputesIsPreparedNowhereElse() throws IOException {
    Path sdist = sdist("maker", "setup(name='tiny', version='1.0', install_requires=['six'])\n");

    BuildResult.Built built = built(build(sdist, low, with(high)));

    assertThat(name(built)).isEqualTo("tiny-1.0-4-py3-none-any.whl");
    assertThat(built.shared()).isEqualTo(Sharing.Shared.WITH_ALL);
    assertThat(hooks(low)).containsExactly("builds a wheel");
    assertThat(locked).containsExactly(python(low));
  }

  @Test
  void aBackendThatPreparesNoMetadataBuildsAWheelForIt() throws IOException {
    Path sdist =
        sdist("lesser", "setup(name='tiny', version='1.0', install_requires=list(('six',)))\n");

    BuildResult.Built built = built(build(sdist, low, with(high)));

    assertThat(built.shared().pythons()).containsExactly(python(low), python(high));
    assertThat(hooks(low)).containsExactly("builds a wheel", "builds a wheel");
    assertThat(folder.resolve("out-" + python(low)).toFile().list()).hasSize(1);
  }

  @Test
  void theOverrideHoldsForThePreparationToo() throws IOException {
    Path sdist =
        sdist(
            "maker",
            "setup(name='tiny', version='1.0', install_requires=[os.environ['WANTED']])\n");
    BuildOverride override =
        new BuildOverride(
            Map.of("WANTED", "six"), List.of(), List.of(), Map.of(), List.of(), List.of());

    BuildResult.Built built = built(build(sdist, low, with(high), override));

    assertThat(built.shared().refused()).isEmpty();
    assertThat(hooks(low)).hasSize(2);
  }

  @Test
  void aPythonThatTheWheelDoesNotAdmitHasNoSay() throws IOException {
    String minor = python(high).replaceAll("cp3|t", "");
    Path sdist =
        sdist(
            "maker",
            onHigh("raise RuntimeError('no such Python')")
                + "setup(name='tiny', version='1.0', python_requires='<' + '3."
                + minor
                + "')\n");

    BuildResult.Built built = built(build(sdist, low, with(high)));

    assertThat(name(built)).isEqualTo("tiny-1.0-4-py3-none-any.whl");
    assertThat(built.shared().pythons()).containsExactly(python(low));
    assertThat(hooks(low)).hasSize(1);
  }

  @Test
  void aPythonThatIsNotHereHasNoSayButMayBeServed() throws IOException {
    Path sdist =
        sdist("maker", "setup(name='tiny', version='1.0', install_requires=list(('six',)))\n");
    Target absent =
        new Target(
            new TargetId(high.id().slug(), "cp399"),
            high.implementation(),
            "3.99.0",
            high.abi(),
            high.libc(),
            high.environment(),
            high.tags());

    BuildResult.Built built = built(build(sdist, low, with(absent)));

    assertThat(built.shared()).isEqualTo(new Sharing.Shared(List.of(python(low), "cp399"), ""));
    assertThat(hooks(low)).hasSize(1);
  }

  @Test
  void aWheelBesideThoseOfOthersIsTaggedForWhomItServes() throws IOException {
    Path sdist =
        sdist("maker", "setup(name='tiny', version='1.0', install_requires=list(('six',)))\n");

    BuildResult.Built built = built(build(sdist, low, new Sharing(with(high).others(), true)));

    String tags = String.join(".", List.of(python(low), python(high)).stream().sorted().toList());
    assertThat(name(built)).isEqualTo("tiny-1.0-4-" + tags + "-none-any.whl");
    assertThat(built.shared().refused()).isEqualTo("other Pythons have wheels of their own");
  }
}
