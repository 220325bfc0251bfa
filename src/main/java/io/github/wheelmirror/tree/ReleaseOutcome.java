package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What came of a run that verifies or releases: {@code outcome.json}, for CI, which sees of Maven
 * only that it failed. The same snapshot, served everywhere, has the same outcome whichever run
 * released it.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param outcome the worst of all
 * @param channels by slug
 * @param heldBranches those whose last good pins are carried over, or that are left out
 */
public record ReleaseOutcome(
    int schemaVersion, State outcome, List<ChannelOutcome> channels, List<String> heldBranches) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 2;

  /** From good to bad. */
  public enum State {
    /** Every region serves it. */
    RELEASED,
    /** It may be released, and not every region serves it. */
    VERIFIED,
    /** As one of these, but some branch is held. */
    HELD,
    /** A channel may not be released. */
    BLOCKED;

    /** Reads what {@link #toString} wrote. */
    @JsonCreator
    public static State parse(String text) {
      return EnumText.parse(State.class, text);
    }

    @JsonValue
    @Override
    public String toString() {
      return EnumText.of(this);
    }
  }

  /**
   * What came of a channel.
   *
   * @param outcome never {@link State#HELD}
   * @param errors how many problems block it
   * @param warnings how many problems do not, without those that are of no consequence
   * @param notChecked how often an installer should have been asked and was not
   */
  public record ChannelOutcome(
      String slug, String snapshot, State outcome, int errors, int warnings, int notChecked) {

    public ChannelOutcome {
      TreeLayout.slug(slug);
      Require.digest(snapshot, "a snapshot's id");
      Objects.requireNonNull(outcome);
    }

    /**
     * Of what was verified.
     *
     * @param served whether every region serves it
     */
    public static ChannelOutcome of(VerifiedChannel channel, boolean served) {
      State good = served ? State.RELEASED : State.VERIFIED;
      int errors = channel.errors().size();
      return new ChannelOutcome(
          channel.slug(),
          channel.snapshot(),
          channel.releasable() ? good : State.BLOCKED,
          errors,
          (int)
              channel.problems().stream()
                  .filter(problem -> problem.severity() == Severity.WARNING)
                  .count(),
          channel.notChecked());
    }
  }

  public ReleaseOutcome {
    Require.schema(schemaVersion, SCHEMA_VERSION, "an outcome");
    Objects.requireNonNull(outcome);
    channels = channels.stream().sorted(Comparator.comparing(ChannelOutcome::slug)).toList();
    heldBranches = heldBranches.stream().sorted().toList();
  }

  /** Of these channels and branches. */
  public static ReleaseOutcome of(List<ChannelOutcome> channels, List<String> heldBranches) {
    State worst =
        Stream.concat(
                channels.stream().map(ChannelOutcome::outcome),
                heldBranches.stream().map(branch -> State.HELD))
            .max(Comparator.naturalOrder())
            .orElse(State.VERIFIED);
    return new ReleaseOutcome(SCHEMA_VERSION, worst, channels, heldBranches);
  }

  /** How many channels ended so. */
  public long count(State state) {
    return channels.stream().filter(channel -> channel.outcome() == state).count();
  }
}
