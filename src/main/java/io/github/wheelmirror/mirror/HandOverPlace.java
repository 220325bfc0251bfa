package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.HandOverStore;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where shards hand over what they did.
 *
 * @param folder on this host, or shared by all
 * @param store where it is copied to and from, for hosts that share no folder
 */
public record HandOverPlace(Path folder, Optional<HandOverStore> store) {
  public HandOverPlace {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(store);
  }

  /** A folder that all hosts see, or that is copied by something else. */
  public HandOverPlace(Path folder) {
    this(folder, Optional.empty());
  }

  /** Where the others look for it, for messages. */
  String shown() {
    return store.map(HandOverStore::place).orElse(folder.toString());
  }
}
