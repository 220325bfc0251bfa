package io.github.wheelmirror.index;

import java.net.URI;
import java.util.regex.Pattern;

/** A URL as it may be shown: no user, no password, no query, which may hold a signature. */
final class SafeUrl {

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#]*@");

  /** A password with characters that it must not have: no host ends where its port begins so. */
  private static final Pattern BROKEN_USER_INFO =
      Pattern.compile("(?<=://)[^/?#@:\\[]*:(?!\\d*(?:[/?#]|$))[^/?#@]*[/?#].*@", Pattern.DOTALL);

  private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

  private SafeUrl() {}

  static String of(URI url) {
    return of(url.toString());
  }

  static String of(String url) {
    String open = BROKEN_USER_INFO.matcher(url).replaceAll("");
    open = USER_INFO.matcher(open).replaceAll("");
    return Printable.of(QUERY.matcher(open).replaceAll(""));
  }
}
