package io.github.wheelmirror.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A local index with a synthetic file for each pin of the quickstart, of the kind the real has. */
public final class QuickstartIndex {

  private static final Set<String> COMPILED = Set.of("MarkupSafe", "PyYAML", "wrapt");
  private static final Set<String> SDIST_ONLY =
      Set.of("simplegeneric", "testresources", "pyperclip", "ncclient");

  /** What a build of netifaces prints where there is no compiler. */
  private static final String NEEDS_COMPILER =
      "raise SystemExit(\"error: command 'gcc' failed: No such file or directory\")";

  private QuickstartIndex() {}

  /** Starts an index for the constraints files in the folder. */
  public static LocalIndex start(File constraints) throws IOException {
    LocalIndex index = LocalIndex.start();
    for (String pin : pins(constraints.toPath())) {
      String[] parts = pin.split("===", 2);
      add(index, parts[0], parts[1]);
    }
    add(index, "setuptools", "80.9.0");
    return index;
  }

  private static Set<String> pins(Path folder) throws IOException {
    Set<String> pins = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          pins.add(line.split(";", 2)[0].strip());
        }
      }
    }
    return pins;
  }

  private static void add(LocalIndex index, String name, String version) {
    if (name.equals("oslo.utils")) {
      index.wheel(name, "10.1.1", "py3-none-any"); // the pin's version does not exist
    } else if (name.equals("netifaces")) {
      index.sdist(name, version, NEEDS_COMPILER);
    } else if (SDIST_ONLY.contains(name)) {
      index.sdist(name, version);
    } else if (COMPILED.contains(name)) {
      for (String python : List.of("cp39", "cp310", "cp311", "cp312", "cp313", "cp314")) {
        index.wheel(name, version, python + "-" + python + "-manylinux_2_17_x86_64");
      }
      index.sdist(name, version);
    } else {
      index.wheel(name, version, "py3-none-any");
    }
  }
}
