package io.github.wheelmirror.git;

import java.util.Objects;

/**
 * User name and password (or token) for one Git server; never printed.
 *
 * @param username the user name; empty together with the password means no credentials
 * @param password the password or token
 */
public record GitCredentials(String username, String password) {

  /** Nothing to show to the server. */
  public static final GitCredentials NONE = new GitCredentials("", "");

  public GitCredentials {
    Objects.requireNonNull(username);
    Objects.requireNonNull(password);
  }

  /** Whether there is nothing to show. */
  public boolean isNone() {
    return username.isEmpty() && password.isEmpty();
  }

  @Override
  public String toString() {
    return isNone() ? "none" : "****";
  }
}
