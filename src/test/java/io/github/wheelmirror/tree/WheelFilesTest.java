package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.MissingFiles;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WheelFilesTest {

  private static final String UPSTREAM = "foo-1.0-cp311-cp311-manylinux_2_17_x86_64.whl";
  private static final String LINUX = ".cpython-311-x86_64-linux-gnu.so";

  private static WheelFiles files(String... names) {
    return WheelFiles.of(Arrays.asList(names));
  }

  private static MissingFiles missing(WheelFiles own, String... upstream) {
    return own.missing(files(upstream), UPSTREAM);
  }

  @Test
  void wheelsForOtherPythonsWithTheSameFilesLackNothing() {
    WheelFiles own =
        files(
            "foo/__init__.py",
            "foo/_fast.cpython-313-x86_64-linux-gnu.so",
            "foo/data.txt",
            "foo-1.0.dist-info/METADATA");
    assertThat(
            missing(
                own,
                "foo/__init__.py",
                "foo/_fast" + LINUX,
                "foo/data.txt",
                "foo-1.0.dist-info/licenses/LICENSE"))
        .isEqualTo(new MissingFiles(UPSTREAM, 0, 0, 0, List.of()));
  }

  @Test
  void whatTheOwnWheelHasMoreOfDoesNotMatter() {
    assertThat(missing(files("foo/__init__.py", "foo/b.py", "foo/_c.so", "d"), "foo/__init__.py"))
        .matches(MissingFiles::isEmpty);
  }

  @Test
  void modulesExtensionsAndDataAreCountedAndNamedInThisOrder() {
    assertThat(
            missing(
                files("foo/__init__.py"),
                "foo/__init__.py",
                "foo/a.txt",
                "foo/_fast" + LINUX,
                "foo/sub/deep.py",
                "foo/sub/__init__.py",
                "bar.py"))
        .isEqualTo(
            new MissingFiles(
                UPSTREAM,
                3,
                1,
                1,
                List.of("bar", "foo.sub", "foo.sub.deep", "foo._fast", "foo/a.txt")));
  }

  @Test
  void onlyTheFirstFiveAreNamed() {
    String[] many =
        IntStream.range(0, 12).mapToObj("foo/m%02d.py"::formatted).toArray(String[]::new);
    MissingFiles missing = missing(files(), many);
    assertThat(missing.count()).isEqualTo(12);
    assertThat(missing.names())
        .containsExactly("foo.m00", "foo.m01", "foo.m02", "foo.m03", "foo.m04");
  }

  @Test
  void anExtensionIsTheSameWithAnySuffix() {
    for (String suffix :
        List.of(
            ".so",
            ".abi3.so",
            ".cpython-313-x86_64-linux-gnu.so",
            ".cpython-313t-aarch64-linux-musl.so",
            ".cpython-311-darwin.so",
            ".pypy311-pp73-x86_64-linux-gnu.so",
            ".cp311-win_amd64.pyd",
            ".pyd")) {
      assertThat(missing(files("foo/_fast.abi3.so"), "foo/_fast" + suffix))
          .as(suffix)
          .matches(MissingFiles::isEmpty);
      assertThat(missing(files("foo/other.so"), "foo/_fast" + suffix).names())
          .as(suffix)
          .containsExactly("foo._fast");
    }
  }

  @Test
  void aSourceDoesForAnExtensionAndTheOtherWayRound() {
    assertThat(missing(files("foo/_fast.py", "foo/core.so"), "foo/_fast" + LINUX, "foo/core.py"))
        .matches(MissingFiles::isEmpty);
    assertThat(missing(files("a/__init__" + LINUX), "a/__init__.py"))
        .matches(MissingFiles::isEmpty);
    // one module, not two
    assertThat(missing(files(), "foo/x.py", "foo/x" + LINUX).count()).isEqualTo(1);
  }

  @Test
  void aModuleThatBecameAPackageIsStillThere() {
    assertThat(missing(files("foo/__init__.py"), "foo.py")).matches(MissingFiles::isEmpty);
  }

  @Test
  void librariesOfTheDataFolderAreWhereTheyAreInstalled() {
    WheelFiles own = files("foo/__init__.py", "foo/_fast" + LINUX);
    assertThat(
            missing(
                own,
                "foo-1.0.data/purelib/foo/__init__.py",
                "foo-1.0.data/platlib/foo/_fast.abi3.so"))
        .matches(MissingFiles::isEmpty);
    assertThat(missing(own, "foo-1.0.data/platlib/foo/_slow.abi3.so").names())
        .containsExactly("foo._slow");
  }

  @Test
  void scriptsAndDataOfTheDataFolderAreData() {
    MissingFiles missing =
        missing(
            files("foo-1.0.data/scripts/foo", "foo-1.0.data/data/share/x"),
            "Foo-1.0.data/scripts/foo",
            "Foo-1.0.data/scripts/run.py",
            "Foo-1.0.data/scripts/run.exe",
            "Foo-1.0.data/data/share/x",
            "Foo-1.0.data/headers/foo.h");
    assertThat(missing)
        .isEqualTo(
            new MissingFiles(
                UPSTREAM, 0, 0, 2, List.of(".data/headers/foo.h", ".data/scripts/run.py")));
  }

  @Test
  void whatRepairToolsCopyAndWhatIsForOtherSystemsIsLeftOut() {
    assertThat(
            missing(
                files("foo/__init__.py"),
                "foo.libs/libz-1a2b3c.so.1.2.11",
                "foo/.libs/libz.so.1",
                "foo/.dylibs/libz.1.dylib",
                "foo/msvcp140.dll",
                "foo/foo.exe",
                "foo/_fast.cp311-win_amd64.lib",
                "foo/_foo_windows.pyd",
                "foo/_foo_osx.abi3.so",
                "foo/__pycache__/__init__.cpython-311.pyc"))
        .matches(MissingFiles::isEmpty);
    // these are neither
    assertThat(missing(files(), "foo/_window.so", "foo/_mac.so", "foo/_linux.so").extensions())
        .isEqualTo(3);
  }

  @Test
  void groupsOfMypycHaveOneNameWhateverIsInThem() {
    String upstream = "81d243bd2c585b0f4821__mypyc" + LINUX;
    assertThat(missing(files("30fcd23745efe32ce681__mypyc.abi3.so"), upstream))
        .matches(MissingFiles::isEmpty);
    assertThat(missing(files(), upstream).names()).containsExactly("__mypyc");
  }

  @Test
  void namesThatNoProgramCanImportAreData() {
    MissingFiles missing =
        missing(
            files(),
            "foo/bar-baz.py",
            "foo-data/x.py",
            "foo/x.py.in",
            "foo/libx-1.so",
            "foo/libx.so.1",
            "foo/.so",
            ".py",
            "/.so",
            "//");
    assertThat(missing.modules() + missing.extensions()).isZero();
    assertThat(missing.data()).isEqualTo(9);
  }

  @Test
  void thePythonInTheNameOfANamespaceFileDoesNotMatter() {
    assertThat(missing(files("a.b-7.2-py3.13-nspkg.pth"), "a.b-7.2-py3.9-nspkg.pth"))
        .matches(MissingFiles::isEmpty);
    assertThat(missing(files("a.pth"), "a.b-7.2-py3.9-nspkg.pth").data()).isEqualTo(1);
  }

  @Test
  void sourcelessModulesAreModules() {
    assertThat(missing(files("foo/a.py"), "foo/a.pyc", "foo/b.pyc").names())
        .containsExactly("foo.b");
  }
}
