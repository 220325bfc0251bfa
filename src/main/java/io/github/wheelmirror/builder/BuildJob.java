package io.github.wheelmirror.builder;

import io.github.wheelmirror.build.BuildOverride;
import io.github.wheelmirror.build.RequirementLocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One sdist to make a wheel of.
 *
 * @param name and {@code version}: the pin, which the wheel must agree with
 * @param sdist a file whose name tells its format
 * @param buildConstraints lines of a constraints file for the build requirements
 * @param locks what the build requirements are locked to
 * @param override what it has that other builds have not; its constraints are among the others
 * @param workDirectory for this build's own folder, which is always the same for the same pin and
 *     Python, since C compilers write it into their files
 * @param outputDirectory gets the wheel and nothing else
 * @param log is appended to
 * @param sourceDateEpoch seconds since 1970, the time stamp of what is made
 * @param limits how far it may go
 * @param fresh whether nothing may be used that earlier builds of the project left
 */
public record BuildJob(
    String name,
    String version,
    Path sdist,
    Interpreter interpreter,
    List<String> buildConstraints,
    RequirementLocks locks,
    BuildOverride override,
    Path workDirectory,
    Path outputDirectory,
    Path log,
    long sourceDateEpoch,
    BuildLimits limits,
    boolean fresh) {

  private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+!-]*");

  public BuildJob {
    buildConstraints = List.copyOf(buildConstraints);
    if (!FOLDER_NAME.matcher(name).matches() || !FOLDER_NAME.matcher(version).matches()) {
      throw new IllegalArgumentException("not a pin: " + name + " " + version);
    }
  }

  /** Without an override. */
  public BuildJob(
      String name,
      String version,
      Path sdist,
      Interpreter interpreter,
      List<String> buildConstraints,
      RequirementLocks locks,
      Path workDirectory,
      Path outputDirectory,
      Path log,
      long sourceDateEpoch,
      BuildLimits limits,
      boolean fresh) {
    this(
        name,
        version,
        sdist,
        interpreter,
        buildConstraints,
        locks,
        BuildOverride.NONE,
        workDirectory,
        outputDirectory,
        log,
        sourceDateEpoch,
        limits,
        fresh);
  }

  /** Appends a line to the log. */
  void note(String line) throws IOException {
    Path folder = log.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        log,
        line + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The name of this build's own folder. */
  String folderName() {
    return name + "-" + version + "-" + interpreter.pythonTag();
  }
}
