package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.MissingFiles;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made wheels that a snapshot lists together. */
class UpstreamFilesCheckTest {

  private static final String LINUX = "manylinux_2_17_x86_64";
  private static final byte[] ELF = ForgedWheel.elf("GLIBC_2.2.5");

  @TempDir private Path folder = Path.of("");

  private final List<ManifestFile> files = new ArrayList<>();

  private static TestWheel foo(String python, String platform) {
    return TestWheel.of("foo", "1.0").tag(python + "-" + python + "-" + platform);
  }

  /** With the extension that its tags promise. */
  private static TestWheel compiled(String python) {
    return foo(python, LINUX)
        .file("foo/_fast.cpython-" + python.substring(2) + "-x86_64-linux-gnu.so", ELF);
  }

  private UpstreamFilesCheckTest upstream(TestWheel wheel) throws IOException {
    add(wheel, new WheelSource("", false, "", "", new Origin.Mirrored("https://a.example/x", "")));
    return this;
  }

  private UpstreamFilesCheckTest own(TestWheel wheel) throws IOException {
    return own(wheel, "");
  }

  private UpstreamFilesCheckTest own(TestWheel wheel, String compiledUpstream) throws IOException {
    return own(wheel, compiledUpstream, List.of());
  }

  private UpstreamFilesCheckTest own(
      TestWheel wheel, String compiledUpstream, List<MissingFiles> missing) throws IOException {
    add(
        wheel,
        WheelSource.built(
            new Origin.Built(
                "ab".repeat(32),
                "cd".repeat(32),
                "1",
                true,
                List.of(),
                RequirementsUsed.NOTHING,
                List.of(),
                "",
                compiledUpstream,
                missing),
            ""));
    return this;
  }

  private void add(TestWheel wheel, WheelSource source) throws IOException {
    WheelFile file = wheelhouse().add(wheel.write(folder.resolve("made")), source);
    Path metadata = wheelhouse().metadata(file.sha256(), file.filename()).orElseThrow();
    files.add(ManifestFile.of(file, Files.size(metadata), WheelLicense.NONE));
  }

  private Wheelhouse wheelhouse() {
    return new Wheelhouse(folder.resolve("wheelhouse"));
  }

  private List<Problem> found() throws IOException {
    Manifest none = Manifest.empty(ReleaseScenario.SLUG);
    Manifest manifest =
        new Manifest(
            none.schemaVersion(),
            none.slug(),
            List.of("cp311", "cp312", "cp313"),
            List.of(),
            files.stream().sorted().toList(),
            List.of(),
            List.of(),
            List.of(),
            none.coverage(),
            none.buildRequirements(),
            List.of());
    return new SnapshotFiles(manifest, wheelhouse(), none, List.of())
        .check().stream().filter(each -> each.code().startsWith("wheel-files-")).toList();
  }

  @Test
  void wheelsWithTheSameFilesRaiseNoAlarm() throws IOException {
    upstream(compiled("cp311")).upstream(compiled("cp312")).own(compiled("cp313").buildTag("1"));
    assertThat(found()).isEmpty();
  }

  @Test
  void whatIsMissingIsToldAgainstTheNearestPython() throws IOException {
    upstream(compiled("cp311").file("foo/old.py", ""));
    upstream(
        compiled("cp312")
            .file("foo/parse.py", "")
            .file("foo/_more.abi3.so", ELF)
            .file("foo/a.txt", ""));
    own(compiled("cp313"));

    List<Problem> found = found();

    assertThat(found).hasSize(1);
    Problem problem = found.get(0);
    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
    assertThat(problem.where()).isEqualTo("foo-1.0-cp313-cp313-" + LINUX + ".whl");
    assertThat(problem.words())
        .isEqualTo(
            "it lacks 1 Python module, 1 extension module and 1 data file of upstream's"
                + " 'foo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl': 'foo.parse', 'foo._more',"
                + " 'foo/a.txt'; what needs them fails, although the pin is served");
    assertThat(problem.fix()).contains("log of its build", "<override>", "<baselineFile>");
  }

  @Test
  void everyOwnWheelIsToldAndNamesAreFive() throws IOException {
    TestWheel more = compiled("cp311");
    for (int i = 0; i < 7; i++) {
      more.file("foo/m" + i + ".py", "");
    }
    upstream(more).own(compiled("cp312")).own(compiled("cp313"));
    assertThat(found())
        .hasSize(2)
        .allMatch(each -> each.words().contains("7 Python modules of"))
        .allMatch(each -> each.words().contains("'foo.m4', … and 2 more;"));
  }

  @Test
  void dataAloneIsAnInfoWithoutAFix() throws IOException {
    upstream(compiled("cp312").file("foo/a.txt", "")).own(compiled("cp313"));
    assertThat(found())
        .extracting(each -> each.severity() + each.fix())
        .containsExactly(Severity.INFO.toString());
  }

  @Test
  void anAbi3WheelIsComparedWithOneOfOnePython() throws IOException {
    TestWheel abi3 =
        TestWheel.of("foo", "1.0").tag("cp39-abi3-" + LINUX).file("foo/_fast.abi3.so", ELF);
    upstream(compiled("cp311")).own(abi3);
    assertThat(found()).isEmpty();
  }

  @Test
  void anExtensionOfAnotherSystemIsAnInfo() throws IOException {
    upstream(foo("cp313", "win_amd64").file("foo/_fast.cp313-win_amd64.pyd", "MZ"));
    own(foo("cp313", LINUX).file("foo/_other.cpython-313-x86_64-linux-gnu.so", ELF));
    assertThat(found()).extracting(Problem::severity).containsExactly(Severity.INFO);
  }

  @Test
  void whatIsToldAsAnExtensionMissingIsNoSecondWarning() throws IOException {
    upstream(compiled("cp312")).own(TestWheel.of("foo", "1.0"), "some");
    assertThat(found()).extracting(Problem::severity).containsExactly(Severity.INFO);
  }

  @Test
  void anExtensionThatAPureWheelLacksIsAWarningIfNothingElseTellsIt() throws IOException {
    upstream(compiled("cp312")).own(TestWheel.of("foo", "1.0"));
    assertThat(found()).extracting(Problem::severity).containsExactly(Severity.WARNING);
  }

  @Test
  void otherVersionsAndOwnWheelsAreNotComparedWith() throws IOException {
    upstream(TestWheel.of("foo", "1.1").file("foo/new.py", ""));
    own(compiled("cp312").file("foo/x.py", "")).own(compiled("cp313"));
    assertThat(found()).isEmpty();
  }

  @Test
  void anOwnWheelThatIsSupersededIsNotCompared() throws IOException {
    upstream(compiled("cp312").file("foo/parse.py", "")).own(compiled("cp313"));
    files.set(1, files.get(1).withSuperseded(true));
    assertThat(found()).isEmpty();
  }

  @Test
  void whatTheBuildFoundIsToldWhereTheSnapshotHasNothingToCompareWith() throws IOException {
    MissingFiles found =
        new MissingFiles("foo-1.0-cp312-cp312-win32.whl", 1, 0, 0, List.of("foo.parse"));
    own(compiled("cp313"), "", List.of(found));
    assertThat(found())
        .singleElement()
        .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.WARNING))
        .satisfies(each -> assertThat(each.words()).contains("win32.whl': 'foo.parse';"));

    upstream(compiled("cp312"));
    assertThat(found()).isEmpty();
  }

  @Test
  void whatTheBuildFoundNothingMissingInIsNotTold() throws IOException {
    own(
        compiled("cp313"),
        "",
        List.of(new MissingFiles("foo-1.0-cp312-cp312-win32.whl", 0, 0, 0, List.of())));
    assertThat(found()).isEmpty();
  }

  @Test
  void aHostileNameSteersNoTerminal() throws IOException {
    String evil = "foo/\u202e" + "x".repeat(300) + ".txt";
    upstream(compiled("cp312").file(evil, "")).own(compiled("cp313"));
    assertThat(found()).hasSize(1);
    assertThat(found().get(0).words()).doesNotContain("\u202e").contains("\\u202e", "x…'");
  }

  @Test
  void aWheelThatTheWheelhouseHasNotIsNotCompared() throws IOException {
    upstream(compiled("cp312").file("foo/parse.py", "")).own(compiled("cp313"));
    Path gone = wheelhouse().path(files.get(0).sha256(), files.get(0).filename()).orElseThrow();
    Files.delete(gone);
    assertThat(found()).isEmpty();
  }

  @Test
  void whatIsMissingCanBeAccepted() throws IOException {
    upstream(compiled("cp312").file("foo/parse.py", "")).own(compiled("cp313"));
    AcceptedFinding entry =
        new AcceptedFinding("foo===1.0", "", "wheel-files-missing", "not used", "2027-01-31");
    Baseline baseline = new Baseline(List.of(entry), LocalDate.of(2027, 1, 1));
    assertThat(baseline.apply(found()))
        .extracting(Problem::severity)
        .containsExactly(Severity.INFO);
    assertThat(baseline.warnings(true)).isEmpty();
  }
}
