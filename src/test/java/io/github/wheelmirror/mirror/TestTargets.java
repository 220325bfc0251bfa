package io.github.wheelmirror.mirror;

import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.Interpreter;
import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Platform;
import io.github.wheelmirror.python.TagRules;

/** Targets that need no Python. */
final class TestTargets {

  static final String SLUG = "debian-12-x86_64";

  private TestTargets() {}

  static Target cpython(String python) {
    return cpython(SLUG, python);
  }

  static Target cpython(String slug, String python) {
    int minor = Integer.parseInt(python.substring("cp3".length()));
    return new Target(
        new TargetId(slug, python),
        "cpython",
        "3." + minor + ".1",
        python,
        "glibc 2.36",
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
            "linux"),
        CompatibleTags.of(
                Interpreter.cpython(3, minor),
                new Platform.Glibc(2, 36, "x86_64"),
                TagRules.PACKAGING_26_3)
            .tags());
  }
}
