package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real Pythons of this host: without any, tests fail in CI and are skipped elsewhere. */
final class Pythons {

  static final ProcessRunner RUNNER = ProcessRunner.create();
  static final SearchPath PATH = SearchPath.withSystem(System.getenv().getOrDefault("PATH", ""));
  static final Path HOME = Path.of(System.getProperty("user.home"));

  static final PythonAnswers ANSWERS = PythonAnswers.of(() -> RUNNER, HOME, PATH);

  private static final Interpreters ALL = with(Map.of());

  private Pythons() {}

  static Interpreters with(Map<String, Path> configured) {
    return new Interpreters(new TargetProbe(ANSWERS), PATH, HOME, configured);
  }

  /** All that builds are made for, newest first, one of each minor version. */
  static List<Interpreter> supported() {
    Map<String, Interpreter> byTag = new LinkedHashMap<>();
    ALL.all().stream()
        .filter(one -> one.facts().version().get(0) == 3 && one.facts().version().get(1) >= 8)
        .forEach(one -> byTag.putIfAbsent(one.pythonTag(), one));
    check(!byTag.isEmpty());
    return List.copyOf(byTag.values());
  }

  static Interpreter one() {
    return supported().get(0);
  }

  private static void check(boolean found) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as("a CPython 3.8 or later is needed").isTrue();
    }
    assumeTrue(found, "a CPython 3.8 or later is needed");
  }
}
