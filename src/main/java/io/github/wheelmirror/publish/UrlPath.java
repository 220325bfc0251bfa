package io.github.wheelmirror.publish;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request's path, decoded into names that each stay within their folder.
 *
 * @param names the names, none empty, dotted away or with a separator inside
 * @param folder whether the path ended in a slash
 */
record UrlPath(List<String> names, boolean folder) {

  UrlPath {
    names = List.copyOf(names);
  }

  /** Reads a raw path; nothing if any part could lead out of the tree or name a hidden file. */
  static Optional<UrlPath> parse(String raw) {
    if (!raw.startsWith("/")) {
      return Optional.empty();
    }
    String[] parts = raw.substring(1).split("/", -1);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      if (last && parts[i].isEmpty()) {
        return Optional.of(new UrlPath(names, true));
      }
      Optional<String> name = decode(parts[i]).filter(UrlPath::harmless);
      if (name.isEmpty()) {
        return Optional.empty();
      }
      names.add(name.get());
    }
    return Optional.of(new UrlPath(names, false));
  }

  private static boolean harmless(String name) {
    return !name.isEmpty()
        && !name.startsWith(".")
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7f);
  }

  private static Optional<String> decode(String part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c > 0x7e) {
        return Optional.empty();
      }
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      if (i + 2 >= part.length()) {
        return Optional.empty();
      }
      int high = Character.digit(part.charAt(i + 1), 16);
      int low = Character.digit(part.charAt(i + 2), 16);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
