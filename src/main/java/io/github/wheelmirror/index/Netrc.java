package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Secret;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The passwords of a {@code .netrc} file, as Python's {@code netrc} module understands it. */
final class Netrc {

  private static final String DEFAULT = "";

  private final Map<String, Credentials> byHost;

  private Netrc(Map<String, Credentials> byHost) {
    this.byHost = byHost;
  }

  /** Reads the file's text; what is no entry is passed over, as requests does. */
  static Netrc parse(String text) {
    Map<String, Credentials> byHost = new LinkedHashMap<>();
    ArrayDeque<String> words = words(text);
    while (!words.isEmpty()) {
      String word = words.remove();
      if (word.equals("machine") && !words.isEmpty()) {
        byHost.putIfAbsent(words.remove(), entry(words));
      } else if (word.equals("default")) {
        byHost.putIfAbsent(DEFAULT, entry(words));
      }
    }
    return new Netrc(byHost);
  }

  /** The entry of the host, else the default entry. */
  Optional<Credentials> of(String host) {
    return Optional.ofNullable(byHost.getOrDefault(host, byHost.get(DEFAULT)));
  }

  private static Credentials entry(ArrayDeque<String> words) {
    String login = "";
    String password = "";
    while (words.size() >= 2) {
      String key = words.element();
      if (key.equals("login") || key.equals("user")) {
        words.remove();
        login = words.remove();
      } else if (key.equals("password")) {
        words.remove();
        password = words.remove();
      } else if (key.equals("account")) {
        words.remove();
        words.remove();
      } else {
        break;
      }
    }
    return new Credentials("", login, new Secret(password));
  }

  private static ArrayDeque<String> words(String text) {
    ArrayDeque<String> words = new ArrayDeque<>();
    boolean macro = false;
    for (String line : text.split("\\R", -1)) {
      String plain = line.strip();
      if (plain.isEmpty()) {
        macro = false;
      }
      if (plain.isEmpty() || plain.startsWith("#") || macro) {
        continue;
      }
      if (plain.startsWith("macdef")) {
        macro = true;
        continue;
      }
      Arrays.stream(plain.split("\\s+")).map(Netrc::unquoted).forEach(words::add);
    }
    return words;
  }

  private static String unquoted(String word) {
    boolean quoted = word.length() >= 2 && word.startsWith("\"") && word.endsWith("\"");
    return quoted ? word.substring(1, word.length() - 1) : word;
  }
}
