package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.RequirementLocks;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ninja takes all processors unless it is told; a build has only its share. */
@Timeout(300)
class NinjaWrappersTest {

  private static final int CORES = 3;

  private static final String USES =
      """
      def before():
          import shutil, subprocess
          for command in (["ninja"], ["ninja", "-C", "a folder", "-j", "9"], ["ninja-build"], ["samu"]):
              if shutil.which(command[0]):
                  subprocess.check_call(command)
              else:
                  print("no", command[0], flush=True)
      """;

  private final Path folder;
  private final List<Pep517WheelBuilder> builders = new ArrayList<>();

  NinjaWrappersTest(@TempDir Path folder) throws IOException {
    this.folder = folder.toRealPath();
  }

  @AfterEach
  void end() throws IOException {
    builders.forEach(Pep517WheelBuilder::close);
    FileTree.delete(folder);
  }

  private static String telling(String who) {
    return "#!/bin/sh\necho \"" + who + ":$*\"\n";
  }

  private SearchPath host(List<String> programs) throws IOException {
    Path own = Files.createDirectory(folder.resolve("host's programs"));
    for (String name : programs) {
      Files.writeString(own.resolve(name), telling("host " + name));
      Files.setPosixFilePermissions(
          own.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    // without what this host may have
    Path links = Files.createDirectory(folder.resolve("links"));
    for (Path directory : Pythons.PATH.directories()) {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          for (Path file : files.toList()) {
            String name = file.getFileName().toString();
            if (!name.matches("ninja.*|samu") && !Files.exists(links.resolve(name))) {
              Files.createSymbolicLink(links.resolve(name), file);
            }
          }
        }
      }
    }
    return new SearchPath(List.of(own, links));
  }

  private List<String> built(SearchPath path, List<String> requires) throws IOException {
    Pep517WheelBuilder builder =
        new Pep517WheelBuilder(
            Pythons.RUNNER,
            path,
            RustToolchains.NONE,
            new BuildEnvironments(
                folder.resolve("environments"),
                new EnvironmentMaker(Pythons.RUNNER, Pythons.with(Map.of()), Pythons.PATH, folder),
                new InstallerSettings(
                    Map.of(
                        "PIP_NO_INDEX", "1",
                        "PIP_FIND_LINKS", folder.resolve("wheels").toString(),
                        "PIP_CONFIG_FILE", "/dev/null")),
                Duration.ofMinutes(5),
                InstantSource.system()),
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement(String::equals),
            CompilerCache.NONE,
            PrivatePlaces.NONE);
    builders.add(builder);
    String project =
        "[build-system]\nrequires = %s\nbuild-backend = 'backend'\nbackend-path = ['tools']\n"
            .formatted(requires.stream().map(one -> "'" + one + "'").toList());
    Path sdist =
        TinySdist.of(
            folder,
            "demo",
            "1.0",
            Map.of("pyproject.toml", project, "tools/backend.py", TinySdist.BACKEND + USES));
    Path log = folder.resolve("log");
    BuildOutcome outcome =
        builder.build(
            new BuildJob(
                "demo",
                "1.0",
                sdist,
                Pythons.one(),
                List.of(),
                RequirementLocks.NONE,
                folder.resolve("work"),
                folder.resolve("out"),
                log,
                1_000_000_000,
                new BuildLimits(Duration.ofMinutes(2), 1 << 20, 0, BuildLimits.PROCESSES, 0, CORES),
                false));
    assertThat(outcome).as(Files.readString(log)).isInstanceOf(BuildOutcome.Built.class);
    return Files.readAllLines(log).stream()
        .filter(line -> line.matches("(host|environment|no)\\b.*"))
        .toList();
  }

  private void wheelWithNinja() throws IOException {
    Path wheel =
        Files.createDirectories(folder.resolve("wheels")).resolve("ninja-1.13-py3-none-any.whl");
    String info = "ninja-1.13.dist-info/";
    Map<String, String> files = new TreeMap<>();
    files.put("ninja-1.13.data/scripts/ninja", telling("environment"));
    files.put(info + "METADATA", "Metadata-Version: 2.1\nName: ninja\nVersion: 1.13\n");
    files.put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "RECORD", String.join(",,\n", files.keySet()) + ",,\n" + info + "RECORD,,\n");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(wheel)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
        entry.setUnixMode(0100755);
        zip.putArchiveEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeArchiveEntry();
      }
    }
  }

  @Test
  void ninjaOfTheHostIsToldTheShareAndWhatTheBackEndSaysComesAfterIt() throws IOException {
    assertThat(built(host(List.of("ninja", "ninja-build")), List.of()))
        .containsExactly(
            "host ninja:-j3", "host ninja:-j3 -C a folder -j 9", "host ninja-build:-j3", "no samu");
  }

  @Test
  void ninjaOfTheEnvironmentComesFirstAndIsToldTheShareToo() throws IOException {
    wheelWithNinja();

    assertThat(built(host(List.of("ninja", "samu")), List.of("ninja")))
        .containsExactly(
            "environment:-j3",
            "environment:-j3 -C a folder -j 9",
            "no ninja-build",
            "host samu:-j3");
  }

  @Test
  void hostWithoutNinjaSeemsToHaveNone() throws IOException {
    assertThat(built(host(List.of()), List.of()))
        .containsExactly("no ninja", "no ninja", "no ninja-build", "no samu");
  }
}
