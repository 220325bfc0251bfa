package io.github.wheelmirror.mirror;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.tree.BuildRecords;
import io.github.wheelmirror.tree.OldFiles;
import io.github.wheelmirror.tree.Store;
import io.github.wheelmirror.tree.WheelCollection;
import io.github.wheelmirror.tree.Wheelhouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Removes from the cache what no run has used for long.
 *
 * <p>Builds and other cleanings may run at the same time: what was used in the last two days stays,
 * see {@link WheelCollection}, and what has a lock is removed only while it is held. To remove more
 * than that this must be the only run with the cache.
 */
public final class CleanWheelhouse {

  private final Path cache;
  private final List<Store> others;
  private final Duration lockTimeout;
  private final MirrorLog log;
  private final Clock clock;
  private final Wheelhouse wheelhouse;

  /**
   * What to remove.
   *
   * @param unusedFor what was not used for as long
   * @param all everything, used or not
   * @param dryRun only tell, change nothing
   */
  public record Settings(Duration unusedFor, boolean all, boolean dryRun) {
    public Settings {
      if (unusedFor.isNegative()) {
        throw MirrorException.input(
            "<unusedFor> is " + unusedFor.toDays(),
            "nothing was last used in the future",
            "give a number of days from 0 up");
      }
    }

    private boolean isCautious() {
      return !all && unusedFor.compareTo(WheelCollection.GRACE) >= 0;
    }

    private Instant unusedSince(Instant now) {
      return all ? Instant.MAX : now.minus(unusedFor);
    }
  }

  /**
   * A cleaning.
   *
   * @param others what is kept besides by adapters
   * @param lockTimeout how long other runs are waited for, where there must be none
   */
  public CleanWheelhouse(
      Path cache, List<Store> others, Duration lockTimeout, MirrorLog log, Clock clock) {
    this.cache = cache;
    this.others = List.copyOf(others);
    this.lockTimeout = lockTimeout;
    this.log = log;
    this.clock = clock;
    this.wheelhouse = new Wheelhouse(cache.resolve("wheelhouse"), log::warning);
  }

  /**
   * Cleans, and tells what went.
   *
   * @throws MirrorException (machinery) if something cannot be removed, or another run must end
   *     first
   */
  public void run(Settings settings) {
    log.begins("clean-wheelhouse");
    if (!Files.isDirectory(cache)) {
      log.note("there is no cache " + cache + ", nothing to remove");
    } else if (settings.dryRun() || settings.isCautious()) {
      clean(settings);
    } else {
      try (ExclusiveLock alone = new CacheLock(cache, lockTimeout, log).alone()) {
        Objects.requireNonNull(alone);
        clean(settings);
      }
    }
  }

  private void clean(Settings settings) {
    Store.Order order = new Store.Order(settings.unusedSince(clock.instant()), settings.dryRun());
    if (!settings.dryRun()) {
      wheelhouse.tidy();
    }
    List<Store.Collected> collected = new ArrayList<>();
    for (Store store : stores()) {
      collected.add(store.collect(order));
    }
    log.collected(cache.toString(), collected, settings.dryRun());
  }

  /** In this order: what is left of one says what is needed of the next. */
  private List<Store> stores() {
    Path house = wheelhouse.root();
    WheelCollection wheels = new WheelCollection(wheelhouse);
    Sdists sdists = new Sdists(cache.resolve("sdists"));
    LockStore locks = new LockStore(cache.resolve("locks"), cache.resolve("build-wheels"));
    List<Store> stores = new ArrayList<>();
    stores.add(wheels);
    stores.add(new BuildRecords(wheelhouse));
    stores.add(
        new OldFiles(
            "unfinished downloads", house.resolve("downloads"), name -> !name.endsWith(".lock")));
    stores.add(
        new OldFiles(
            "remembered failures",
            house.resolve("failures"),
            name -> name.matches("[0-9a-f]{64}\\.(json|log)")));
    stores.add(
        new OldFiles(
            "history of builds", house.resolve("history"), name -> name.endsWith(".json")));
    stores.add(
        new OldFiles(
            "answers of Pythons",
            cache.resolve("interpreters"),
            name -> name.matches("[0-9a-f]{64}\\.json")));
    stores.add(sdists.store());
    stores.add(locks.locks(wheels::locks));
    stores.add(locks.wheels());
    stores.addAll(others);
    return stores;
  }
}
