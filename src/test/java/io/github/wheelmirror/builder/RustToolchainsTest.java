package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.RequirementLocks;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rust as most developers have it: rustup's own programs, and toolchains below their home. */
@Timeout(300)
class RustToolchainsTest {

  /** As rustup: it is what its link is named, and starts what settings.toml names. */
  private static final String RUSTUP =
      """
      #!/bin/sh
      name=${0##*/}
      if [ "$name" = rustup ]; then echo "error: unrecognized subcommand '$1'" >&2; exit 2; fi
      home=${RUSTUP_HOME:-$HOME/.rustup}
      chosen=$(sed -n 's/^default_toolchain = "\\(.*\\)"$/\\1/p' "$home/settings.toml" 2>/dev/null)
      if [ -z "$chosen" ]; then
        echo "error: rustup could not choose a version of $name to run, because one wasn't specified explicitly, and no default is configured." >&2
        exit 1
      fi
      if [ ! -d "$home/toolchains/$chosen" ]; then
        if [ "$RUSTUP_AUTO_INSTALL" != 0 ]; then echo "info: syncing channel updates" >&2; exit 1; fi
        echo "error: toolchain '$chosen' is not installed" >&2
        exit 1
      fi
      echo "$name of $chosen $*"
      """;

  private static final String USES =
      """
      def before():
          import subprocess
          print(sorted(name for name in os.environ if name.startswith(("RUSTUP", "CARGO_H"))))
          for program in ("cargo", "rustc"):
              subprocess.check_call([program, "--version"])
      """;

  private final Path folder;
  private final Path home;
  private final Path rustup;
  private final SearchPath path;
  private final List<Pep517WheelBuilder> builders = new ArrayList<>();

  RustToolchainsTest(@TempDir Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.home = Files.createDirectory(this.folder.resolve("home"));
    Path programs = Files.createDirectory(this.folder.resolve("programs"));
    this.rustup = Files.writeString(programs.resolve("rustup"), RUSTUP);
    Files.setPosixFilePermissions(rustup, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String name : List.of("cargo", "rustc")) {
      Files.createSymbolicLink(programs.resolve(name), Path.of("rustup"));
    }
    this.path =
        new SearchPath(
            Stream.concat(Stream.of(programs), Pythons.PATH.directories().stream()).toList());
  }

  @AfterEach
  void end() throws IOException {
    builders.forEach(Pep517WheelBuilder::close);
    FileTree.delete(folder);
  }

  private Path installed(Path at, String toolchain) throws IOException {
    Files.createDirectories(at.resolve("toolchains").resolve(toolchain));
    Files.writeString(
        at.resolve("settings.toml"), "version = \"12\"\ndefault_toolchain = \"stable-x\"\n");
    return at;
  }

  private BuildOutcome build(String more, SearchPath path, RustToolchains rust) throws IOException {
    Pep517WheelBuilder builder =
        new Pep517WheelBuilder(
            Pythons.RUNNER,
            path,
            rust,
            new BuildEnvironments(
                folder.resolve("environments"),
                new EnvironmentMaker(Pythons.RUNNER, Pythons.with(Map.of()), Pythons.PATH, folder),
                new InstallerSettings(Map.of("PIP_NO_INDEX", "1", "PIP_CONFIG_FILE", "/dev/null")),
                Duration.ofMinutes(5),
                InstantSource.system()),
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement(String::equals),
            CompilerCache.NONE,
            PrivatePlaces.NONE);
    builders.add(builder);
    return builder.build(
        new BuildJob(
            "demo",
            "1.0",
            TinySdist.withBackend(folder, "demo", "1.0", more),
            Pythons.one(),
            List.of(),
            RequirementLocks.NONE,
            folder.resolve("work"),
            folder.resolve("out"),
            log(),
            1_000_000_000,
            BuildLimits.of(Duration.ofMinutes(2), 1 << 20),
            false));
  }

  private Path log() {
    return folder.resolve("log");
  }

  @Test
  void buildStartsTheUsersDefaultThoughItHasAnotherHome() throws IOException {
    Path at = installed(home.resolve(".rustup"), "stable-x");

    BuildOutcome outcome = build(USES, path, RustToolchains.of(path, home, ""));

    assertThat(outcome).as(Files.readString(log())).isInstanceOf(BuildOutcome.Built.class);
    assertThat(Files.readAllLines(log()))
        .contains("['RUSTUP_AUTO_INSTALL', 'RUSTUP_HOME']")
        .contains("cargo of stable-x --version")
        // what the compiler takes was asked of the one behind rustup
        .anyMatch(
            line ->
                line.startsWith("rustc of stable-x --version --remap-path-prefix=" + folder + "/"));
    assertThat(RustToolchains.of(path, home, "").variables())
        .containsEntry("RUSTUP_HOME", at.toString())
        .containsEntry("RUSTUP_AUTO_INSTALL", "0");
  }

  @Test
  void rustupsHomeIsTheUsersOwnWhereverThatIs() throws IOException {
    Path elsewhere = installed(folder.resolve("else where"), "stable-x");

    assertThat(
            build(USES, path, RustToolchains.of(path, home, elsewhere.toString()))
                instanceof BuildOutcome.Built)
        .as(Files.readString(log()))
        .isTrue();
    assertThat(RustToolchains.of(path, home, "relative").variables())
        .containsOnlyKeys("RUSTUP_AUTO_INSTALL");
  }

  @Test
  void rustupWithoutADefaultIsToldAsThatAndNotAsNoCompiler() throws IOException {
    Diagnosis diagnosis = failure(build(USES, path, RustToolchains.of(path, home, "")));

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.NO_COMPILER);
    assertThat(diagnosis.fix()).startsWith("run 'rustup default stable'");
  }

  @Test
  void toolchainThatIsNotInstalledIsToldByItsNameAndNotFetched() throws IOException {
    installed(home.resolve(".rustup"), "nightly-x");

    Diagnosis diagnosis = failure(build(USES, path, RustToolchains.of(path, home, "")));

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.NO_COMPILER);
    assertThat(diagnosis.fix()).startsWith("run 'rustup toolchain install stable-x'");
  }

  private static Diagnosis failure(BuildOutcome outcome) {
    assertThat(outcome).isInstanceOf(BuildOutcome.BackendFailed.class);
    return OutcomeDiagnosis.of(outcome, HostTargets.of(Pythons.one()));
  }

  @Test
  void hostWithoutRustupGetsNoVariables() throws IOException {
    installed(home.resolve(".rustup"), "stable-x");
    Path plain = Files.createDirectory(folder.resolve("plain"));
    Files.createFile(
        plain.resolve("rustc"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    SearchPath without = new SearchPath(List.of(plain));

    assertThat(RustToolchains.of(without, home, home + "/.rustup").variables()).isEmpty();
    Files.createSymbolicLink(plain.resolve("cargo"), rustup);
    assertThat(RustToolchains.of(without, home, "").variables()).containsKey("RUSTUP_HOME");
  }

  @Test
  void anotherDefaultAnotherToolchainAndANewerOneAreAChange() throws IOException {
    Path at = installed(home.resolve(".rustup"), "stable-x");
    Path hash = Files.createDirectory(at.resolve("update-hashes")).resolve("stable-x");
    Files.writeString(hash, "aaaa");
    RustToolchains rust = RustToolchains.of(path, home, "");
    String first = circumstances(rust);
    assertThat(circumstances(rust)).isEqualTo(first);

    Files.writeString(at.resolve("settings.toml"), "default_toolchain = \"1.80.0\"\n");
    String second = circumstances(rust);
    Files.createDirectory(at.resolve("toolchains/1.80.0"));
    String third = circumstances(rust);
    Files.setLastModifiedTime(hash, FileTime.fromMillis(1_000_000));
    String fourth = circumstances(rust);

    assertThat(List.of(first, second, third, fourth)).doesNotHaveDuplicates();
  }

  private String circumstances(RustToolchains rust) {
    return Circumstances.of(path, rust, BuildLimits.of(Duration.ofMinutes(1), 1000));
  }

  @Test
  void rustOfThisHostCompilesInABuild() throws IOException {
    RustToolchains rust = RustToolchains.of(Pythons.PATH, Pythons.HOME, userRustup());
    Map<String, String> asUser =
        CleanEnvironment.at(Pythons.HOME).path(Pythons.PATH).with(rust.variables()).variables();
    assumeTrue(
        Pythons.PATH.find("rustc").isPresent()
            && Pythons.RUNNER
                .run(
                    Command.of(List.of("rustc", "--version"), folder, asUser),
                    new Limits(Duration.ofSeconds(60), 100_000))
                .succeeded(),
        "needs a Rust compiler");

    BuildOutcome outcome =
        build(
            """
            def before():
                import subprocess
                with open("lib.rs", "w") as file:
                    file.write("pub fn place() -> &'static str { file!() }\\n")
                source = os.path.abspath("lib.rs")
                subprocess.check_call(["rustc", "--crate-type", "rlib", source, "-o", "x.rlib"])
                with open("x.rlib", "rb") as file:
                    print("folder inside:", os.environ["WHEEL_MIRROR_FOLDER"].encode() in file.read())
            """,
            Pythons.PATH,
            rust);

    assertThat(outcome).as(Files.readString(log())).isInstanceOf(BuildOutcome.Built.class);
    assertThat(log()).content().contains("folder inside: False");
  }

  private static String userRustup() {
    return System.getenv().getOrDefault("RUSTUP_HOME", "");
  }
}
