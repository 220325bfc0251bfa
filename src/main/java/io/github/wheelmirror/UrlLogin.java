package io.github.wheelmirror;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Logins in URLs of a text; the time it takes is linear in the length of the text. */
public final class UrlLogin {

  private static final String BEGIN = "://";

  /** What pip replaces; its name is no secret. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z0-9_]+\\}");

  private UrlLogin() {}

  /** From behind the two slashes to the last at sign before the path: a password may have one. */
  private record Place(int begin, int end) {}

  private static List<Place> places(String text) {
    List<Place> places = new ArrayList<>();
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
      int begin = at + BEGIN.length();
      int sign = -1;
      int i = begin;
      for (; i < text.length() && text.charAt(i) != '/' && !isBlank(text.charAt(i)); i++) {
        if (text.charAt(i) == '@') {
          sign = i;
        }
      }
      if (sign >= 0) {
        places.add(new Place(begin, sign));
      }
      // the colon before the path may begin the next one
      at = i - 2;
    }
    return places;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** The text with {@code ****} in place of what stands before the host of a URL. */
  public static String hidden(String text) {
    StringBuilder hidden = new StringBuilder();
    int done = 0;
    for (Place place : places(text)) {
      hidden.append(text, done, place.begin()).append("****");
      done = place.end();
    }
    return hidden.append(text, done, text.length()).toString();
  }

  /**
   * Whether a URL of the text has a secret before its host: more than the names of environment
   * variables, and for ssh more than a user, which is no secret there.
   */
  public static boolean isIn(String text) {
    for (Place place : places(text)) {
      String login = text.substring(place.begin(), place.end());
      String named = VARIABLE.matcher(login).replaceAll("");
      boolean secret = !named.isEmpty() && !named.equals(":");
      if (secret && (!isSsh(text, place) || named.contains(":"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSsh(String text, Place place) {
    return text.startsWith("ssh", place.begin() - BEGIN.length() - 3);
  }
}
