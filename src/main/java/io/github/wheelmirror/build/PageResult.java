package io.github.wheelmirror.build;

import io.github.wheelmirror.MirrorException;
import java.util.Objects;

/** How asking for one project's page ended. */
public sealed interface PageResult {

  /**
   * The page.
   *
   * @throws MirrorException the failure, if it is one
   */
  ProjectPage orThrow();

  /** All locations answered. */
  record Found(ProjectPage page) implements PageResult {
    public Found {
      Objects.requireNonNull(page);
    }

    @Override
    public ProjectPage orThrow() {
      return page;
    }
  }

  /** At least one location could not be read, so nothing is known about the project. */
  record Failed(MirrorException failure) implements PageResult {
    public Failed {
      Objects.requireNonNull(failure);
    }

    @Override
    public ProjectPage orThrow() {
      throw failure;
    }
  }
}
