package io.github.wheelmirror.build;

import io.github.wheelmirror.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What tells the bytes of a remote file apart from others, as {@code algorithm:hex}. */
final class StrongHash {

  private static final List<String> ORDER = List.of("sha256", "sha512", "sha384");

  private StrongHash() {}

  /**
   * The file's sha256, or the next best. For a file of a location that is trusted without hashes
   * {@code url:} and the sha256 of its URL.
   */
  static String of(RemoteFile file) {
    for (String algorithm : ORDER) {
      String hex = file.hashes().get(algorithm);
      if (hex != null) {
        return algorithm + ":" + hex;
      }
    }
    return "url:" + Sha256.of(file.url().getBytes(StandardCharsets.UTF_8));
  }
}
