package io.github.wheelmirror.publish;

import io.github.wheelmirror.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What is put into an object.
 *
 * @param source may be read more than once
 * @param size in bytes
 * @param sha256 of all bytes
 * @param mediaType the {@code Content-Type}
 * @param cacheControl the {@code Cache-Control}
 */
record ObjectContent(
    Source source, long size, String sha256, String mediaType, String cacheControl) {
  /** For what never changes. */
  static final String IMMUTABLE = "public, max-age=31536000, immutable";

  /** For what may be another the next time. */
  static final String ASK_AGAIN = "no-cache";

  ObjectContent {
    Objects.requireNonNull(source);
    Objects.requireNonNull(mediaType);
    Objects.requireNonNull(cacheControl);
    if (!Sha256.isDigest(sha256)) {
      throw new IllegalArgumentException("not a sha256: " + sha256);
    }
  }

  /** Opens the bytes. */
  @FunctionalInterface
  interface Source {
    /** All bytes from this one on. */
    InputStream open(long from) throws IOException;
  }

  /** Of bytes that may be others the next time. */
  static ObjectContent of(String key, byte[] bytes) {
    return new ObjectContent(
        from -> {
          ByteArrayInputStream in = new ByteArrayInputStream(bytes);
          in.skipNBytes(from);
          return in;
        },
        bytes.length,
        Sha256.of(bytes),
        MediaType.of(key),
        ASK_AGAIN);
  }

  /** Of a file that never changes. */
  static ObjectContent of(String key, Path file, long size, String sha256) {
    return new ObjectContent(
        from -> {
          SeekableByteChannel channel = Files.newByteChannel(file);
          channel.position(from);
          return Channels.newInputStream(channel);
        },
        size,
        sha256,
        MediaType.of(key),
        IMMUTABLE);
  }
}
