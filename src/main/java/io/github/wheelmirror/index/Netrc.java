package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Secret;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The logins of a {@code .netrc} file, as requests takes them from Python's {@code netrc} module.
 *
 * <p>Where that module refuses the whole file, what is no entry is passed over; and a comment ends
 * with its line, also where that module would go on in it.
 */
final class Netrc {

  private static final String DEFAULT = "default";
  private static final Set<String> ENDS = Set.of("", "machine", DEFAULT, "macdef");

  private final Map<String, Credentials> byHost;

  private Netrc(Map<String, Credentials> byHost) {
    this.byHost = byHost;
  }

  /** Reads the file's text. */
  static Netrc parse(String text) {
    return new Netrc(new Reader(text.replace("\r\n", "\n").replace('\r', '\n')).entries());
  }

  /** The entry of the host, else the default entry; an entry without any word is none. */
  Optional<Credentials> of(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String plain = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    return Optional.ofNullable(byHost.getOrDefault(plain, byHost.get(DEFAULT)))
        .filter(Credentials::isPresent);
  }

  /** Reads words: between white space or double quotes, with a backslash before any character. */
  private static final class Reader {

    private final String text;
    private int position;

    Reader(String text) {
      this.text = text;
    }

    /** By name; the last one of a name counts. */
    Map<String, Credentials> entries() {
      Map<String, Credentials> entries = new HashMap<>();
      String word = word();
      while (!word.isEmpty()) {
        boolean named = word.equals("machine");
        if (named || word.equals(DEFAULT)) {
          String name = named ? word() : DEFAULT;
          word = entry(name, entries);
        } else {
          passOver(word);
          word = word();
        }
      }
      return entries;
    }

    /** Adds it; the word that ends it. */
    private String entry(String name, Map<String, Credentials> entries) {
      String login = "";
      String account = "";
      String password = "";
      String word = word();
      while (!ENDS.contains(word)) {
        switch (word) {
          case "login", "user" -> login = word();
          case "account" -> account = word();
          case "password" -> password = word();
          default -> passOver(word);
        }
        word = word();
      }
      entries.put(
          name, new Credentials("", login.isEmpty() ? account : login, new Secret(password)));
      return word;
    }

    /** A comment with the rest of its line, a macro with all its lines. */
    private void passOver(String word) {
      if (word.startsWith("#") && text.charAt(position - 1) != '\n') {
        skipTo("\n");
      } else if (word.equals("macdef")) {
        String unused = word();
        if (!text.startsWith("\n", position)) {
          skipTo("\n\n");
        } else {
          position++;
        }
      }
    }

    private void skipTo(String end) {
      int found = text.indexOf(end, position);
      position = found < 0 ? text.length() : found + end.length();
    }

    /** The next word, and the white space or quote behind it; empty at the end. */
    private String word() {
      while (position < text.length() && isSpace(text.charAt(position))) {
        position++;
      }
      boolean quoted = text.startsWith("\"", position);
      position += quoted ? 1 : 0;
      StringBuilder word = new StringBuilder();
      while (position < text.length()) {
        char c = text.charAt(position++);
        if (quoted ? c == '"' : isSpace(c)) {
          break;
        }
        if (c != '\\') {
          word.append(c);
        } else if (position < text.length()) {
          word.append(text.charAt(position++));
        }
      }
      return word.toString();
    }

    private static boolean isSpace(char c) {
      return c == ' ' || c == '\t' || c == '\n';
    }
  }
}
