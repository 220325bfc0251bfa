package io.github.wheelmirror.mojo;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.List;

/** What the overrides file holds. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NON_PRIVATE)
final class OverridesFile {
  List<OverrideParameter> overrides = List.of();
}
