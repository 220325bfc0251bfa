package io.github.wheelmirror.constraints;

import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Tag;
import java.util.List;

/** A platform and Python, with what markers and tags need to know about it. */
public record Target(
    TargetId id,
    String implementation,
    String fullVersion,
    String abi,
    String libc,
    MarkerEnvironment environment,
    List<Tag> tags) {
  public Target {
    tags = List.copyOf(tags);
  }
}
