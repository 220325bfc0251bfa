package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.DistributionIndex;
import io.github.wheelmirror.build.LockRequest;
import io.github.wheelmirror.build.LockResolver;
import io.github.wheelmirror.build.LockResult;
import io.github.wheelmirror.build.LockedWheel;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.build.RequirementLocks;
import io.github.wheelmirror.constraints.Target;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The locks of one run: the kept one of each question, else the base release's, else a new one that
 * is kept from then on. Safe for threads, and for several runs over one store.
 */
final class KeptLocks {

  private final LockStore store;
  private final InstantSource clock;
  private final DistributionIndex index;
  private final LockResolver resolver;
  private final Function<String, Optional<BuildLock>> released;
  private final Map<String, LockResult> known = new ConcurrentHashMap<>();

  /**
   * The locks.
   *
   * @param released the base release's lock for a key
   * @param clock for the times of last use
   */
  KeptLocks(
      LockStore store,
      DistributionIndex index,
      Function<String, Optional<BuildLock>> released,
      InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.index = index;
    this.resolver =
        new LockResolver(
            index::project,
            new IndexedDescriptions(file -> store.fetched(file, index, clock.instant())));
    this.released = released;
  }

  /** As one build on one target sees them. */
  RequirementLocks of(BuildWork work, Target target) {
    return new RequirementLocks() {
      @Override
      public LockResult lock(List<String> requirements, boolean bySetuptools) {
        return KeptLocks.this.lock(
            new LockRequest(
                requirements,
                bySetuptools,
                work.buildConstraints(),
                target,
                work.asOf(target.id()),
                work.lockGeneration(),
                index.identity()));
      }

      @Override
      public List<Path> wheels(BuildLock lock) {
        List<Path> files = new ArrayList<>();
        lock.wheels().forEach(wheel -> files.add(fetched(wheel)));
        return files;
      }
    };
  }

  private LockResult lock(LockRequest request) {
    String key = request.key();
    LockResult before = known.get(key);
    if (before != null) {
      return before;
    }
    return Alone.with(
        store.running(key),
        "locks build requirements",
        () -> {
          LockResult result =
              Optional.ofNullable(known.get(key))
                  .or(() -> store.byKey(key, clock.instant()).map(LockResult.Locked::new))
                  .orElseGet(() -> kept(request, key));
          known.put(key, result);
          return result;
        });
  }

  private LockResult kept(LockRequest request, String key) {
    LockResult result =
        released
            .apply(key)
            .<LockResult>map(LockResult.Locked::new)
            .orElseGet(() -> resolver.resolve(request));
    if (result instanceof LockResult.Locked locked) {
      store.keep(locked.lock());
    }
    return result;
  }

  private Path fetched(LockedWheel wheel) {
    RemoteFile file = wheel.file();
    try {
      return store.fetched(file, index, clock.instant());
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      throw new MirrorException(
          e.kind(),
          "the locked build requirement " + file.filename() + " cannot be had",
          e.what() + ": " + e.why(),
          e.fix() + "; if it is gone for good, lock others with -Dwheel-mirror.build.updateLock",
          e);
    }
  }
}
