package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.index.IndexLocation.Kind;
import java.net.URI;
import java.nio.file.Path;

/** A checked location before there is a client to read it with. */
sealed interface Place {

  Kind kind();

  /** How a program that is run elsewhere reaches it; holds its password. */
  String urlWithLogin();

  /**
   * On the web.
   *
   * @param url without credentials
   * @param unencrypted whether pip would have to be told to trust its host as it is
   */
  record Web(
      Kind kind, URI url, Credentials credentials, boolean trustUnhashed, boolean unencrypted)
      implements Place {

    @Override
    public String urlWithLogin() {
      String text = url.toString();
      if (!credentials.isPresent()) {
        return text;
      }
      String password = credentials.password().reveal();
      // without a colon that program would look into .netrc, where settings.xml has the last word
      boolean complete = !password.isEmpty() || !credentials.serverId().isEmpty();
      String login = escaped(credentials.username()) + (complete ? ":" + escaped(password) : "");
      int authority = text.indexOf("://") + 3;
      return text.substring(0, authority) + login + "@" + text.substring(authority);
    }

    private static String escaped(String text) {
      return LinkResolver.encodedPath(text).replace("/", "%2F");
    }
  }

  /**
   * On this machine.
   *
   * @param id {@code find-links:<n>} or {@code index:<n>}
   */
  record Local(Kind kind, String id, Path path) implements Place {

    @Override
    public String urlWithLogin() {
      return "file://" + LinkResolver.encodedPath(path.toAbsolutePath().toString());
    }
  }
}
