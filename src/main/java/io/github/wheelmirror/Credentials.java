package io.github.wheelmirror;

import java.util.Objects;

/**
 * A name and password (or token) for one server; never printed.
 *
 * @param serverId where the person wrote it down: the {@code <server>} of settings.xml; empty if it
 *     came with a URL or from {@code .netrc}
 * @param username the user name; empty together with the password means no credentials
 * @param password the password; empty if the name alone is a token
 */
public record Credentials(String serverId, String username, Secret password) {

  /** Nothing to show to a server. */
  public static final Credentials NONE = new Credentials("", "", new Secret(""));

  public Credentials {
    Objects.requireNonNull(serverId);
    Objects.requireNonNull(username);
    Objects.requireNonNull(password);
  }

  /** Whether there is anything to show. */
  public boolean isPresent() {
    return !username.isEmpty() || !password.reveal().isEmpty();
  }

  @Override
  public String toString() {
    return isPresent() ? (serverId + " ****").strip() : "none";
  }
}
