package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.WrongSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which snapshots a region keeps.
 *
 * @param releases how many different snapshots of each channel, counted from the one that is served
 * @param keepFor for how long after it was served last
 * @param pinned ids, or their first digits, that are kept for as long as they are named
 * @param grace for how long after it was served last, whatever else is said: clients may still
 *     install from it; and for how long files stay that no snapshot lists any more
 * @param maxDeleteRatio how much of all wheels may go in one run, from 0 to 1
 */
public record Retention(
    int releases, Duration keepFor, List<String> pinned, Duration grace, double maxDeleteRatio) {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");

  /** Why a snapshot stays. */
  public enum Reason {
    /** It is served. */
    CURRENT,
    /** It was served before: a rollback leads there. */
    PREVIOUS,
    /** A run is about to release it. */
    BEING_RELEASED,
    /** It is named. */
    PINNED,
    /** It is one of the last so many. */
    LAST,
    /** It was served not long ago. */
    YOUNG,
    /** Clients may still use it. */
    GRACE,
    /** It does not stay. */
    NONE;

    @JsonValue
    @Override
    public String toString() {
      return EnumText.of(this);
    }
  }

  /**
   * What becomes of a snapshot.
   *
   * @param unused since when nobody was led to it, an ISO instant; {@code ""} for one that is
   *     served
   */
  public record Fate(String slug, String snapshot, Reason reason, String unused) {

    /** Whether it stays. */
    public boolean isKept() {
      return reason != Reason.NONE;
    }
  }

  /**
   * A snapshot that a region holds.
   *
   * @param arrived when its folder came, for one that was never released
   */
  public record Held(String snapshot, Instant arrived) {}

  /** Checks. */
  public Retention {
    Objects.requireNonNull(keepFor);
    pinned = pinned.stream().map(String::strip).toList();
    WrongSettings wrong = new WrongSettings();
    for (String id : pinned) {
      if (!ID.matcher(id).matches()) {
        wrong.note(
            MirrorException.input(
                "the pinned snapshot '" + id + "' is none",
                "it is not eight or more digits of an id",
                "give ids as goal status shows them, as <pinned>"));
      }
    }
    if (releases < 1) {
      wrong.note(
          MirrorException.input(
              releases + " releases cannot be kept",
              "the one that is served always stays",
              "give a number from 1 up as <keepReleases>"));
    }
    if (keepFor.isNegative() || grace.isNegative()) {
      wrong.note(
          MirrorException.input(
              "a time to keep is negative",
              "it counts from when a snapshot was served last",
              "give numbers from 0 up as <keepDays> and <graceHours>"));
    }
    if (!(maxDeleteRatio >= 0 && maxDeleteRatio <= 1)) {
      wrong.note(
          MirrorException.input(
              "the part of all wheels that may go is " + maxDeleteRatio,
              "it is a number from 0 (none) to 1 (all)",
              "give such a number as <maxDeleteRatio>, like 0.25"));
    }
    wrong.refuse();
  }

  /**
   * Decides on the snapshots of one channel.
   *
   * @param history its releases, oldest first
   * @param previous what was served before
   * @param beingReleased those that a run relies on
   * @return in the order of {@code held}
   */
  public List<Fate> decide(
      String slug,
      List<Held> held,
      List<Release> history,
      Optional<String> previous,
      Set<String> beingReleased,
      Instant now) {
    Set<String> last = last(history);
    List<Fate> fates = new ArrayList<>();
    for (Held one : held) {
      String id = one.snapshot();
      Optional<Instant> unused = unused(one, history);
      Reason reason =
          unused.isEmpty()
              ? Reason.CURRENT
              : previous.equals(Optional.of(id))
                  ? Reason.PREVIOUS
                  : beingReleased.contains(id)
                      ? Reason.BEING_RELEASED
                      : pinned.stream().anyMatch(id::startsWith)
                          ? Reason.PINNED
                          : last.contains(id) ? Reason.LAST : byAge(unused.get(), now);
      fates.add(new Fate(slug, id, reason, unused.map(Instant::toString).orElse("")));
    }
    return fates;
  }

  /**
   * Those of {@link #pinned} that name none of these snapshots: nobody would keep what is meant.
   */
  public List<String> pinnedWithout(Collection<String> snapshots) {
    return pinned.stream()
        .filter(id -> snapshots.stream().noneMatch(snapshot -> snapshot.startsWith(id)))
        .toList();
  }

  /** A clock that was put back removes nothing. */
  private Reason byAge(Instant unused, Instant now) {
    if (now.isBefore(unused.plus(grace))) {
      return Reason.GRACE;
    }
    return now.isBefore(unused.plus(keepFor)) ? Reason.YOUNG : Reason.NONE;
  }

  private Set<String> last(List<Release> history) {
    Set<String> last = new LinkedHashSet<>();
    for (int i = history.size() - 1; i >= 0 && last.size() < releases; i--) {
      last.add(history.get(i).snapshot());
    }
    return last;
  }

  /** When it was replaced last; nothing for the one that is served. */
  private static Optional<Instant> unused(Held held, List<Release> history) {
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i).snapshot().equals(held.snapshot())) {
        return i == history.size() - 1
            ? Optional.empty()
            : Optional.of(Instant.parse(history.get(i + 1).released()));
      }
    }
    return Optional.of(held.arrived());
  }

  /** Whether a file that no snapshot lists since then may go. */
  public boolean isOver(Instant unlisted, Instant now) {
    return !now.isBefore(unlisted.plus(grace));
  }
}
