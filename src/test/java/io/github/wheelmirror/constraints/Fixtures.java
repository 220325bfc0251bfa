package io.github.wheelmirror.constraints;

import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Targets and files for tests. */
final class Fixtures {

  static final String FILE = "upper-constraints.txt";

  private Fixtures() {}

  /** A target of Debian 12 with CPython 3.{@code minor}. */
  static Target cpython(int minor) {
    MarkerEnvironment environment =
        new MarkerEnvironment(
            "cpython",
            "3." + minor + ".1",
            "posix",
            "x86_64",
            "CPython",
            "6.1.0-18-amd64",
            "Linux",
            "#1 SMP",
            "3." + minor + ".1",
            "3." + minor,
            "linux");
    return target("debian-12-x86_64/cp3" + minor, environment);
  }

  static Target target(String id, MarkerEnvironment environment) {
    TargetId name = TargetId.parse(id);
    return new Target(
        name,
        environment.implementationName(),
        environment.pythonFullVersion(),
        name.python(),
        "glibc-2.36",
        environment,
        List.of(Tag.parse("py3-none-any")));
  }

  static ConstraintsFile parse(String content) {
    return ConstraintsFile.parse(
        FILE, content.getBytes(StandardCharsets.UTF_8), path -> Optional.empty());
  }
}
