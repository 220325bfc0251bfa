package io.github.wheelmirror.publish;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The store as one run sees it: at one of its requests something goes wrong. */
class FaultyStore implements ObjectStore {
  private final ObjectStore store;
  private final int which;
  private final Kind kind;
  private final List<String> calls = new ArrayList<>();
  private boolean halted;

  /** What goes wrong. */
  enum Kind {
    /** Nothing. */
    NONE,
    /** The server says that it cannot now, often enough. */
    REFUSED,
    /** It is done, and the answer is lost. */
    ANSWER_LOST,
    /** Another object is there than the condition says. */
    CONDITION,
    /** The JVM ends before the request. */
    HALTED_BEFORE,
    /** The JVM ends after it. */
    HALTED_AFTER
  }

  /** The JVM is no more; nothing that catches exceptions goes on. */
  static final class Halt extends Error {
    private static final long serialVersionUID = 1;

    Halt() {
      super("halted");
    }
  }

  /**
   * @param which the number of the request, from 0
   */
  FaultyStore(ObjectStore store, int which, Kind kind) {
    this.store = store;
    this.which = which;
    this.kind = kind;
  }

  /** All requests so far. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Work of the store. */
  private interface Request<T> {
    T run() throws IOException;
  }

  private synchronized <T> T call(String what, Request<T> request) throws IOException {
    if (halted) {
      throw new Halt();
    }
    boolean now = calls.size() == which;
    calls.add(what);
    if (now && kind == Kind.REFUSED) {
      throw new ObjectStoreException("the server answers 503 SlowDown", "wait", null);
    }
    halted = now && (kind == Kind.HALTED_BEFORE || kind == Kind.HALTED_AFTER);
    if (now && kind == Kind.HALTED_BEFORE) {
      throw new Halt();
    }
    T result = request.run();
    if (now && kind == Kind.HALTED_AFTER) {
      throw new Halt();
    }
    if (now && kind == Kind.ANSWER_LOST) {
      throw new IOException("connection reset");
    }
    return result;
  }

  @Override
  public String address(String key) {
    return store.address(key);
  }

  @Override
  public Optional<Stored> get(String key) throws IOException {
    return call("get " + key, () -> store.get(key));
  }

  @Override
  public InputStream open(String key) throws IOException {
    return call("open " + key, () -> store.open(key));
  }

  @Override
  public Optional<Facts> head(String key) throws IOException {
    return call("head " + key, () -> store.head(key));
  }

  @Override
  public Optional<String> put(String key, ObjectContent content, Condition condition)
      throws IOException {
    return call(
        "put " + key,
        () ->
            kind == Kind.CONDITION && calls.size() == which + 1 && !condition.equals(Condition.NONE)
                ? Optional.empty()
                : store.put(key, content, condition));
  }

  @Override
  public void copy(String from, String to, String cacheControl) throws IOException {
    call(
        "copy " + to,
        () -> {
          store.copy(from, to, cacheControl);
          return "";
        });
  }

  @Override
  public List<Listed> list(String prefix) throws IOException {
    return call("list " + prefix, () -> store.list(prefix));
  }

  @Override
  public List<String> folders(String prefix) throws IOException {
    return call("folders " + prefix, () -> store.folders(prefix));
  }

  @Override
  public void delete(Collection<String> keys) throws IOException {
    call(
        "delete " + keys,
        () -> {
          store.delete(keys);
          return "";
        });
  }
}
