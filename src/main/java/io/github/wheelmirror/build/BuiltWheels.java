package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import java.util.List;
import java.util.Optional;

/** Port: the local wheelhouse as the planner sees it. */
public interface BuiltWheels {

  /** The wheel that a build with this key made. */
  Optional<WheelFile> byKey(String buildKey);

  /** The file names of all wheels of the pin, built or mirrored, in any order. */
  List<String> filenames(Pin pin);
}
