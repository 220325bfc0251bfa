package io.github.wheelmirror.build;

import io.github.wheelmirror.Sha256;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Refuses record components that break a record's promise; a defect of the caller, not of input.
 */
final class Check {

  private Check() {}

  static String notBlank(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    return text;
  }

  static String digest(String text, String what) {
    if (!Sha256.isDigest(text)) {
      throw new IllegalArgumentException(what + " is not a sha256: " + text);
    }
    return text;
  }

  static String digestOrEmpty(String text, String what) {
    return text.isEmpty() ? text : digest(text, what);
  }

  static String filename(String text) {
    if (text.isBlank() || text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("not a file name: " + text);
    }
    return text;
  }

  static void schema(int found, int known, String what) {
    if (found != known) {
      throw new IllegalArgumentException(
          what + " has schema version " + found + ", this plugin knows " + known);
    }
  }

  static <T> List<T> sorted(Collection<T> values, Comparator<? super T> order) {
    return values.stream().sorted(order).toList();
  }
}
