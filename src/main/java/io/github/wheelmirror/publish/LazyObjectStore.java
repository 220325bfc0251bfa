package io.github.wheelmirror.publish;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that is connected to when it is first asked for something: a run that never asks it
 * loads nothing of the client and looks for no credentials.
 */
final class LazyObjectStore implements ObjectStore {
  private final S3Settings settings;
  private final HostNetwork network;
  private @Nullable ObjectStore store;

  LazyObjectStore(S3Settings settings, HostNetwork network) {
    this.settings = settings;
    this.network = network;
  }

  private synchronized ObjectStore store() throws IOException {
    ObjectStore made = store;
    if (made == null) {
      made = S3ObjectStore.connect(settings, network);
      store = made;
    }
    return made;
  }

  @Override
  public String address(String key) {
    return settings.address(key);
  }

  @Override
  public Optional<Stored> get(String key) throws IOException {
    return store().get(key);
  }

  @Override
  public InputStream open(String key) throws IOException {
    return store().open(key);
  }

  @Override
  public Optional<Facts> head(String key) throws IOException {
    return store().head(key);
  }

  @Override
  public Optional<String> put(String key, ObjectContent content, Condition condition)
      throws IOException {
    return store().put(key, content, condition);
  }

  @Override
  public void copy(String from, String to, String cacheControl) throws IOException {
    store().copy(from, to, cacheControl);
  }

  @Override
  public List<Listed> list(String prefix) throws IOException {
    return store().list(prefix);
  }

  @Override
  public List<String> folders(String prefix) throws IOException {
    return store().folders(prefix);
  }

  @Override
  public void delete(Collection<String> keys) throws IOException {
    store().delete(keys);
  }
}
