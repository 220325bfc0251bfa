package io.github.wheelmirror.mojo;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <buildConstraint>} of the configuration: lines or a file, and a day, for some branches.
 */
public class BuildConstraintsParameter {
  List<String> branches = List.of();
  @Nullable String asOf;
  List<String> lines = List.of();
  @Nullable File file;

  /** Called by Maven for {@code <buildConstraint>setuptools<82</buildConstraint>}. */
  public void set(String line) {
    this.lines = List.of(line);
  }
}
