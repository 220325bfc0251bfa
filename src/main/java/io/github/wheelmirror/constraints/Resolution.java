package io.github.wheelmirror.constraints;

import java.util.List;
import java.util.Objects;

/**
 * What the mirror is asked to hold: every distinct pin once, with the branches and targets that
 * want it. All lists are sorted, so equal input gives equal resolutions.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param source the repository, without secrets
 * @param file the constraints file's path in it
 * @param targets the platforms and Pythons
 * @param refs every ref of the repository and whether it is mirrored
 * @param branches the chosen branches and what came of them
 * @param pins the pins
 * @param unconstrained projects that are pinned on other targets only
 */
public record Resolution(
    int schemaVersion,
    String source,
    String file,
    List<Target> targets,
    List<RefDecision> refs,
    List<ResolvedBranch> branches,
    List<WantedPin> pins,
    List<UnconstrainedProjects> unconstrained) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 2;

  /**
   * Sorts all lists.
   *
   * @throws IllegalArgumentException if it is of another schema version
   */
  public Resolution {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "a resolution of schema version " + schemaVersion + ", not " + SCHEMA_VERSION);
    }
    Objects.requireNonNull(source);
    Objects.requireNonNull(file);
    targets = targets.stream().sorted().toList();
    refs = refs.stream().sorted().toList();
    branches = branches.stream().sorted().toList();
    pins = pins.stream().sorted().toList();
    unconstrained = unconstrained.stream().sorted().toList();
  }
}
