package io.github.wheelmirror.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The store some time later by its own clock: what a killed run held is free. */
final class LaterStore extends FaultyStore {
  private final Duration later;

  LaterStore(ObjectStore store, Duration later) {
    super(store, -1, Kind.NONE);
    this.later = later;
  }

  @Override
  public Optional<Stored> get(String key) throws IOException {
    return super.get(key)
        .map(
            there ->
                new Stored(
                    there.bytes(), there.etag(), there.modified(), there.served().plus(later)));
  }
}
