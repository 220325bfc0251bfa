package io.github.wheelmirror.constraints;

import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Tag;
import java.util.List;
import java.util.Objects;

/**
 * A platform and a Python with all that decides which pins and wheels suit it.
 *
 * @param id its name
 * @param implementation {@code cpython}, {@code pypy}
 * @param fullVersion {@code 3.12.1}
 * @param abi the ABI tag of compiled wheels, {@code cp312}
 * @param libc the C library and its version, {@code glibc-2.36}; empty if unknown
 * @param environment what markers ask about
 * @param tags the wheel tags it accepts, best first
 */
public record Target(
    TargetId id,
    String implementation,
    String fullVersion,
    String abi,
    String libc,
    MarkerEnvironment environment,
    List<Tag> tags)
    implements Comparable<Target> {

  public Target {
    Objects.requireNonNull(id);
    Objects.requireNonNull(implementation);
    Objects.requireNonNull(fullVersion);
    Objects.requireNonNull(abi);
    Objects.requireNonNull(libc);
    Objects.requireNonNull(environment);
    tags = List.copyOf(tags);
  }

  /** By name only. */
  @Override
  public int compareTo(Target other) {
    return id.compareTo(other.id);
  }
}
