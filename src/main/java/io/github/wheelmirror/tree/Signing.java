package io.github.wheelmirror.tree;

import java.util.Objects;
import java.util.Optional;

/**
 * Who signs what is released, and whose signatures count.
 *
 * @param key nothing if releases are not signed here
 */
public record Signing(Optional<SigningKey> key, TrustedKeys trusted) {
  /** Nothing is signed, and nothing is asked for. */
  public static final Signing NONE = new Signing(Optional.empty(), TrustedKeys.NONE);

  public Signing {
    Objects.requireNonNull(key);
    Objects.requireNonNull(trusted);
  }
}
