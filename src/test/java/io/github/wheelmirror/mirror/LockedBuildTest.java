package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildOverride;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.PinOverride;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.SourcePatch;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.PinPattern;
import io.github.wheelmirror.it.SyntheticFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds with a setuptools that is made up, on the {@code python3} of this host. */
@Timeout(180)
class LockedBuildTest {

  private static final String BACKEND =
      """
      import base64, hashlib, os, sys, zipfile
      import setuptools

      class Backend:
          def get_requires_for_build_wheel(self, config_settings=None):
              return ["wheel"]

          def build_wheel(self, folder, config_settings=None, metadata_directory=None):
              code = compile(open("setup.py").read(), "setup.py", "exec")
              exec(code, {"__name__": "__main__"})
              name, version = setuptools.said
              info = "%s-%s.dist-info/" % (name, version)
              files = {
                  info + "METADATA": "Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n" % (name, version),
                  info + "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
                  name + ".py": "MADE_BY = '%s'\\n" % setuptools.VERSION,
              }
              record = ""
              for path, text in files.items():
                  digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
                  record += "%s,sha256=%s,%d\\n" % (path, digest.rstrip(b"=").decode(), len(text))
              files[info + "RECORD"] = record + info + "RECORD,,\\n"
              filename = "%s-%s-py3-none-any.whl" % (name, version)
              with zipfile.ZipFile(os.path.join(folder, filename), "w") as wheel:
                  for path, text in files.items():
                      wheel.writestr(zipfile.ZipInfo(path, (2025, 1, 1, 0, 0, 0)), text)
              return filename

      __legacy__ = Backend()
      """;

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void indexOfToday() {
    scenario = new MirrorScenario(folder);
    scenario.upstreamWheels = UpstreamWheels.REBUILD;
    setuptools("65.0", "2020-08-01T00:00:00Z", true);
    setuptools("82.0", "2036-02-01T00:00:00Z", false);
    scenario.index.wheel("wheel", "0.38", "py3-none-any");
    scenario.index.uploaded("wheel-0.38-py3-none-any.whl", "2020-01-01T00:00:00Z");
  }

  @AfterEach
  void stop() throws IOException {
    scenario.close();
    // JUnit would warn of each environment's link to its Python
    Folders.remove(folder.resolve("cache/environments"));
  }

  private void setuptools(String version, String time, boolean resources) {
    Map<String, String> modules =
        new java.util.TreeMap<>(
            Map.of(
                "setuptools/__init__.py",
                "VERSION = '"
                    + version
                    + "'\nsaid = None\n"
                    + "def setup(name, version):\n    global said\n    said = (name, version)\n",
                "setuptools/build_meta.py",
                BACKEND));
    if (resources) {
      modules.put("pkg_resources/__init__.py", "");
    }
    String filename = "setuptools-" + version + "-py3-none-any.whl";
    scenario.index.file(
        "setuptools",
        filename,
        SyntheticFiles.wheelOf("setuptools", version, modules, List.of()),
        "");
    scenario.index.uploaded(filename, time);
  }

  /** As XStatic's are. */
  private void sdist(String name, String version) {
    String top = name + "-" + version + "/";
    String filename = name + "-" + version + ".tar.gz";
    scenario.index.file(
        name,
        filename,
        SyntheticFiles.tarGz(
            Map.of(
                top + "setup.py",
                "import pkg_resources\nfrom setuptools import setup\nsetup(name='"
                    + name
                    + "', version='"
                    + version
                    + "')\n",
                top + "PKG-INFO",
                "Metadata-Version: 1.1\nName: " + name + "\nVersion: " + version + "\n")),
        "");
    scenario.index.uploaded(filename, "2020-05-05T00:00:00Z");
  }

  private static RequirementsUsed used(WheelFile file) {
    return ((Origin.Built) file.origin()).requirements();
  }

  private static List<String> wheels(BuildLock lock) {
    return lock.wheels().stream().map(each -> each.project() + " " + each.version()).toList();
  }

  private List<String> environments() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("cache/environments"))) {
      return all.map(each -> each.getFileName().toString())
          .filter(name -> name.startsWith("cp"))
          .toList();
    }
  }

  @Test
  void oldSdistThatNeedsWhatSetuptoolsHasNoMoreIsBuiltByItself() throws IOException {
    sdist("xstatic", "1.0");
    scenario.branch("master", "xstatic===1.0");

    scenario.lifecycle();

    assertThat(scenario.outcome("xstatic===1.0")).isInstanceOf(Outcome.Built.class);
    LockedRequirements told = scenario.report().requirements();
    assertThat(told.locks()).hasSize(1);
    BuildLock lock = told.locks().get(0);
    assertThat(wheels(lock)).containsExactly("setuptools 65.0", "wheel 0.38");
    assertThat(lock.asOf()).isEqualTo(scenario.plan().builds().get(0).asOf(lock.target()));
    WheelFile file = scenario.report().files().get(0);
    assertThat(used(file)).isEqualTo(new RequirementsUsed(lock.digest(), ""));
    Path published =
        folder
            .resolve("mirror/snapshots")
            .resolve(scenario.served("mirror").values().iterator().next());
    assertThat(
            LockedRequirements.read(
                Files.readAllBytes(published.resolve("build-requirements.json")), "it"))
        .isEqualTo(told);
    assertThat(scenario.lines.all()).noneMatch(line -> line.contains("could not be locked"));
  }

  @Test
  void constraintOfAnOverrideIsAmongThoseOfTheLock() {
    sdist("xstatic", "1.0");
    scenario.index.uploaded("xstatic-1.0.tar.gz", "2036-01-01T00:00:00Z");
    scenario.branch("master", "xstatic===1.0");
    scenario.goals().build();
    assertThat(scenario.outcome("xstatic===1.0")).isInstanceOf(Outcome.Failed.class);

    scenario.overrides =
        List.of(
            new PinOverride(
                PinPattern.parse("xstatic"),
                new BuildOverride(
                    Map.of(),
                    List.of(),
                    List.of("setuptools<81"),
                    Map.of(),
                    List.of(),
                    List.of())));
    scenario.goals().build();

    assertThat(scenario.outcome("xstatic===1.0")).isInstanceOf(Outcome.Built.class);
    BuildLock lock = scenario.report().requirements().locks().get(0);
    assertThat(lock.constraints()).containsExactly("setuptools<81");
    assertThat(wheels(lock)).containsExactly("setuptools 65.0", "wheel 0.38");
  }

  /** The back-end says what it wants only after a failure, and then the source is fresh again. */
  @Test
  void patchIsAppliedAgainWhenTheSourceIsUnpackedAgain() throws IOException {
    sdist("xstatic", "1.0");
    scenario.index.uploaded("xstatic-1.0.tar.gz", "2036-01-01T00:00:00Z");
    scenario.branch("master", "xstatic===1.0");
    String patch =
        """
        --- xstatic.orig/setup.py
        +++ xstatic/setup.py
        @@ -1,2 +1,3 @@
        -import pkg_resources
        +import os; os.remove("once")
        +import wheel
         from setuptools import setup
        --- /dev/null
        +++ xstatic/once
        @@ -0,0 +1 @@
        +only as long as nothing ran here
        """;
    scenario.overrides =
        List.of(
            new PinOverride(
                PinPattern.parse("xstatic===1.0"),
                new BuildOverride(
                    Map.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of(new SourcePatch("no-pkg-resources.patch", patch)),
                    List.of())));

    scenario.goals().build();

    assertThat(scenario.outcome("xstatic===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(wheels(scenario.report().requirements().locks().get(0)))
        .containsExactly("setuptools 82.0", "wheel 0.38");
    assertThat(Files.readString(scenario.workspace().folder().resolve(log("xstatic"))))
        .contains("No module named 'wheel'");
  }

  private String log(String name) {
    return Workspace.buildLog(
        io.github.wheelmirror.constraints.Pin.parse(name + "===1.0"),
        scenario.plan().builds().get(0).targets().get(0));
  }

  @Test
  void lockIsUsedAgainUntilItIsAskedToMove() throws IOException {
    sdist("one", "1.0");
    sdist("two", "1.0");
    scenario.branch("master", "one===1.0");
    scenario.goals().build();
    String first = scenario.report().requirements().locks().get(0).digest();

    setuptools("66.0", "2020-09-01T00:00:00Z", true);
    scenario.branch("master", "one===1.0", "two===1.0");
    scenario.goals().build();
    assertThat(scenario.report().files()).allMatch(file -> used(file).lock().equals(first));
    assertThat(scenario.report().files()).hasSize(2);

    scenario.updateLock = true;
    scenario.goals().build();
    List<BuildLock> moved = scenario.report().requirements().locks();
    assertThat(moved).hasSize(1);
    assertThat(wheels(moved.get(0))).containsExactly("setuptools 66.0", "wheel 0.38");
    assertThat(scenario.outcome("one===1.0")).isInstanceOf(Outcome.Built.class);

    scenario.updateLock = false;
    Map<String, String> before = MirrorScenario.state(folder.resolve("workspace"));
    scenario.goals().build();
    assertThat(MirrorScenario.state(folder.resolve("workspace"))).isEqualTo(before);
    assertThat(scenario.plan().lockGeneration()).isNotEmpty();
  }

  @Test
  void lockOfTheBaseReleaseIsUsedWhereTheCacheHasNone() throws IOException {
    sdist("one", "1.0");
    sdist("two", "1.0");
    scenario.branch("master", "one===1.0");
    scenario.lifecycle();
    BuildLock first = scenario.report().requirements().locks().get(0);

    setuptools("66.0", "2020-09-01T00:00:00Z", true);
    Folders.remove(folder.resolve("cache"));
    Folders.remove(folder.resolve("workspace"));
    scenario.branch("master", "one===1.0", "two===1.0");
    scenario.lifecycle();

    assertThat(scenario.report().requirements().locks()).containsExactly(first);
    assertThat(scenario.outcome("one===1.0")).isInstanceOf(Outcome.Reused.class);
    assertThat(scenario.outcome("two===1.0")).isInstanceOf(Outcome.Built.class);
  }

  @Test
  void differentTextsThatComeToTheSameWheelsShareAnEnvironment() throws IOException {
    scenario.index.wheel("helper", "1.0", "py3-none-any");
    scenario.index.uploaded("helper-1.0-py3-none-any.whl", "2020-01-01T00:00:00Z");
    own("one", "helper");
    own("two", "helper>=0.5,<2");
    scenario.branch("master", "one===1.0", "two===1.0");

    scenario.goals().build();

    assertThat(scenario.report().requirements().locks()).hasSize(2);
    assertThat(environments()).hasSize(1);
  }

  private void own(String name, String... requires) {
    scenario.index.file(
        name,
        name + "-1.0.tar.gz",
        SyntheticFiles.sdist(name, name, "1.0", "", List.of(requires)),
        "");
  }

  @Test
  void whatCannotBeLockedIsLeftToPipAndTold() {
    scenario.index.sdist("helper", "1.0");
    own("one", "helper");
    scenario.branch("master", "one===1.0");

    scenario.goals().build();

    assertThat(scenario.outcome("one===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(scenario.report().requirements().locks()).isEmpty();
    assertThat(used(scenario.report().files().get(0)).unlocked()).contains("helper");
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("one 1.0 could not be locked") && line.contains("helper"));
  }

  @Test
  void metadataFilesOfTheIndexSpareDownloads() {
    scenario.index.withMetadataFiles();
    setuptools("64.0", "2020-07-01T00:00:00Z", true);
    sdist("xstatic", "1.0");
    scenario.branch("master", "xstatic===1.0");

    scenario.goals().build();

    assertThat(scenario.outcome("xstatic===1.0")).isInstanceOf(Outcome.Built.class);
    assertThat(scenario.index.requests())
        .doesNotHaveDuplicates()
        .contains("GET /files/setuptools/setuptools-65.0-py3-none-any.whl.metadata")
        .doesNotContain("GET /files/setuptools/setuptools-82.0-py3-none-any.whl.metadata");
  }

  @Test
  void damagedMetadataFileIsNotBelieved() {
    scenario.index.withMetadataFiles();
    scenario.index.answers(
        "/files/setuptools/setuptools-65.0-py3-none-any.whl.metadata",
        200,
        "text/plain",
        "Metadata-Version: 2.1\nName: setuptools\nVersion: 65.0\nRequires-Dist: evil\n");
    sdist("xstatic", "1.0");
    scenario.branch("master", "xstatic===1.0");

    scenario.goals().build();

    Outcome.Failed failed = (Outcome.Failed) scenario.outcome("xstatic===1.0");
    assertThat(failed.symptom()).contains("not the file that the index promised");
    assertThat(failed.why()).contains("sha256 is");
  }

  @Test
  void lockedWheelThatIsGoneIsToldWithTheWayOut() throws IOException {
    sdist("one", "1.0");
    sdist("two", "1.0");
    scenario.branch("master", "one===1.0");
    scenario.goals().build();

    scenario.index.remove("setuptools");
    setuptools("66.0", "2020-09-01T00:00:00Z", true);
    Folders.remove(folder.resolve("cache/build-wheels"));
    Folders.remove(folder.resolve("cache/environments"));
    scenario.branch("master", "two===1.0");
    scenario.goals().build();
    Outcome.Failed failed = (Outcome.Failed) scenario.outcome("two===1.0");
    assertThat(failed.why()).contains("setuptools-65.0-py3-none-any.whl");
    assertThat(failed.fix()).contains("-Dwheel-mirror.build.updateLock");

    scenario.updateLock = true;
    scenario.goals().build();
    assertThat(scenario.outcome("two===1.0")).isInstanceOf(Outcome.Built.class);
  }
}
