package io.github.wheelmirror.builder;

import io.github.wheelmirror.build.LockedWheel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts locked wheels, with their bytecode, into an environment that has nothing yet. */
final class LockedInstallation {

  private final Interpreter interpreter;
  private final Bytecode bytecode;
  private final Path scratch;
  private final Path log;

  /**
   * @param scratch a folder for it alone, removed in the end
   * @param log is appended to when a wheel is refused
   */
  LockedInstallation(Interpreter interpreter, Bytecode bytecode, Path scratch, Path log) {
    this.interpreter = interpreter;
    this.bytecode = bytecode;
    this.scratch = scratch;
    this.log = log;
  }

  /**
   * Whether all are installed now; what is refused here may be known to pip, in a new environment.
   *
   * @param files those of the wheels, in the same order
   */
  boolean isDone(BuildEnvironment made, List<LockedWheel> wheels, List<Path> files)
      throws IOException {
    Optional<Path> packages = packages(made);
    if (packages.isEmpty()) {
      return false;
    }
    WheelInstaller installer =
        new WheelInstaller(made.directory(), packages.get(), made.python(), UnpackLimits.DEFAULT);
    List<Bytecode.Installed> installed = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      try {
        List<String> sources = installer.install(files.get(i));
        installed.add(new Bytecode.Installed(wheels.get(i).hash(), sources));
      } catch (UnsafeArchiveException e) {
        Files.writeString(
            log,
            "%s is left to pip: %s%n".formatted(files.get(i).getFileName(), e.getMessage()),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        return false;
      }
    }
    bytecode.fill(interpreter, packages.get(), installed, scratch);
    FileTree.delete(scratch);
    return true;
  }

  private static Optional<Path> packages(BuildEnvironment made) throws IOException {
    try (Stream<Path> found = Files.walk(made.directory().resolve("lib"), 2)) {
      List<Path> all =
          found.filter(one -> one.endsWith("site-packages") && Files.isDirectory(one)).toList();
      return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }
  }
}
