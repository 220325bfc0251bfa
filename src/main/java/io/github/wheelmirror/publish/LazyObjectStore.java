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
 *
 * <p>One that does not answer the first time is not asked again: each step of a run would wait as
 * long. One that ever answered is asked again after whatever failure.
 */
final class LazyObjectStore implements ObjectStore {
  private final S3Settings settings;
  private final HostNetwork network;
  private @Nullable ObjectStore store;
  private volatile boolean answered;
  private volatile @Nullable ObjectStoreException silence;

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

  /** A request to the store. */
  @FunctionalInterface
  private interface Request<T> {
    T of(ObjectStore store) throws IOException;
  }

  private <T> T ask(Request<T> request) throws IOException {
    ObjectStoreException before = silence;
    if (before != null && !answered) {
      throw new ObjectStoreException(
          before.getMessage() + "; it was not asked again by this run", before.fix(), before);
    }
    try {
      T answer = request.of(store());
      answered = true;
      return answer;
    } catch (ObjectStoreException e) {
      if (S3Errors.isUnanswered(e)) {
        silence = e;
      } else if (S3Errors.isAnswered(e)) {
        answered = true;
      }
      throw e;
    }
  }

  @Override
  public String address(String key) {
    return settings.address(key);
  }

  @Override
  public Optional<Stored> get(String key) throws IOException {
    return ask(there -> there.get(key));
  }

  @Override
  public InputStream open(String key) throws IOException {
    return ask(there -> there.open(key));
  }

  @Override
  public Optional<Facts> head(String key) throws IOException {
    return ask(there -> there.head(key));
  }

  @Override
  public Optional<String> put(String key, ObjectContent content, Condition condition)
      throws IOException {
    return ask(there -> there.put(key, content, condition));
  }

  @Override
  public void copy(String from, String to, String cacheControl) throws IOException {
    ask(
        there -> {
          there.copy(from, to, cacheControl);
          return to;
        });
  }

  @Override
  public List<Listed> list(String prefix) throws IOException {
    return ask(there -> there.list(prefix));
  }

  @Override
  public List<String> folders(String prefix) throws IOException {
    return ask(there -> there.folders(prefix));
  }

  @Override
  public void delete(Collection<String> keys) throws IOException {
    ask(
        there -> {
          there.delete(keys);
          return keys;
        });
  }
}
