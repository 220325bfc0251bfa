package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.BuildTag;
import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.Version;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a tool reads from a file's name. */
sealed interface FileName {

  /** No candidate of the project, whatever the target. */
  record Refused(Reason reason, String detail) implements FileName {}

  /** A wheel or an sdist of the project. */
  sealed interface Accepted extends FileName {

    /** Its version; null if it is not one by PEP 440 and the tool's rules may take it anyway. */
    @Nullable Version version();

    /** The version as the tool compares it with {@code ===}. */
    String versionText();
  }

  /**
   * A wheel.
   *
   * @param tags those of its tags that may be supported
   */
  record Wheel(
      @Nullable Version version, String versionText, @Nullable BuildTag buildTag, Set<Tag> tags)
      implements Accepted {
    public Wheel {
      tags = Set.copyOf(tags);
    }
  }

  /**
   * A source distribution.
   *
   * @param pythonVersion the only Python that it is for, such as {@code 2.7}; empty if any
   */
  record Sdist(
      @Nullable Version version, String versionText, String extension, String pythonVersion)
      implements Accepted {}
}
