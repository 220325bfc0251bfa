package io.github.wheelmirror.selection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.Version;
import java.util.Arrays;
import java.util.Optional;

/** An installer of a known version; only such can be constructed. */
public sealed interface Tool {

  /** The rules that it applies on a target. */
  Selector on(SelectionTarget target);

  /**
   * Reads {@code pip-26.3}, {@code uv-0.13.9} or {@code uv-0.13.9-unsafe-best-match}; a space may
   * stand for a dash, and {@code pip} or {@code uv} alone for the newest whose rules are known.
   *
   * @throws MirrorException (input) for a tool or version whose rules are not known; it names those
   *     that are
   */
  @JsonCreator
  static Tool parse(String text) {
    String[] parts = text.strip().replace(' ', '-').split("-", 3);
    if (parts.length == 1 && parts[0].equals("pip")) {
      return new Pip(PipRules.NEWEST);
    }
    if (parts.length == 1 && parts[0].equals("uv")) {
      return new Uv(UvRules.NEWEST, IndexStrategy.FIRST_INDEX);
    }
    if (parts[0].equals("pip") && parts.length == 2) {
      return new Pip(version(text, parts[1]));
    }
    if (parts[0].equals("uv") && parts.length > 1) {
      String strategy = parts.length == 2 ? IndexStrategy.FIRST_INDEX.toString() : parts[2];
      return new Uv(
          version(text, parts[1]),
          Arrays.stream(IndexStrategy.values())
              .filter(each -> each.toString().equals(strategy))
              .findFirst()
              .orElseThrow(() -> unknown(text, "uv has no index strategy '" + strategy + "'")));
    }
    throw unknown(text, "it is not a known installer with a version");
  }

  private static Version version(String tool, String text) {
    Optional<Version> version = Version.tryParse(text);
    return version.orElseThrow(() -> unknown(tool, "'" + text + "' is not a version"));
  }

  private static MirrorException unknown(String tool, String why) {
    return MirrorException.input(
        "The rules of '" + tool + "' are not known",
        why,
        "name one of "
            + PipRules.KNOWN
            + " or "
            + UvRules.KNOWN
            + ", such as pip-26.3, uv-0.13.9"
            + " or uv-0.13.9-"
            + IndexStrategy.UNSAFE_BEST_MATCH);
  }

  /**
   * pip.
   *
   * @param version one that {@link PipRules} knows
   */
  record Pip(Version version) implements Tool {
    /** Checks. */
    public Pip {
      if (PipRules.of(version).isEmpty()) {
        throw unknown("pip-" + version, "only " + PipRules.KNOWN + " is known");
      }
    }

    @Override
    public Selector on(SelectionTarget target) {
      return new PipSelector(this, PipRules.of(version).orElseThrow(), target);
    }

    @JsonValue
    @Override
    public String toString() {
      return "pip-" + version;
    }
  }

  /**
   * uv.
   *
   * @param version one that {@link UvRules} knows
   */
  record Uv(Version version, IndexStrategy strategy) implements Tool {
    /** Checks. */
    public Uv {
      if (UvRules.of(version).isEmpty()) {
        throw unknown("uv-" + version, "only " + UvRules.KNOWN + " is known");
      }
    }

    @Override
    public Selector on(SelectionTarget target) {
      return new UvSelector(this, UvRules.of(version).orElseThrow(), target);
    }

    @JsonValue
    @Override
    public String toString() {
      return "uv-" + version + (strategy == IndexStrategy.FIRST_INDEX ? "" : "-" + strategy);
    }
  }
}
