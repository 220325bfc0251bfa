package io.github.wheelmirror.mojo;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An {@code <override>} of the configuration, or of the overrides file under the same names: what
 * the builds of some pins have that others have not.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NON_PRIVATE)
public class OverrideParameter {
  @Nullable String pin;
  Map<String, String> environment = Map.of();
  List<String> buildRequirements = List.of();
  List<String> buildConstraints = List.of();
  List<String> configSettings = List.of();
  List<File> patches = List.of();
  List<String> systemPackages = List.of();
}
