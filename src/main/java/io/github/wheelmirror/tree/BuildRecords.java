package io.github.wheelmirror.tree;

import io.github.wheelmirror.ExclusiveLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Which builds made the wheels of a {@link Wheelhouse}; of use only as long as a wheel is there.
 */
public final class BuildRecords implements Store {

  private final Wheelhouse wheelhouse;

  /** Those of this wheelhouse. */
  public BuildRecords(Wheelhouse wheelhouse) {
    this.wheelhouse = wheelhouse;
  }

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
    for (String key : wheelhouse.notes().keys()) {
      Path note = wheelhouse.notes().build(key);
      try {
        long bytes = Files.size(note);
        // one that was just written may precede its wheel
        if (order.covers(Files.getLastModifiedTime(note).toInstant()) && !hasWheel(key, order)) {
          removed = removed.plus(bytes);
          if (!order.dryRun()) {
            Files.deleteIfExists(note);
          }
        } else {
          kept = kept.plus(bytes);
        }
      } catch (NoSuchFileException e) {
        continue;
      }
    }
    return new Collected("build records", removed, kept);
  }

  /** Whether the wheel is there, and would be after a dry run. */
  private boolean hasWheel(String key, Order order) throws IOException {
    var record = wheelhouse.notes().byKey(key);
    if (record.isEmpty()) {
      return false;
    }
    String sha256 = record.get().sha256();
    List<Path> files = wheelhouse.pool().files(sha256);
    return !files.isEmpty()
        && !(order.dryRun()
            && wheelhouse.marks().used(sha256).filter(used -> !order.covers(used)).isEmpty());
  }
}
