package io.github.wheelmirror.builder;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Where pip takes build requirements from, and how it gets there. Environment variables, never
 * arguments: every user of the machine sees a program's arguments, and a URL may hold a password.
 *
 * @param variables names and values as pip reads them, or what it has to build
 */
public record InstallerSettings(Map<String, String> variables) {

  /** What changes what pip finds; the others only change how it gets there. */
  private static final Set<String> WHERE =
      Set.of("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX");

  private static final Pattern LOGIN = Pattern.compile("(?<=://)[^/@\\s]+@");

  public InstallerSettings {
    variables = Map.copyOf(variables);
  }

  /** What tells environments apart that were made with different settings; a new token does not. */
  String identity() {
    Map<String, String> where = new TreeMap<>(variables);
    where.keySet().retainAll(WHERE);
    where.replaceAll((name, value) -> LOGIN.matcher(value).replaceAll(""));
    return where.toString();
  }

  /** The text without the passwords: a pip before 19 prints the URLs of find-links as they are. */
  String withoutLogins(String text) {
    String shown = text;
    for (String value : variables.values()) {
      for (MatchResult login : LOGIN.matcher(value).results().toList()) {
        shown = shown.replace("://" + login.group(), "://****@");
      }
    }
    return shown;
  }

  /** The names alone. */
  @Override
  public String toString() {
    return new TreeMap<>(variables).keySet().toString();
  }
}
