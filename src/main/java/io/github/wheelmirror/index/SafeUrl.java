package io.github.wheelmirror.index;

import java.net.URI;
import java.util.regex.Pattern;

/** A URL as it may be shown: no user, no password, no query, which may hold a signature. */
final class SafeUrl {

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#]*@");
  private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

  private SafeUrl() {}

  static String of(URI url) {
    return of(url.toString());
  }

  static String of(String url) {
    String shown = QUERY.matcher(USER_INFO.matcher(url).replaceAll("")).replaceAll("");
    return Printable.of(shown);
  }
}
