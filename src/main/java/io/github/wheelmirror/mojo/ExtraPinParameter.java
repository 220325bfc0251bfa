package io.github.wheelmirror.mojo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@code <extraPin>} of the configuration: {@code name===version}, or its parts. */
public class ExtraPinParameter {
  @Nullable String pin;
  List<String> branches = List.of();
  List<String> pythons = List.of();

  /** Called by Maven for {@code <extraPin>name===version</extraPin>}. */
  public void set(String pin) {
    this.pin = pin;
  }
}
