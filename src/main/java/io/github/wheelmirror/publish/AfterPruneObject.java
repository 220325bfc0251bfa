package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.util.List;

/** The note of a bucket that {@code afterPrune} is due. */
final class AfterPruneObject implements AfterPrune.Note {
  private static final String KEY = TreeLayout.AFTER_PRUNE;

  private final BucketContext region;
  private final Runnable alone;

  /**
   * @param alone fails unless this run still is the only one that removes anything
   */
  AfterPruneObject(BucketContext region, Runnable alone) {
    this.region = region;
    this.alone = alone;
  }

  @Override
  public boolean isThere() throws IOException {
    return region.store().head(KEY).isPresent();
  }

  @Override
  public void write(byte[] words) throws IOException {
    alone.run();
    region.store().put(KEY, ObjectContent.of(KEY, words), ObjectStore.Condition.NONE);
  }

  @Override
  public void remove() throws IOException {
    // the command may have taken hours: what is there may be another run's by now
    alone.run();
    region.store().delete(List.of(KEY));
  }
}
