package io.github.wheelmirror;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure in words for a person: what happened, why, and how to fix it.
 *
 * <p>Domain and adapters throw it; the {@code mojo} package turns it into Maven's exceptions in one
 * place.
 */
public class MirrorException extends RuntimeException {

  /** Whose fault it is: decides which of Maven's two exceptions is thrown. */
  public enum Kind {
    /** The input is bad: a constraint, a pin, a parameter. */
    INPUT,
    /** The machinery broke: no network, no interpreter, no space. */
    MACHINERY
  }

  private final Kind kind;
  private final String what;
  private final String why;
  private final String fix;

  public MirrorException(
      Kind kind, String what, String why, String fix, @Nullable Throwable cause) {
    super(what + ": " + why, cause);
    this.kind = Objects.requireNonNull(kind);
    this.what = Objects.requireNonNull(what);
    this.why = Objects.requireNonNull(why);
    this.fix = Objects.requireNonNull(fix);
  }

  /** The input is bad. */
  public static MirrorException input(String what, String why, String fix) {
    return new MirrorException(Kind.INPUT, what, why, fix, null);
  }

  /** The machinery broke. */
  public static MirrorException machinery(
      String what, String why, String fix, @Nullable Throwable cause) {
    return new MirrorException(Kind.MACHINERY, what, why, fix, cause);
  }

  /** Which side is at fault. */
  public Kind kind() {
    return kind;
  }

  /** What happened, naming branch, pin, file or URL; no full stop. */
  public String what() {
    return what;
  }

  /** Why it happened. */
  public String why() {
    return why;
  }

  /** What the person can do about it. */
  public String fix() {
    return fix;
  }
}
