package io.github.wheelmirror;

import java.util.Objects;

/** A user's name and password of one server; prints no password. */
public record Credentials(String username, Secret password) {
  public Credentials {
    Objects.requireNonNull(username);
    Objects.requireNonNull(password);
  }
}
