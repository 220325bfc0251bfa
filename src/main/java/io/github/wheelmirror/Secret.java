package io.github.wheelmirror;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A password or token that prints {@code ****}; only {@link #reveal} gives the text. */
public final class Secret {

  private final String text;

  /** Hides the text. */
  public Secret(String text) {
    this.text = Objects.requireNonNull(text);
  }

  /** The text itself, for the one place that sends it. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && text.equals(secret.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "****";
  }
}
