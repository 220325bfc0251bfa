package io.github.wheelmirror.tree;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.build.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Removes wheels from a {@link Wheelhouse}.
 *
 * <p>Other runs may need some of them. A lock that every run holds to its end would keep a busy
 * host, which needs the room most, from ever removing anything. So a run marks what it needs
 * ({@link Wheelhouse#use}) when it has found it there, and marks it again while it lasts; what was
 * marked lately is not removed. Looking and marking exclude removing by a lock of a moment, so
 * nothing goes between a run's look and its mark.
 */
public final class WheelCollection implements Store {

  /** A mark may be a day old and still in use; a run takes no more than a day to mark again. */
  public static final Duration GRACE = WheelMarks.AGAIN.plus(Duration.ofDays(1));

  private final Wheelhouse wheelhouse;
  private SortedSet<String> locks = new TreeSet<>();

  /** What can be removed from this wheelhouse. */
  public WheelCollection(Wheelhouse wheelhouse) {
    this.wheelhouse = wheelhouse;
  }

  private record Entry(String sha256, long bytes, Instant used) {}

  /** How a wheelhouse was brought down to its limit, or not. */
  public record Trimmed(Amount removed, Amount left) {}

  @Override
  public Collected collect(Order order) {
    try {
      if (order.dryRun()) {
        return collected(order);
      }
      try (ExclusiveLock alone = wheelhouse.alone()) {
        Objects.requireNonNull(alone);
        return collected(order);
      }
    } catch (IOException e) {
      throw wheelhouse.unusable(e);
    }
  }

  private Collected collected(Order order) throws IOException {
    Amount removed = Amount.NONE;
    Amount kept = Amount.NONE;
    SortedSet<String> needed = new TreeSet<>();
    for (Entry entry : entries()) {
      if (order.covers(entry.used())) {
        removed = removed.plus(entry.bytes());
        if (!order.dryRun()) {
          wheelhouse.remove(entry.sha256());
        }
      } else {
        kept = kept.plus(entry.bytes());
        wheelhouse
            .notes()
            .byDigest(entry.sha256())
            .map(wheel -> wheel.origin())
            .filter(Origin.Built.class::isInstance)
            .map(origin -> ((Origin.Built) origin).requirements().lock())
            .filter(lock -> !lock.isEmpty())
            .ifPresent(needed::add);
      }
    }
    locks = needed;
    return new Collected("wheels", removed, kept);
  }

  /** The digests of the locks that the wheels left by {@link #collect} were built with. */
  public SortedSet<String> locks() {
    return locks;
  }

  /**
   * Removes wheels, those first that were not used for longest, until the rest fits.
   *
   * @param needed the digests of wheels that stay
   * @param now wheels that were used within {@link #GRACE} before stay
   */
  public Trimmed trim(long limitBytes, Set<String> needed, Instant now) {
    try (ExclusiveLock alone = wheelhouse.alone()) {
      Objects.requireNonNull(alone);
      List<Entry> entries = new ArrayList<>(entries());
      entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::sha256));
      long bytes = entries.stream().mapToLong(Entry::bytes).sum();
      long count = entries.size();
      Amount removed = Amount.NONE;
      for (Entry entry : entries) {
        boolean free = !needed.contains(entry.sha256()) && entry.used().isBefore(now.minus(GRACE));
        if (bytes > limitBytes && free) {
          wheelhouse.remove(entry.sha256());
          removed = removed.plus(entry.bytes());
          bytes -= entry.bytes();
          count--;
        }
      }
      return new Trimmed(removed, new Amount(count, bytes));
    } catch (IOException e) {
      throw wheelhouse.unusable(e);
    }
  }

  /** Everything of each wheel, half of one too, which a killed run may have left. */
  private List<Entry> entries() throws IOException {
    SortedSet<String> digests = new TreeSet<>(wheelhouse.notes().digests());
    digests.addAll(wheelhouse.pool().digests());
    digests.addAll(wheelhouse.marks().all());
    List<Entry> entries = new ArrayList<>();
    for (String sha256 : digests) {
      entries.add(entry(sha256));
    }
    return entries;
  }

  private Entry entry(String sha256) throws IOException {
    long bytes = 0;
    Instant changed = Instant.EPOCH;
    List<Path> files = new ArrayList<>(wheelhouse.pool().files(sha256));
    files.add(wheelhouse.notes().file(sha256));
    for (Path file : files) {
      try {
        bytes += Files.size(file);
        Instant time = Files.getLastModifiedTime(file).toInstant();
        changed = time.isAfter(changed) ? time : changed;
      } catch (NoSuchFileException e) {
        continue;
      }
    }
    return new Entry(sha256, bytes, wheelhouse.marks().used(sha256).orElse(changed));
  }
}
