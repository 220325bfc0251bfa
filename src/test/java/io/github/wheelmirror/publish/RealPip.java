package io.github.wheelmirror.publish;

import io.github.wheelmirror.clients.Programs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pip of this machine's Python, with nothing of its configuration and no cache.
 *
 * @param python itself and no shim, which would write to a folder of the PATH after each run
 */
record RealPip(Path python) {
  private static final Pattern INSTALLED = Pattern.compile("(.+)-([0-9.]+)\\.dist-info");

  /** Missing, it fails the test in CI and skips it elsewhere. */
  static RealPip need() throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(
                Programs.need("python3").toString(), "-c", "import sys; print(sys.executable)")
            .start();
    Path python =
        Path.of(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    Process process =
        new ProcessBuilder(python.toString(), "-I", "-m", "pip", "--version")
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    Programs.require(process.waitFor() == 0, python + " has no pip");
    return new RealPip(python);
  }

  /** Installs the projects, all at once; the versions that are there then, or an AssertionError. */
  Set<String> install(URI index, List<String> projects, Path target)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                python.toString(),
                "-I",
                "-m",
                "pip",
                "--isolated",
                "--disable-pip-version-check",
                "--no-cache-dir",
                "--no-input",
                "install",
                "--retries",
                "0",
                "--no-deps",
                "--no-compile",
                "--target",
                target.toString(),
                "--index-url",
                index.toString()));
    command.addAll(projects);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PIP_CONFIG_FILE", "/dev/null");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("pip failed with " + index + ": " + output);
    }
    Set<String> versions = new TreeSet<>();
    Set<String> installed = new TreeSet<>();
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Matcher name = INSTALLED.matcher(file.getFileName().toString());
        if (name.matches()) {
          installed.add(name.group(1));
          versions.add(name.group(2));
        }
      }
    }
    if (!installed.equals(new TreeSet<>(projects))) {
      throw new AssertionError("pip installed " + installed + " of " + projects);
    }
    return versions;
  }
}
