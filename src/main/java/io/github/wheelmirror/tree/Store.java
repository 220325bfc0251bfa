package io.github.wheelmirror.tree;

import java.time.Instant;
import java.util.Objects;

/** A kind of files in the cache that can be made again, so that unused ones can be removed. */
public interface Store {

  /**
   * Removes what was not used lately, and what killed runs left of it. Other runs may use the store
   * at the same time; whoever is killed in here leaves a store that can be used and collected.
   *
   * @throws io.github.wheelmirror.MirrorException (machinery) if the files cannot be read or
   *     removed
   */
  Collected collect(Order order);

  /**
   * What to remove.
   *
   * @param unusedSince what was last used before this; {@link Instant#MAX} for all
   * @param dryRun whether it is only counted, and nothing changes
   */
  record Order(Instant unusedSince, boolean dryRun) {
    public Order {
      Objects.requireNonNull(unusedSince);
    }

    /** Whether what was last used then is to be removed. */
    public boolean covers(Instant used) {
      return used.isBefore(unusedSince);
    }
  }

  /**
   * What was removed of one kind.
   *
   * @param kind for a person, like {@code wheels}
   */
  record Collected(String kind, Amount removed, Amount kept) {
    public Collected {
      Objects.requireNonNull(kind);
    }
  }

  /** So many things with so many bytes. */
  record Amount(long count, long bytes) {

    /** Nothing. */
    public static final Amount NONE = new Amount(0, 0);

    /** This, and one more of so many bytes. */
    public Amount plus(long more) {
      return new Amount(count + 1, bytes + more);
    }
  }
}
