package io.github.wheelmirror;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Logins in URLs of a text. */
public final class UrlLogin {

  /** Up to the last at sign before the path: a password may have one. */
  private static final Pattern LOGIN = Pattern.compile("([A-Za-z0-9+.-]*)://([^/\\s]*)@");

  /** What pip replaces; its name is no secret. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z0-9_]+\\}");

  private UrlLogin() {}

  /** The text with {@code ****} in place of what stands before the host of a URL. */
  public static String hidden(String text) {
    return LOGIN.matcher(text).replaceAll("$1://****@");
  }

  /**
   * Whether a URL of the text has a secret before its host: more than the names of environment
   * variables, and for ssh more than a user, which is no secret there.
   */
  public static boolean isIn(String text) {
    Matcher login = LOGIN.matcher(text);
    while (login.find()) {
      String named = VARIABLE.matcher(login.group(2)).replaceAll("");
      boolean secret = !named.isEmpty() && !named.equals(":");
      if (secret && (!login.group(1).contains("ssh") || named.contains(":"))) {
        return true;
      }
    }
    return false;
  }
}
