package io.github.wheelmirror.build;

import io.github.wheelmirror.MirrorException;
import java.nio.file.Path;
import java.util.List;

/** Port: the kept locks, as one build on one target sees them. Safe for threads. */
public interface RequirementLocks {

  /** Locks nothing. */
  RequirementLocks NONE =
      new RequirementLocks() {
        @Override
        public LockResult lock(List<String> requirements, boolean bySetuptools) {
          return new LockResult.NotLocked(LockResult.Reason.NOT_ASKED, "locks are not used");
        }

        @Override
        public List<Path> wheels(BuildLock lock) {
          throw new IllegalStateException("locks are not used");
        }
      };

  /**
   * The lock for these requirements: a kept one, else a new one.
   *
   * @param bySetuptools whether setuptools builds
   * @throws MirrorException if the index cannot be read
   */
  LockResult lock(List<String> requirements, boolean bySetuptools);

  /**
   * The files of a lock on this machine, fetched if they are not there, their hashes checked.
   *
   * @throws MirrorException if one cannot be had any more
   */
  List<Path> wheels(BuildLock lock);
}
