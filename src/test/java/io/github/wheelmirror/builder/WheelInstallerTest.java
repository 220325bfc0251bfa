package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class WheelInstallerTest {

  private static final String INFO = "demo-1.0.dist-info/";
  private static final String DATA = "demo-1.0.data/";
  private static final int LINK = 0120777;

  private final Path folder;
  private final Path log;

  WheelInstallerTest(@TempDir Path folder) {
    this.folder = folder;
    this.log = folder.resolve("log");
  }

  /** JUnit would warn of each environment's link to its Python. */
  @AfterEach
  void deleteEnvironments() throws IOException {
    FileTree.delete(folder);
  }

  private static Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("demo/__init__.py", "class Main:\n    def run():\n        print('ran')\n");
    members.put("demo/données, \"x\".txt", "data");
    members.put(DATA + "purelib/demo_pure.py", "x = 1\n");
    members.put(DATA + "platlib/demo_plat.py", "x = 2\n");
    members.put(DATA + "scripts/demo-script", "#!python\nimport sys\nprint(sys.prefix)\n");
    members.put(DATA + "scripts/demo-binary", "\u007fELF, said the shell\n");
    members.put(DATA + "data/share/demo/readme", "read me\n");
    members.put(DATA + "headers/demo.h", "#define DEMO\n");
    members.put(INFO + "METADATA", "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n");
    members.put(INFO + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    members.put(
        INFO + "entry_points.txt",
        "# a comment\n[console_scripts]\ndemo = demo:Main.run [extra]\n\n[other]\nx = y\n");
    return members;
  }

  private Path wheel(Map<String, String> members) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(members);
    all.putIfAbsent(
        INFO + "RECORD",
        members.keySet().stream()
            .map(one -> one.matches(".*[,\"].*") ? '"' + one.replace("\"", "\"\"") + '"' : one)
            .map(one -> one + ",,\n")
            .collect(Collectors.joining("", "", INFO + "RECORD,,\n")));
    Path file =
        Files.createDirectories(folder.resolve("links")).resolve("demo-1.0-py3-none-any.whl");
    try (OutputStream out = Files.newOutputStream(file);
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (Map.Entry<String, String> one : all.entrySet()) {
        ZipArchiveEntry entry = new ZipArchiveEntry(one.getKey());
        entry.setUnixMode(mode(one));
        zip.putArchiveEntry(entry);
        zip.write(one.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeArchiveEntry();
      }
    }
    return file;
  }

  private static int mode(Map.Entry<String, String> member) {
    if (member.getValue().startsWith("->")) {
      return LINK;
    }
    // installers differ about scripts that the archive does not make executable
    return member.getKey().startsWith(DATA + "scripts") ? 0100755 : 0100644;
  }

  private Path environment(Interpreter python, String name) throws IOException {
    Path directory = folder.resolve(name);
    Files.createDirectories(directory.getParent());
    assertThat(
            new VirtualEnvironments(Pythons.RUNNER, Pythons.PATH, folder)
                .make(python, directory, log))
        .isEmpty();
    return directory;
  }

  private static Path packages(Path environment) throws IOException {
    try (Stream<Path> found = Files.walk(environment.resolve("lib"), 2)) {
      return found.filter(one -> one.endsWith("site-packages")).findFirst().orElseThrow();
    }
  }

  private static WheelInstaller installer(Path environment) throws IOException {
    return new WheelInstaller(
        environment,
        packages(environment),
        environment.resolve("bin/python"),
        UnpackLimits.DEFAULT);
  }

  private String printed(Path directory, String... argv) {
    ProcessOutcome outcome =
        Pythons.RUNNER.run(
            Command.of(
                List.of(argv),
                directory,
                CleanEnvironment.at(directory).path(Pythons.PATH).variables()),
            new Limits(Duration.ofMinutes(1), 100_000));
    assertThat(outcome.succeeded()).as(outcome.transcript().output()).isTrue();
    return outcome.transcript().output().strip();
  }

  static Stream<Interpreter> supported() {
    return Pythons.supported().stream();
  }

  /** All files, but for those that each installer has of its own. */
  private static Map<String, Boolean> files(Path environment) throws IOException {
    try (Stream<Path> found = Files.walk(environment)) {
      Map<String, Boolean> files = new TreeMap<>();
      for (Path one : found.filter(Files::isRegularFile).toList()) {
        String name = environment.relativize(one).toString();
        if (!name.matches(".*(__pycache__/.*|/REQUESTED|/direct_url\\.json|bin/[Aa]ctivate.*)")) {
          files.put(name, Files.isExecutable(one));
        }
      }
      return files;
    }
  }

  @ParameterizedTest
  @MethodSource("supported")
  void everythingIsWherePipPutsIt(Interpreter python) throws Exception {
    Path wheel = wheel(members());
    BuildEnvironments byPip =
        new BuildEnvironments(
            folder.resolve("environments"),
            new EnvironmentMaker(Pythons.RUNNER, Pythons.with(Map.of()), Pythons.PATH, folder),
            new InstallerSettings(
                Map.of(
                    "PIP_NO_INDEX", "1",
                    "PIP_FIND_LINKS", folder.resolve("links").toString(),
                    "PIP_CONFIG_FILE", "/dev/null")),
            Duration.ofMinutes(5),
            Instant::now);
    EnvironmentResult pips =
        byPip.obtain(python, new EnvironmentContents.Wanted(List.of("demo"), List.of()), log);
    assertThat(pips).isInstanceOf(EnvironmentResult.Ready.class);
    Path theirs = ((EnvironmentResult.Ready) pips).environment().directory();
    Path ours = environment(python, "ours");

    List<String> modules = installer(ours).install(wheel);

    assertThat(files(ours)).isEqualTo(files(theirs));
    assertThat(modules)
        .containsExactlyInAnyOrder("demo/__init__.py", "demo_pure.py", "demo_plat.py");
    String listed =
        "import importlib.metadata as m\n"
            + "print(sorted(str(f) for f in m.files('demo')"
            + " if '__pycache__' not in str(f) and not str(f).endswith(('REQUESTED', 'url.json'))))";
    assertThat(printed(ours, ours.resolve("bin/python").toString(), "-c", listed))
        .isEqualTo(printed(ours, theirs.resolve("bin/python").toString(), "-c", listed));
    assertThat(printed(ours, ours.resolve("bin/demo").toString())).isEqualTo("ran");
    assertThat(printed(ours, ours.resolve("bin/demo-script").toString()))
        .isEqualTo(ours.toString());
  }

  @Test
  void scriptsRunInAFolderThatNoFirstLineCanName() throws Exception {
    Path environment = environment(Pythons.one(), "a folder" + "/x".repeat(80));

    installer(environment).install(wheel(members()));

    assertThat(printed(folder, environment.resolve("bin/demo").toString())).isEqualTo("ran");
    assertThat(printed(folder, environment.resolve("bin/demo-script").toString()))
        .isEqualTo(environment.toString());
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("../outside.py", "x", "dotted"),
        arguments("/outside.py", "x", "absolute"),
        arguments("demo\\outside.py", "x", "RECORD"),
        arguments("demo//outside.py", "x", "empty"),
        arguments("demo/link", "->/etc/passwd", "special"),
        arguments(DATA + "scripts/../../outside", "x", "dotted"),
        arguments(DATA + "scripts/python", "x", "folder or a link"),
        arguments(DATA + "elsewhere/x", "x", "unknown installation scheme"),
        arguments(DATA + "alone", "x", "no folder"),
        arguments("other-1.0.dist-info/METADATA", "x", "second .dist-info"),
        arguments(INFO + "entry_points.txt", "[console_scripts]\na/b = demo:run\n", "script"),
        arguments(INFO + "entry_points.txt", "[console_scripts]\nab = demo\n", "script"),
        arguments(INFO + "WHEEL", "Wheel-Version: 2.0\nRoot-Is-Purelib: true\n", "not 1.x"),
        arguments(INFO + "RECORD", "../x,,\n", "RECORD"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void wheelThatIsNotOneIsRefusedAndWritesNothingOutside(String name, String text, String words)
      throws IOException {
    Map<String, String> members = members();
    members.put(name, text);
    Path wheel = wheel(members);
    Path environment = environment(Pythons.one(), "env");
    Set<String> before = outside();

    assertThatThrownBy(() -> installer(environment).install(wheel))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining(words);

    assertThat(outside()).isEqualTo(before);
    assertThat(environment.resolve("bin/python")).isSymbolicLink();
  }

  private Set<String> outside() throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      Set<String> names = new TreeSet<>();
      found
          .map(one -> folder.relativize(one).toString())
          .filter(one -> !one.startsWith("env/"))
          .forEach(names::add);
      return names;
    }
  }

  @Test
  void wheelThatUnpacksToTooMuchIsRefused() throws IOException {
    Path environment = environment(Pythons.one(), "env");
    Map<String, String> members = members();
    members.put("demo/zeros", "0".repeat(10_000));
    Path wheel = wheel(members);

    for (UnpackLimits limits :
        List.of(new UnpackLimits(9_000, 100, 1_000), new UnpackLimits(1 << 20, 5, 1_000))) {
      WheelInstaller installer =
          new WheelInstaller(
              environment, packages(environment), environment.resolve("bin/python"), limits);
      assertThatThrownBy(() -> installer.install(wheel))
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessageContaining("more than");
    }
  }

  @Test
  void brokenArchiveIsRefused() throws IOException {
    Path wheel = wheel(members());
    byte[] bytes = Files.readAllBytes(wheel);
    Path environment = environment(Pythons.one(), "env");
    for (int length : List.of(0, 10, bytes.length / 2, bytes.length - 10)) {
      Files.write(wheel, java.util.Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> installer(environment).install(wheel))
          .isInstanceOf(UnsafeArchiveException.class);
    }
  }

  @Test
  void copyOfAnEnvironmentIsLikeTheFirst() throws IOException {
    VirtualEnvironments virtual = new VirtualEnvironments(Pythons.RUNNER, Pythons.PATH, folder);
    for (Interpreter python : Pythons.supported()) {
      Path first = folder.resolve("first " + python.pythonTag());
      Path second = folder.resolve("second " + python.pythonTag());
      assertThat(virtual.make(python, first, log)).isEmpty();
      assertThat(virtual.make(python, second, log)).isEmpty();

      assertThat(shape(second)).isEqualTo(shape(first));
      assertThat(second.resolve("pyvenv.cfg")).content().doesNotContain(first.toString());
      String prefixes = "import sys; print(sys.prefix, sys.base_prefix, sys.path[-1])";
      assertThat(printed(folder, second.resolve("bin/python").toString(), "-c", prefixes))
          .isEqualTo(
              printed(folder, first.resolve("bin/python").toString(), "-c", prefixes)
                  .replace(first.toString(), second.toString()));
    }
  }

  private static List<String> shape(Path environment) throws IOException {
    try (Stream<Path> found = Files.walk(environment)) {
      List<String> shape = new ArrayList<>();
      for (Path one : found.sorted().toList()) {
        String name = environment.relativize(one).toString();
        if (!name.matches("bin/[Aa]ctivate.*")) {
          shape.add(
              name
                  + (Files.isSymbolicLink(one)
                      ? " -> " + Files.readSymbolicLink(one)
                      : Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS) ? "/" : ""));
        }
      }
      return shape;
    }
  }
}
