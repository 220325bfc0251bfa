package io.github.wheelmirror.index;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * A name and password for one server; never printed.
 *
 * @param serverId where the person wrote it down: the {@code <server>} of settings.xml; empty if it
 *     came with a URL or from {@code .netrc}
 */
public record Credentials(String serverId, String username, String password) {

  /** No credentials. */
  public static final Credentials NONE = new Credentials("", "", "");

  public Credentials {
    Objects.requireNonNull(serverId);
    Objects.requireNonNull(username);
    Objects.requireNonNull(password);
  }

  /** Those before the {@code @} of a URL, if any; a name alone is a token without password. */
  static Optional<Credentials> of(URI url) {
    String userInfo = url.getRawUserInfo();
    if (userInfo == null || userInfo.isEmpty()) {
      return Optional.empty();
    }
    int colon = userInfo.indexOf(':');
    String name = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return Optional.of(
        new Credentials("", LinkResolver.decoded(name), LinkResolver.decoded(password)));
  }

  boolean isPresent() {
    return !username.isEmpty() || !password.isEmpty();
  }

  @Override
  public String toString() {
    return isPresent() ? "Credentials[" + serverId + " ****]" : "Credentials[none]";
  }
}
