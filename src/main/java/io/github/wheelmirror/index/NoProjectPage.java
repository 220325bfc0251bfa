package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What is told of a page that is none of a project. */
final class NoProjectPage {

  private static final String CHECK_URL =
      "see whether the index URL is right (it usually ends in /simple/), or tell its operator";

  private NoProjectPage() {}

  static MirrorException of(URI url, String why) {
    return of(url, why, CHECK_URL, null);
  }

  /**
   * Of one that is not what it says.
   *
   * @param exchange that was asked for it: who is shown a login page may lack a login
   */
  static MirrorException of(URI url, MalformedPageException e, HttpExchange exchange) {
    String fix =
        e instanceof LoginPageException
            ? exchange.loginFix(url) + "; else " + CHECK_URL
            : CHECK_URL;
    return of(url, String.valueOf(e.getMessage()), fix, e);
  }

  private static MirrorException of(
      URI url, String why, String fix, @Nullable MalformedPageException cause) {
    return MirrorException.machinery(SafeUrl.of(url) + " is no project page", why, fix, cause);
  }
}
