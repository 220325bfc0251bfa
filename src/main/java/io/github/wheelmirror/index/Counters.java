package io.github.wheelmirror.index;

import java.util.concurrent.atomic.LongAdder;

/** Counts what went over the network. */
final class Counters {

  private final LongAdder pageRequests = new LongAdder();
  private final LongAdder notModified = new LongAdder();
  private final LongAdder downloads = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void pageRequest() {
    pageRequests.increment();
  }

  void notModified() {
    notModified.increment();
  }

  void download() {
    downloads.increment();
  }

  void bytes(long count) {
    bytes.add(count);
  }

  IndexStatistics statistics(long repeated) {
    return new IndexStatistics(
        pageRequests.sum(), notModified.sum(), downloads.sum(), repeated, bytes.sum());
  }
}
