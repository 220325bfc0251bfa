package io.github.wheelmirror.builder;

import io.github.wheelmirror.build.LockedWheel;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What goes into a build environment. */
sealed interface EnvironmentContents {

  /** What tells it from other contents, but for the indexes. */
  String identity();

  /** Whether there is nothing to install. */
  boolean isEmpty();

  /**
   * These very files.
   *
   * @param files fetches them, in the order of the wheels
   */
  record Locked(List<LockedWheel> wheels, Supplier<List<Path>> files)
      implements EnvironmentContents {
    public Locked {
      wheels = List.copyOf(wheels);
    }

    @Override
    public String identity() {
      List<String> files =
          wheels.stream()
              .map(wheel -> wheel.file().filename() + " " + wheel.hash())
              .sorted()
              .toList();
      return "locked " + files;
    }

    @Override
    public boolean isEmpty() {
      return wheels.isEmpty();
    }
  }

  /**
   * What an installer finds for these.
   *
   * @param requirements PEP 508 strings
   * @param constraints lines of a constraints file
   */
  record Wanted(List<String> requirements, List<String> constraints)
      implements EnvironmentContents {
    public Wanted {
      requirements = List.copyOf(requirements);
      constraints = List.copyOf(constraints);
    }

    @Override
    public String identity() {
      return new TreeSet<>(requirements) + "\n" + new TreeSet<>(constraints);
    }

    @Override
    public boolean isEmpty() {
      return requirements.isEmpty();
    }
  }
}
