package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelInspectorTest {

  @TempDir private Path folder = Path.of("");

  private WheelInspection inspect(TestWheel wheel) {
    return new WheelInspector().inspect(wheel.write(folder));
  }

  private static TestWheel wheel() {
    return TestWheel.of("foo", "1.0");
  }

  private void assertError(TestWheel wheel, String code) {
    assertThat(inspect(wheel).errors()).extracting(WheelProblem::code).contains(code);
  }

  private void assertWarning(TestWheel wheel, String code) {
    assertTold(inspect(wheel), Severity.WARNING, code);
  }

  /** Told of upstream's, and a warning of an own build that is no worse. */
  private void assertUntidy(TestWheel wheel, String code) {
    WheelInspection inspection = inspect(wheel);
    assertTold(inspection, Severity.INFO, code);
    assertTold(inspection.strictly(), Severity.WARNING, code);
  }

  private static void assertTold(WheelInspection inspection, Severity severity, String code) {
    assertThat(inspection.errors()).isEmpty();
    assertThat(inspection.problems())
        .filteredOn(problem -> problem.code().equals(code))
        .isNotEmpty()
        .extracting(WheelProblem::severity)
        .containsOnly(severity);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void replace(Map<String, byte[]> members, String path, String from, String to) {
    String text = new String(members.get(path), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    members.put(path, bytes(text.replace(from, to)));
  }

  @Test
  void aSoundWheelHasNoProblemAndShowsItsMetadata() {
    WheelInspection inspection = inspect(wheel().metadata("Requires-Python: >=3.8"));
    assertThat(inspection.problems()).isEmpty();
    assertThat(inspection.isSound()).isTrue();
    assertThat(inspection.coreMetadata().orElseThrow().requiresPython()).hasValue(">=3.8");
    assertThat(new String(inspection.metadata(), StandardCharsets.UTF_8)).startsWith("Metadata-V");
    assertThat(inspection.wheelMetadata()).isPresent();
  }

  @Test
  void aFileNameThatIsNoWheelsIsAnError() {
    Path file = wheel().write(folder);
    assertThat(new WheelInspector().inspect(file, "foo.whl").errors())
        .extracting(WheelProblem::code)
        .containsExactly("file-name");
  }

  @Test
  void contentChangedAfterRecordWasWrittenIsAnError() {
    assertError(
        wheel().damaged(m -> m.put("foo/__init__.py", bytes("import evil\n"))), "record-hash");
  }

  @Test
  void aFileThatRecordDoesNotListIsAnError() {
    assertError(wheel().damaged(m -> m.put("foo/extra.py", bytes("x"))), "record-unlisted");
  }

  @Test
  void aListedFileThatIsMissingIsAnError() {
    assertError(wheel().damaged(m -> m.remove("foo/__init__.py")), "record-missing-file");
  }

  @Test
  void aRecordWithoutHashesIsUntidyAsTheWholeFileHasOne() {
    assertUntidy(
        wheel().damaged(m -> m.put("foo-1.0.dist-info/RECORD", unhashed(m))), "record-weak-hash");
  }

  private static byte[] unhashed(Map<String, byte[]> members) {
    var record = new StringBuilder();
    members.keySet().forEach(path -> record.append(path).append(",,\n"));
    return bytes(record.toString());
  }

  @Test
  void aWrongSizeBesideARightHashIsUntidy() {
    String size =
        ","
            + java.util.Objects.requireNonNull(wheel().members().get("foo-1.0.dist-info/WHEEL"))
                .length
            + "\n";
    assertUntidy(
        wheel().damaged(m -> replace(m, "foo-1.0.dist-info/RECORD", size, ",7\n")), "record-size");
  }

  @Test
  void aWrongSizeWithoutAHashIsAnError() {
    assertError(
        wheel()
            .damaged(m -> m.put("foo-1.0.dist-info/RECORD", unhashed(m)))
            .damaged(
                m ->
                    replace(
                        m, "foo-1.0.dist-info/RECORD", "foo/__init__.py,,", "foo/__init__.py,,9")),
        "record-wrong-size");
  }

  @Test
  void backslashesRepeatedLinesAndFoldersOfEarlyToolsAreUntidy() {
    assertUntidy(
        wheel()
            .damaged(
                m -> replace(m, "foo-1.0.dist-info/RECORD", "foo/__init__.py", "foo\\__init__.py")),
        "record-spelling");
    assertUntidy(
        wheel()
            .damaged(
                m ->
                    replace(
                        m,
                        "foo-1.0.dist-info/RECORD",
                        "foo-1.0.dist-info/RECORD,,\n",
                        "foo-1.0.dist-info/RECORD,,\nfoo-1.0.dist-info/RECORD,,\nfoo/,,\n")),
        "record-spelling");
  }

  @Test
  void anEmptyLineInRecordIsAnErrorBecausePipFailsAtIt() {
    for (String end : new String[] {"\n\n", "\n\n\n", "\r\r\n", "\nfoo/,,\n\n"}) {
      assertError(
          wheel()
              .damaged(
                  m ->
                      replace(
                          m,
                          "foo-1.0.dist-info/RECORD",
                          "foo-1.0.dist-info/RECORD,,\n",
                          "foo-1.0.dist-info/RECORD,," + end)),
          "record-invalid");
    }
  }

  @Test
  void aRecordThatLeadsOutOfTheWheelIsAnError() {
    assertError(
        wheel()
            .damaged(
                m ->
                    replace(m, "foo-1.0.dist-info/RECORD", "foo/__init__.py", "../../__init__.py")),
        "record-invalid");
  }

  @Test
  void missingParts() {
    for (String part : new String[] {"METADATA", "WHEEL", "RECORD"}) {
      assertError(wheel().damaged(m -> m.remove("foo-1.0.dist-info/" + part)), "missing-file");
    }
    assertError(
        wheel().damaged(m -> m.keySet().removeIf(path -> path.contains("dist-info"))), "dist-info");
  }

  @Test
  void twoInfoFoldersAreAnErrorAsPipRefusesThem() {
    assertError(wheel().file("bar-1.0.dist-info/METADATA", ""), "dist-info");
  }

  @Test
  void aWheelOfAnotherNameOrVersionIsAnError() {
    Path file = wheel().write(folder);
    for (String name : new String[] {"bar-1.0-py3-none-any.whl", "foo-1.1-py3-none-any.whl"}) {
      assertThat(new WheelInspector().inspect(file, name).errors())
          .extracting(WheelProblem::code)
          .contains("dist-info", "metadata-name");
    }
  }

  @Test
  void anEqualVersionSpelledDifferentlyIsTheSame() {
    Path file = wheel().write(folder);
    assertThat(new WheelInspector().inspect(file, "Foo-1.0.0-py3-none-any.whl").isSound()).isTrue();
  }

  @Test
  void anotherWheelVersionIsAnErrorAsInstallersRefuseIt() {
    assertError(
        wheel()
            .damaged(
                m ->
                    replace(
                        m, "foo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0", "Wheel-Version: 2.0")),
        "wheel-file");
  }

  @Test
  void anInvalidRequirementIsAnErrorAsPipRefusesTheWheel() {
    assertError(wheel().metadata("Requires-Dist: bar (>=1.0.*"), "requires-dist");
  }

  @Test
  void whatClientsIgnoreIsUntidyOrAWarning() {
    assertWarning(wheel().metadata("Requires-Python: >=3.x"), "requires-python");
    assertUntidy(wheel().metadata("License-File: LICENSE"), "license-file");
    assertUntidy(wheel().file("foo-1.0.dist-info/INSTALLER", "pip"), "installed-file");
  }

  @Test
  void licenseFilesAreWhereAnyToolPutThem() {
    for (String place : List.of("licenses/docs/x.txt", "license_files/docs/x.txt", "x.txt")) {
      TestWheel wheel =
          wheel().metadata("License-File: docs/x.txt").file(wheel().info() + "/" + place, "free");
      assertThat(inspect(wheel).problems()).as(place).isEmpty();
    }
  }

  @Test
  void metadataWithoutANameIsAnError() {
    assertError(
        wheel().damaged(m -> m.put("foo-1.0.dist-info/METADATA", bytes("Metadata-Version: 2.1\n"))),
        "metadata");
  }

  @Test
  void tagsThatTheFileNameOnlyPromisesAreAnError() {
    Path file = wheel().write(folder);
    assertThat(new WheelInspector().inspect(file, "foo-1.0-py2.py3-none-any.whl").errors())
        .extracting(WheelProblem::code)
        .containsExactly("wheel-tags");
  }

  @Test
  void aPlatformRenamedToAnotherGenerationIsUntidy() {
    Path file = wheel().tag("cp311-cp311-linux_x86_64").write(folder);
    WheelInspection inspection =
        new WheelInspector().inspect(file, "foo-1.0-cp311-cp311-manylinux_2_17_x86_64.whl");
    assertThat(inspection.isSound()).isTrue();
    assertThat(inspection.problems()).extracting(WheelProblem::code).contains("wheel-tags");
    assertThat(
            new WheelInspector()
                .inspect(file, "foo-1.0-cp311-cp311-manylinux_2_17_aarch64.whl")
                .isSound())
        .isFalse();
    assertThat(
            new WheelInspector()
                .inspect(file, "foo-1.0-cp311-cp311-musllinux_1_2_x86_64.whl")
                .isSound())
        .isFalse();
  }

  @Test
  void aBuildTagThatWheelLacksIsUntidy() {
    Path file = wheel().write(folder);
    WheelInspection inspection = new WheelInspector().inspect(file, "foo-1.0-1-py3-none-any.whl");
    assertThat(inspection.isSound()).isTrue();
    assertThat(inspection.problems()).extracting(WheelProblem::code).contains("wheel-build-tag");
    assertThat(inspect(wheel().buildTag("1")).problems()).isEmpty();
  }

  private List<String> ownErrors(TestWheel wheel) {
    Path file = wheel.write(folder);
    return new WheelInspector()
        .inspect(file, wheel.filename(), true).errors().stream().map(WheelProblem::code).toList();
  }

  @Test
  void anOwnBuildIsTakenAtItsTagsWord() {
    assertThat(ownErrors(wheel().file("foo/data/libhelper.so", elf(62))))
        .containsExactly("compiled-in-pure");
    assertThat(
            ownErrors(
                wheel()
                    .tag("cp39-abi3-linux_x86_64")
                    .file("foo/_a.abi3.so", elf(62))
                    .file("foo/_b.cpython-39-x86_64-linux-gnu.so", elf(62))))
        .containsExactly("compiled-for-other-python");
    TestWheel mixed =
        wheel()
            .tag("cp311-cp311-linux_x86_64")
            .file("foo/_a.cpython-311-x86_64-linux-gnu.so", elf(62));
    assertThat(ownErrors(mixed.file("foo/attach_arm.so", elf(183)))).isEmpty();
    assertThat(ownErrors(mixed.file("foo/_b.cpython-311-aarch64-linux-gnu.so", elf(183))))
        .containsExactly("compiled-for-other-machine");
  }

  private static byte[] elf(int machine) {
    byte[] elf = new byte[64];
    elf[0] = 0x7f;
    elf[1] = 'E';
    elf[2] = 'L';
    elf[3] = 'F';
    elf[4] = 2;
    elf[5] = 1;
    elf[18] = (byte) machine;
    return elf;
  }

  @Test
  void anExtensionModuleInAPureWheelIsAnError() {
    assertError(
        wheel().file("foo/_c.cpython-311-x86_64-linux-gnu.so", elf(62)), "compiled-in-pure");
    assertUntidy(wheel().file("foo/data/libhelper.so", elf(62)), "compiled-in-pure");
    assertUntidy(
        wheel()
            .file("foo/_c.cpython-311-x86_64-linux-gnu.so", elf(62))
            .file("foo/_c.cpython-312-x86_64-linux-gnu.so", elf(62)),
        "compiled-in-pure");
    assertUntidy(
        wheel().file("foo/_c.cp39-win_amd64.pyd", new byte[] {'M', 'Z', 0, 0}), "compiled-in-pure");
  }

  @Test
  void onlyModulesForAnotherPythonAreAnError() {
    TestWheel wheel = wheel().tag("cp312-cp312-linux_x86_64");
    assertError(
        wheel.file("foo/_c.cpython-311-x86_64-linux-gnu.so", elf(62)), "compiled-for-other-python");
    assertUntidy(
        wheel.file("foo/_c.cpython-312-x86_64-linux-gnu.so", elf(62)), "compiled-for-other-python");
  }

  @Test
  void aStableAbiWheelWithoutAStableAbiModuleIsAnError() {
    assertError(
        wheel()
            .tag("cp39-abi3-linux_x86_64")
            .file("foo/_c.cpython-311-x86_64-linux-gnu.so", elf(62)),
        "compiled-for-other-python");
    assertThat(
            inspect(
                    TestWheel.of("bar", "1.0")
                        .tag("cp39-abi3-linux_x86_64")
                        .file("bar/_c.abi3.so", elf(62)))
                .problems())
        .isEmpty();
  }

  @Test
  void codeForAnotherProcessorIsAnErrorUnlessSomeFits() {
    TestWheel wheel = wheel().tag("cp311-cp311-manylinux_2_17_aarch64");
    assertError(wheel.file("foo/a.so", elf(62)), "compiled-for-other-machine");
    assertUntidy(wheel.file("foo/b.so", elf(183)), "compiled-for-other-machine");
  }

  @Test
  void aScriptWithoutAFunctionIsAnErrorOtherEntryPointMistakesAreUntidy() {
    String path = wheel().info() + "/entry_points.txt";
    assertError(wheel().file(path, "[console_scripts]\nfoo = foo\n"), "entry-points");
    assertUntidy(wheel().file(path, "foo = foo:main\n"), "entry-points");
    assertThat(
            inspect(wheel().file(path, "# x\n[console_scripts]\nfoo = foo.cli : main [extra]\n"))
                .problems())
        .isEmpty();
  }

  @Test
  void aFileInNoKnownSchemeIsAnErrorAsPipRefusesIt() {
    assertError(wheel().file("foo-1.0.data/other/x", "x"), "data-scheme");
    assertThat(inspect(wheel().file("foo-1.0.data/scripts/x", "x")).problems()).isEmpty();
  }

  @Test
  void namesThatLeadOutOfTheWheelAreErrors() {
    String[] names = {"../evil.py", "/etc/x", "a/../../x", "a\\b", "C:x", "a\u0007b", "..", "./"};
    for (String name : names) {
      assertError(wheel().damaged(m -> m.put(name, new byte[0])), "unsafe-name");
    }
  }

  @Test
  void aNameWithEmptyPartsIsAWarningButOneThatIsFileAndFolderAnError() {
    assertThat(
            MemberNames.check(
                java.util.List.of(member("a//b", 0), member("c", 0), member("c/d", 0))))
        .extracting(WheelProblem::code)
        .containsExactlyInAnyOrder("odd-name", "file-as-folder");
  }

  @Test
  void linksAndDevicesAreErrors() {
    assertThat(MemberNames.check(java.util.List.of(member("a", 0xa1ff), member("b", 0x2000))))
        .extracting(WheelProblem::code)
        .containsExactly("special-file", "special-file");
    assertThat(MemberNames.check(java.util.List.of(member("a", 0x81a4), member("b/", 0x41ed))))
        .isEmpty();
  }

  @Test
  void theSameNameTwiceIsAnErrorOnlyIfTheContentDiffers() {
    var other = new ZipMember("a", 0, 0, 99, 1, 1, 0, 0);
    assertThat(MemberNames.check(java.util.List.of(member("a", 0), member("a", 0))))
        .extracting(WheelProblem::severity)
        .containsExactly(Severity.WARNING);
    assertThat(MemberNames.check(java.util.List.of(member("a", 0), other)))
        .extracting(WheelProblem::severity)
        .containsExactly(Severity.ERROR);
  }

  private static ZipMember member(String name, int mode) {
    return new ZipMember(name, 0, 0, 0, 0, 0, 0, mode);
  }

  @Test
  void aHostileNameCannotSteerATerminal() {
    assertThat(WheelProblem.quote("a\u001b[31m\u202eb")).isEqualTo("'a\\u001b[31m\\u202eb'");
    assertThat(WheelProblem.quote("x".repeat(500))).hasSize(203);
  }

  @Test
  void tooLargeAnInfoFileIsRefusedBeforeItIsRead() {
    var limits = new WheelLimits(100, 1 << 20, 100, 10);
    assertThat(new WheelInspector(limits).inspect(wheel().write(folder)).errors())
        .extracting(WheelProblem::code)
        .contains("too-large");
  }

  @Test
  void tooManyOrTooLargeMembersAreRefused() {
    Path file = wheel().file("foo/big", new byte[2000]).write(folder);
    assertThat(new WheelInspector(new WheelLimits(3, 1 << 20, 100, 1 << 20)).inspect(file).errors())
        .extracting(WheelProblem::code)
        .containsExactly("zip-too-many");
    assertThat(new WheelInspector(new WheelLimits(9, 1999, 100, 1 << 20)).inspect(file).errors())
        .extracting(WheelProblem::code)
        .containsExactly("zip-too-large");
  }

  @Test
  void zerosThatWouldFillTheDiskAreRefused() {
    Path file = wheel().file("foo/zeros", new byte[(64 << 20) + 1]).write(folder);
    assertThat(new WheelInspector().inspect(file).errors())
        .extracting(WheelProblem::code)
        .containsExactly("zip-bomb");
  }

  @Test
  void problemsComeInTheSameOrderEachTime() {
    Map<String, byte[]> extras = new LinkedHashMap<>();
    for (String name : new String[] {"INSTALLER", "REQUESTED", "direct_url.json"}) {
      extras.put("foo-1.0.dist-info/" + name, bytes("x"));
    }
    TestWheel wheel = wheel().damaged(m -> m.putAll(extras));
    assertThat(inspect(wheel).problems()).isEqualTo(inspect(wheel).problems());
  }
}
