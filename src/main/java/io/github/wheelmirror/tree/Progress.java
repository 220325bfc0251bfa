package io.github.wheelmirror.tree;

/** Told how far a long step has come; may be called from any thread. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress NONE = (step, done, total) -> {};

  /**
   * One more item is done.
   *
   * @param step what is going on, a few words such as {@code copying wheels}
   * @param done finished items
   * @param total all items
   */
  void done(String step, long done, long total);
}
