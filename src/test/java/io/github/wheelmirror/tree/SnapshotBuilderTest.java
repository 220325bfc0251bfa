package io.github.wheelmirror.tree;

import static io.github.wheelmirror.tree.ReleaseScenario.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.Served;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Pin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotBuilderTest {

  @TempDir private Path folder = Path.of("");

  private ReleaseScenario scenario() {
    return new ReleaseScenario(folder, "cp311", "cp312").branch("master");
  }

  private ReleaseScenario first() {
    return scenario().mirrored("master", "foo", "1.0").mirrored("master", "bar", "2.0");
  }

  @Test
  void theStagedTreeIsTheOneThatIsPublished() throws IOException {
    Snapshot snapshot = first().branch("stable/2025.1").snapshot();
    Path root = snapshot.directory();
    assertThat(snapshot.manifest().pythons()).containsExactly("cp311", "cp312");
    assertThat(snapshot.id()).isEqualTo(snapshot.manifest().id());
    Path page = root.resolve(TreeLayout.simple(snapshot.id())).resolve("foo/index.html");
    assertThat(page).content().contains("foo-1.0-py3-none-any.whl");
    assertThat(root.resolve(TreeLayout.simple(snapshot.id())).resolve("index.html"))
        .content()
        .contains("href=\"foo/\"");
    assertThat(root.resolve(TreeLayout.document(snapshot.id(), "constraints/stable/2025.1.txt")))
        .hasContent("# constraints of stable/2025.1");
    assertThat(root.resolve("pool")).doesNotExist();
    assertThat(Snapshot.open(root)).isEqualTo(snapshot);
  }

  @Test
  void theSameInputMakesTheSameBytesAnywhere() throws IOException {
    Snapshot snapshot = first().snapshot();
    Map<String, String> one = content(snapshot.directory());
    Path elsewhere = folder.resolve("elsewhere");
    ReleaseScenario other = new ReleaseScenario(elsewhere, "cp312", "cp311").branch("master");
    Snapshot again =
        other.mirrored("master", "bar", "2.0").mirrored("master", "foo", "1.0").snapshot();
    assertThat(again.id()).isEqualTo(snapshot.id());
    assertThat(content(again.directory())).isEqualTo(one);
  }

  @Test
  void aSecondRunThatReusesItsWheelsHasTheSameId() {
    TestWheel wheel = TestWheel.of("foo", "1.0").buildTag("1");
    Snapshot built = scenario().built("master", wheel, false).failed("master", "x===1").snapshot();
    Snapshot reused =
        scenario()
            .built("master", wheel, true)
            .failed("master", "x===1")
            .snapshot(built.manifest());
    assertThat(reused.id()).isEqualTo(built.id());
    assertThat(new String(reused.manifest().bytes(), StandardCharsets.UTF_8))
        .doesNotContain("reused");
  }

  @Test
  void aRunThatChangesNothingTouchesNothing() throws IOException {
    Snapshot snapshot = first().snapshot();
    Map<Path, Object> before = inodes(snapshot.directory());
    first().snapshot();
    assertThat(inodes(snapshot.directory())).isEqualTo(before);
  }

  @Test
  void anotherSnapshotReplacesTheStagedOne() throws IOException {
    Snapshot old = first().snapshot();
    Snapshot snapshot = first().mirrored("master", "baz", "3.0").snapshot();
    assertThat(old.directory().resolve(TreeLayout.snapshot(old.id()))).doesNotExist();
    assertThat(Snapshot.open(old.directory()).id()).isEqualTo(snapshot.id());
  }

  @Test
  void whatAnInterruptedRunLeftIsHealed() throws IOException {
    Snapshot snapshot = first().snapshot();
    Map<String, String> whole = content(snapshot.directory());
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      damage(snapshot.directory(), random);
      assertThat(first().snapshot().id()).isEqualTo(snapshot.id());
      assertThat(content(snapshot.directory())).isEqualTo(whole);
    }
  }

  private static void damage(Path root, Random random) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        switch (random.nextInt(6)) {
          case 0 -> Files.delete(file);
          case 1 -> {
            if (!Files.isSymbolicLink(file)) {
              Files.write(file, new byte[random.nextInt(50)]);
            }
          }
          case 2 ->
              Files.write(file.resolveSibling(".torn" + random.nextInt() + ".tmp"), new byte[3]);
          case 3 -> {
            Files.delete(file);
            Files.createDirectories(file.resolve("sub"));
          }
          case 4 -> {
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("nowhere"));
          }
          default -> {}
        }
      }
    }
  }

  @Test
  void aFileThatNobodyWantsAnyMoreStaysListedAsSuperseded() {
    Manifest base = first().snapshot().manifest();
    Snapshot next =
        scenario().mirrored("master", "foo", "1.1").mirrored("master", "bar", "2.0").snapshot(base);
    assertThat(file(next.manifest(), "foo-1.0").superseded()).isTrue();
    assertThat(file(next.manifest(), "foo-1.1").superseded()).isFalse();
    assertThat(next.manifest().served())
        .extracting(served -> served.pin().toString())
        .containsExactly("bar===2.0", "foo===1.1");
    Path page = next.directory().resolve(TreeLayout.simple(next.id())).resolve("foo/index.html");
    assertThat(page).content().contains("data-yanked=\"superseded by 1.1\"");
  }

  @Test
  void aSupersededFileThatIsWantedAgainIsInServiceAgain() {
    Manifest base = first().snapshot().manifest();
    Manifest second =
        scenario()
            .mirrored("master", "foo", "1.1")
            .mirrored("master", "bar", "2.0")
            .snapshot(base)
            .manifest();
    Snapshot third = first().snapshot(second);
    assertThat(file(third.manifest(), "foo-1.0").superseded()).isFalse();
    assertThat(file(third.manifest(), "foo-1.1").superseded()).isTrue();
  }

  @Test
  void theVersionBeforeABumpThatFailsStaysInServiceUntilItSucceeds() {
    Manifest base = first().snapshot().manifest();
    Manifest failing =
        scenario()
            .failed("master", "foo===1.1")
            .mirrored("master", "bar", "2.0")
            .snapshot(base)
            .manifest();
    assertThat(file(failing, "foo-1.0").superseded()).isFalse();
    assertThat(failing.served())
        .filteredOn(ManifestServed::kept)
        .extracting(served -> served.pin().toString())
        .containsExactly("foo===1.0");
    // the same failure again finds the same, though the base does not serve 1.0 as a wanted pin
    Manifest again =
        scenario()
            .failed("master", "foo===1.1")
            .mirrored("master", "bar", "2.0")
            .snapshot(failing)
            .manifest();
    assertThat(again.id()).isEqualTo(failing.id());
    Manifest healed =
        scenario()
            .mirrored("master", "foo", "1.1")
            .mirrored("master", "bar", "2.0")
            .snapshot(again)
            .manifest();
    assertThat(file(healed, "foo-1.0").superseded()).isTrue();
    assertThat(healed.served()).noneMatch(ManifestServed::kept);
  }

  @Test
  void aBumpThatFailsOnOnePythonKeepsTheOldVersionThereOnly() {
    Manifest base = first().snapshot().manifest();
    Manifest next =
        scenario()
            .mirrored("master", TestWheel.of("foo", "1.1"), "cp311")
            .failed("master", "foo===1.1", "cp312")
            .mirrored("master", "bar", "2.0")
            .snapshot(base)
            .manifest();
    assertThat(next.served())
        .filteredOn(ManifestServed::kept)
        .singleElement()
        .satisfies(served -> assertThat(served.pythons()).containsExactly("cp312"));
    assertThat(file(next, "foo-1.0").superseded()).isFalse();
  }

  @Test
  void anExcludedOrInapplicablePinKeepsNothing() {
    Manifest base = first().snapshot().manifest();
    Manifest next =
        scenario()
            .outcome("master", Pin.parse("foo===1.1"), new Outcome.Excluded("broken", ""), "cp311")
            .outcome("master", Pin.parse("foo===1.1"), new Outcome.NotApplicable("x"), "cp312")
            .mirrored("master", "bar", "2.0")
            .snapshot(base)
            .manifest();
    assertThat(file(next, "foo-1.0").superseded()).isTrue();
  }

  @Test
  void aHeldBranchHasConstraintsMadeFromItsLastPins() throws IOException {
    Manifest base =
        first().mirrored("master", TestWheel.of("only", "1"), "cp311").snapshot().manifest();
    ReleaseScenario held =
        new ReleaseScenario(folder, "cp311", "cp312").branch("master", BranchState.HELD);
    Snapshot next =
        held.reused("master", file(base, "foo-1.0"))
            .reused("master", file(base, "bar-2.0"))
            .reused("master", file(base, "only-1"), "cp311")
            .snapshot(base);
    assertThat(next.directory().resolve(TreeLayout.document(next.id(), "constraints/master.txt")))
        .hasContent("bar===2.0\nfoo===1.0\nonly===1;python_version=='3.11'\n");
    assertThat(next.manifest().branches())
        .extracting(ManifestBranch::state)
        .containsExactly(BranchState.HELD);
  }

  @Test
  void aHeldBranchWithoutABaseIsLeftOut() {
    Snapshot snapshot = first().branch("stable/2025.1", BranchState.HELD).snapshot();
    assertThat(snapshot.manifest().branches())
        .extracting(ManifestBranch::name)
        .containsExactly("master");
    assertThat(snapshot.manifest().constraints()).hasSize(1);
  }

  @Test
  void aFileThatOnlyTheBaseHoldsNeedNotBeInTheWheelhouse() {
    Manifest base = first().snapshot().manifest();
    ReleaseScenario fresh = new ReleaseScenario(folder.resolve("new"), "cp311", "cp312");
    Manifest next =
        fresh
            .branch("master")
            .reused("master", file(base, "foo-1.0"))
            .reused("master", file(base, "bar-2.0"))
            .snapshot(base)
            .manifest();
    assertThat(next.id()).isEqualTo(base.id());
  }

  @Test
  void aFileThatNobodyHoldsIsABadInput() {
    Manifest base = first().snapshot().manifest();
    ReleaseScenario fresh =
        new ReleaseScenario(folder.resolve("new"), "cp311")
            .branch("master")
            .reused("master", file(base, "foo-1.0"));
    assertThatThrownBy(fresh::snapshot)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("foo-1.0-py3-none-any.whl is not in the wheelhouse");
  }

  @Test
  void twoFilesOfOneNameAreABadInput() {
    ReleaseScenario scenario =
        first()
            .branch("stable/2025.1")
            .mirrored("stable/2025.1", TestWheel.of("foo", "1.0").file("foo/x.py", ""));
    assertThatThrownBy(scenario::snapshot)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("two files named foo-1.0");
  }

  @Test
  void theBaseForThePlannerNamesFilesAndServedPins() {
    Snapshot snapshot = first().snapshot();
    var base = snapshot.manifest().toBase(snapshot.id(), 7);
    assertThat(base.serial()).isEqualTo(7);
    assertThat(base.files()).hasSize(2);
    assertThat(base.served())
        .contains(new Served("master", "cp312", Pin.parse("foo===1.0"), "foo-1.0-py3-none-any.whl"))
        .hasSize(4);
  }

  @Test
  void manifestAndCoverageRoundTripThroughJson() throws IOException {
    Snapshot snapshot =
        first()
            .failed("master", "x===1")
            .outcome("master", Pin.parse("y===1"), new Outcome.NotApplicable("python_version<'3'"))
            .snapshot();
    assertThat(Manifest.read(snapshot.manifest().bytes(), "x")).isEqualTo(snapshot.manifest());
    Path file =
        snapshot.directory().resolve(TreeLayout.document(snapshot.id(), TreeLayout.coverage()));
    Coverage coverage = Coverage.read(Files.readAllBytes(file), "x");
    assertThat(coverage.bytes()).isEqualTo(Files.readAllBytes(file));
    assertThat(coverage.slug()).isEqualTo(SLUG);
    assertThat(Json.line(coverage)).doesNotContain("logs/");
  }

  @Test
  void aDamagedManifestIsRefusedInWordsOrStillAManifest() {
    byte[] good = first().failed("master", "x===1").snapshot().manifest().bytes();
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) "{}[]\",:0x\n".charAt(random.nextInt(10));
      }
      try {
        Manifest manifest = Manifest.read(bytes, "manifest.json");
        assertThat(Manifest.read(manifest.bytes(), "again")).isEqualTo(manifest);
      } catch (MirrorException e) {
        assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void theBytesDependOnNeitherLocaleNorTimeZone() throws Exception {
    Snapshot here = first().snapshot();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path out = folder.resolve("other.txt");
    Process process =
        new ProcessBuilder(
                java,
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Asia/Kathmandu",
                "-Dfile.encoding=ISO-8859-9",
                "-cp",
                System.getProperty("java.class.path"),
                StageElsewhere.class.getName(),
                folder.resolve("turkey").toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    assertThat(Files.readString(out).strip()).isEqualTo(here.id());
  }

  /** Stages the same snapshot in another Java; prints its id. */
  static final class StageElsewhere {

    private StageElsewhere() {}

    public static void main(String[] arguments) {
      System.out.println(
          new ReleaseScenario(Path.of(arguments[0]), "cp311", "cp312")
              .branch("master")
              .mirrored("master", "foo", "1.0")
              .mirrored("master", "bar", "2.0")
              .snapshot()
              .id());
    }
  }

  private static ManifestFile file(Manifest manifest, String start) {
    return manifest.files().stream()
        .filter(file -> file.filename().startsWith(start + "-"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        String name = root.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          content.put(name, "-> " + Files.readSymbolicLink(path));
        } else {
          content.put(name, Files.isDirectory(path) ? "folder" : Files.readString(path));
        }
      }
    }
    return content;
  }

  private static Map<Path, Object> inodes(Path root) throws IOException {
    Map<Path, Object> inodes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        String times = "unix:ino,lastModifiedTime,ctime";
        inodes.put(path, Files.readAttributes(path, times, LinkOption.NOFOLLOW_LINKS).toString());
      }
    }
    return inodes;
  }
}
