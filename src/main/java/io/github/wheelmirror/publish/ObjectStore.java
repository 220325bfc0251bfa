package io.github.wheelmirror.publish;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A bucket, or what lies below a prefix of one: port to S3 and to what tests need.
 *
 * <p>What was written is read by everybody from then on (S3 is strongly consistent). A put either
 * takes place as a whole or not at all; one that failed may have taken place. All methods throw
 * {@link ObjectStoreException} if the store does not do what it is asked for.
 */
interface ObjectStore {

  /**
   * An object in memory.
   *
   * @param etag changes with the content
   * @param modified when it was written, by the store's clock
   * @param served when it was read, by the same clock
   */
  record Stored(byte[] bytes, String etag, Instant modified, Instant served) {
    public Stored {
      Objects.requireNonNull(etag);
      Objects.requireNonNull(modified);
      Objects.requireNonNull(served);
    }
  }

  /**
   * What is known of an object without reading it.
   *
   * @param sha256 of its content; "" if the store does not tell
   */
  record Facts(long size, String sha256) {}

  /** An object in a list. */
  record Listed(String key, long size, String etag, Instant modified) {}

  /** What must be true for a put to take place. */
  record Condition(boolean absent, String etag) {
    /** Nothing. */
    static final Condition NONE = new Condition(false, "");

    /** There is no object of this key ({@code If-None-Match: *}). */
    static final Condition ABSENT = new Condition(true, "");

    /** The object is the one that was read ({@code If-Match}). */
    static Condition unchanged(Stored read) {
      return is(read.etag());
    }

    /** The object has this tag. */
    static Condition is(String etag) {
      return new Condition(false, etag);
    }
  }

  /** Where an object lies, for messages. */
  String address(String key);

  /** Reads a small object; nothing if there is none. */
  Optional<Stored> get(String key) throws IOException;

  /** Reads an object of any size. */
  InputStream open(String key) throws IOException;

  /** Nothing if there is no such object. */
  Optional<Facts> head(String key) throws IOException;

  /**
   * Writes an object; the store compares the content with its SHA-256.
   *
   * @return the new tag; nothing if the condition is not met, also by this very put when its answer
   *     was lost and it was repeated
   */
  Optional<String> put(String key, ObjectContent content, Condition condition) throws IOException;

  /**
   * Copies within the store.
   *
   * @param cacheControl of the copy
   */
  void copy(String from, String to, String cacheControl) throws IOException;

  /** All objects whose keys begin so, sorted by key. */
  List<Listed> list(String prefix) throws IOException;

  /**
   * The names up to the next slash of all keys that begin so and have one, sorted.
   *
   * @param prefix where names begin; what it holds behind its own last slash is part of the names
   */
  List<String> folders(String prefix) throws IOException;

  /** Removes objects; those that are not there are success. */
  void delete(Collection<String> keys) throws IOException;
}
