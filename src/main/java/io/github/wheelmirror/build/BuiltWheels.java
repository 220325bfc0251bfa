package io.github.wheelmirror.build;

import java.util.List;
import java.util.Optional;

/** Port: the local wheelhouse as the planner sees it. */
public interface BuiltWheels {

  /** The wheel that a build with this key made. */
  Optional<WheelFile> byKey(String buildKey);

  /**
   * Every wheel that is mirrored, or built by a build that is recorded; in any order. This may look
   * at each file: ask once a plan.
   */
  List<WheelFile> finished();
}
