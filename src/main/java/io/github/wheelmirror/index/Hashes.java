package io.github.wheelmirror.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Several digests of the same bytes at once; sha256 always among them. */
final class Hashes {

  private static final String SHA256 = "sha256";

  private final Map<String, MessageDigest> digests = new TreeMap<>();
  private long size;

  /** Digests by the algorithm names that indexes use: {@code sha256}, {@code sha512}, … */
  Hashes(Collection<String> algorithms) {
    digests.put(SHA256, digest(SHA256));
    algorithms.forEach(algorithm -> digests.put(algorithm, digest(algorithm)));
  }

  /** Digests of a file's content. */
  static Hashes of(Path file, Collection<String> algorithms) throws IOException {
    Hashes hashes = new Hashes(algorithms);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (channel.read(buffer) >= 0) {
        hashes.update(buffer.flip());
        buffer.clear();
      }
    }
    return hashes;
  }

  /** Takes the bytes without moving the buffer's position. */
  void update(ByteBuffer bytes) {
    size += bytes.remaining();
    digests.values().forEach(digest -> digest.update(bytes.duplicate()));
  }

  /** Bytes so far. */
  long size() {
    return size;
  }

  /** The digests by algorithm, lower-case hexadecimal; begins anew. */
  Map<String, String> finish() {
    Map<String, String> all = new TreeMap<>();
    digests.forEach(
        (algorithm, digest) -> all.put(algorithm, HexFormat.of().formatHex(digest.digest())));
    size = 0;
    return all;
  }

  private static MessageDigest digest(String algorithm) {
    String javaName = algorithm.toUpperCase(Locale.ROOT).replace("SHA", "SHA-");
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + javaName, e);
    }
  }
}
