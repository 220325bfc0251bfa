package io.github.wheelmirror.mojo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@code <exclude>} of the configuration: a pin that is not mirrored, and why. */
public class ExcludeParameter {
  @Nullable String pin;
  @Nullable String reason;
  @Nullable String expires;
  List<String> branches = List.of();
  List<String> pythons = List.of();
}
