package io.github.wheelmirror.builder;

import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.WheelFilename;
import io.github.wheelmirror.tree.NativeNeeds;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The platform that a built wheel may be tagged with: back-ends say {@code linux_<arch>}, which
 * clients take on any Linux; {@code manylinux_2_N_<arch>} (PEP 600) is taken only where it runs.
 */
final class HonestPlatform {

  private static final String PREFIX = "linux_";

  private HonestPlatform() {}

  /**
   * The better platform of the wheel, if its needs allow one.
   *
   * @param accepted the tags of the target, which must take it still
   */
  static Optional<String> of(WheelFilename name, NativeNeeds needs, Collection<Tag> accepted) {
    Set<String> platforms = name.tags().stream().map(Tag::platform).collect(Collectors.toSet());
    if (platforms.size() != 1 || !platforms.iterator().next().startsWith(PREFIX)) {
      return Optional.empty();
    }
    String architecture = platforms.iterator().next().substring(PREFIX.length());
    OptionalInt generation = needs.manylinux(architecture);
    if (generation.isEmpty()) {
      return Optional.empty();
    }
    String platform = "manylinux_2_" + generation.getAsInt() + "_" + architecture;
    // those of a host end with its own glibc
    return accepted.stream().anyMatch(tag -> tag.platform().equals(platform))
        ? Optional.of(platform)
        : Optional.empty();
  }
}
