package io.github.wheelmirror.report;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.PlanState;

/** The state of a pin on a target, of an outcome or, before a build, of a plan or a wish. */
public enum PinState {
  /** An earlier own build serves it. */
  REUSED(true),
  /** A copy of upstream's wheel serves it. */
  MIRRORED(true),
  /** An own build serves it. */
  BUILT(true),
  /** Upstream serves it. */
  UPSTREAM(true),
  /** A plan takes an earlier own build. */
  REUSE(false),
  /** A plan copies upstream's wheel. */
  MIRROR(false),
  /** A plan builds it. */
  BUILD(false),
  /** A branch wants it; no more is known. */
  WANTED(false),
  /** Its marker does not hold there. */
  NOT_APPLICABLE(false),
  /** The configuration leaves it out. */
  EXCLUDED(false),
  /** Nothing can serve it. */
  UNSATISFIABLE(false),
  /** Its download or build failed. */
  FAILED(false);

  private final boolean served;

  PinState(boolean served) {
    this.served = served;
  }

  /** That of an outcome; each has one of the same name. */
  public static PinState of(Outcome outcome) {
    return EnumText.parse(PinState.class, outcome.label());
  }

  /** That of a plan; each has one of the same name. */
  public static PinState of(PlanState state) {
    return EnumText.parse(PinState.class, state.label());
  }

  /** Whether a client finds the pin. */
  boolean isServed() {
    return served;
  }

  /** Whether it counts for the coverage. */
  boolean isWanted() {
    return this != NOT_APPLICABLE && this != EXCLUDED;
  }

  /** What so many pins in this state are of the coverage. */
  public Share share(int pins) {
    return isWanted() ? new Share(served ? pins : 0, pins) : Share.NONE;
  }

  /** Whether somebody has to do something. */
  boolean isLacking() {
    return this == FAILED || this == UNSATISFIABLE;
  }

  /** As in files, such as {@code not-applicable}. */
  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }

  /** What it means, {@code ""} where more than that is told. */
  String meaning() {
    return switch (this) {
      case REUSED -> "an own build of an earlier run";
      case MIRRORED -> "upstream's own wheel, byte for byte";
      case BUILT -> "an own build";
      case UPSTREAM -> "upstream serves it";
      case REUSE -> "an own build is there";
      case MIRROR -> "upstream's wheel will be copied";
      case BUILD -> "its sdist will be built";
      case WANTED -> "nothing is planned yet";
      default -> "";
    };
  }

  /** What a reader sees. */
  String words() {
    return switch (this) {
      case REUSE -> "to reuse";
      case MIRROR -> "to mirror";
      case BUILD -> "to build";
      case NOT_APPLICABLE -> "n/a";
      default -> toString();
    };
  }
}
