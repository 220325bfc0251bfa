package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Copies a file of which the size and the digest are known, and no more than that. */
final class CheckedCopy {
  private final String sha256;
  private final long size;
  private final MessageDigest digest = Sha256.digest();
  private String found = "";
  private long bytes;

  CheckedCopy(String sha256, long size) {
    this.sha256 = sha256;
    this.size = size;
  }

  /** Copies until the end, or until it is too long to be the file. */
  void copy(InputStream in, OutputStream out, int chunk) throws IOException {
    byte[] buffer = new byte[chunk];
    for (int read = in.read(buffer); read >= 0 && bytes <= size; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
      bytes += read;
    }
    found = HexFormat.of().formatHex(digest.digest());
  }

  /** Whether what was copied is the file. */
  boolean isWhole() {
    return bytes == size && found.equals(sha256);
  }

  /** What it is instead. */
  String words() {
    return bytes == size
        ? "its sha256 is " + found + " instead of " + sha256
        : "it has "
            + (bytes > size ? "more than " + size : bytes + " instead of " + size)
            + " bytes";
  }
}
