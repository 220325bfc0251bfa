package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Target;
import java.util.List;
import java.util.Objects;

/**
 * Whom the wheel of a build may serve beside its own target.
 *
 * @param others the targets of the same sdist and platform that lack a wheel, as they follow
 * @param apart whether still others have a wheel that does not serve this target: one whose
 *     metadata is computed is tagged for those that it serves, so that no client of theirs takes it
 */
public record Sharing(List<Other> others, boolean apart) {

  /** Nobody else wants it. */
  public static final Sharing NONE = new Sharing(List.of(), false);

  public Sharing {
    others = List.copyOf(others);
  }

  /**
   * Another target.
   *
   * @param locks what build requirements are locked to there
   */
  public record Other(Target target, RequirementLocks locks) {
    public Other {
      Objects.requireNonNull(target);
      Objects.requireNonNull(locks);
    }
  }

  /**
   * Whom it may serve.
   *
   * @param pythons those that its metadata holds for; empty for all that its tags admit
   * @param refused why it serves fewer than its like, {@code ""} if it does not
   */
  public record Shared(List<String> pythons, String refused) {

    /** Whoever its tags admit. */
    public static final Shared WITH_ALL = new Shared(List.of(), "");

    public Shared {
      pythons = List.copyOf(pythons);
      Objects.requireNonNull(refused);
    }
  }
}
