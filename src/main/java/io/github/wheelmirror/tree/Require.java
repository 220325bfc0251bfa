package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;

/** Checks of record components; what fails here is a programming error or a damaged file. */
final class Require {

  private Require() {}

  static String digest(String text, String what) {
    if (!Sha256.isDigest(text)) {
      throw new IllegalArgumentException(what + " is not a sha256: " + text);
    }
    return text;
  }

  static long size(long size, String what) {
    if (size < 0) {
      throw new IllegalArgumentException("the size of " + what + " is " + size);
    }
    return size;
  }

  static String notBlank(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    return text;
  }

  static void schema(int found, int known, String what) {
    if (found != known) {
      throw new IllegalArgumentException(
          what + " has schema version " + found + ", this plugin knows " + known);
    }
  }
}
