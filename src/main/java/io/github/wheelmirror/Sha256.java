package io.github.wheelmirror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 digests as 64 lower-case hexadecimal digits. */
public final class Sha256 {

  /** Digits come in no order that a processor could guess, so it is looked up and not compared. */
  private static final boolean[] DIGITS = new boolean['f' + 1];

  static {
    Arrays.fill(DIGITS, '0', '9' + 1, true);
    Arrays.fill(DIGITS, 'a', 'f' + 1, true);
  }

  private Sha256() {}

  /** A digest to feed. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The digest of the bytes. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** The digest of the file's content. */
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Whether the text is such a digest. */
  public static boolean isDigest(String text) {
    return text.length() == 64 && isHexadecimal(text);
  }

  /** Whether it has none but lower-case hexadecimal digits. */
  public static boolean isHexadecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit >= DIGITS.length || !DIGITS[digit]) {
        return false;
      }
    }
    return true;
  }
}
