package io.github.wheelmirror.build;

import java.util.List;

/** The hash of a remote file that names it, as {@code algorithm:hex}. */
final class StrongHash {

  private static final List<String> ORDER = List.of("sha256", "sha512", "sha384");

  private StrongHash() {}

  /** The file's sha256, or the next best; {@code ""} if the index gave none. */
  static String of(RemoteFile file) {
    for (String algorithm : ORDER) {
      String hex = file.hashes().get(algorithm);
      if (hex != null) {
        return algorithm + ":" + hex;
      }
    }
    return "";
  }
}
