package io.github.wheelmirror.build;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.constraints.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a build depends on, as one digest: two builds with the same key may be taken for each other.
 *
 * <p>The key is the sha256 of the JSON of a list of parts: format, sdist hash, slug, Python, ABI,
 * libc, build constraints (sorted, each once), the day as of which the build requirements are
 * resolved, and the generation of their locks. Those four and the sdist decide which lock of build
 * requirements is used, so the key can be known before the sdist is. With an {@link BuildOverride}
 * it is the digest of that key and of what the override changes.
 */
public final class BuildKey {

  /** Raise it when the way wheels are built changes so that earlier ones must not be reused. */
  private static final int FORMAT = 2;

  private record Parts(
      int format,
      String sdist,
      String slug,
      String python,
      String abi,
      String libc,
      List<String> buildConstraints,
      String asOf,
      String lockGeneration) {}

  private BuildKey() {}

  /**
   * The key of one sdist on one target.
   *
   * @param asOf ISO date, {@code ""} for none
   * @param lockGeneration {@code ""} for the first
   * @param override its constraints are among the build constraints already
   * @return 64 hexadecimal digits
   */
  public static String of(
      RemoteFile sdist,
      Target target,
      List<String> buildConstraints,
      String asOf,
      String lockGeneration,
      BuildOverride override) {
    var parts =
        new Parts(
            FORMAT,
            StrongHash.of(sdist),
            target.id().slug(),
            target.id().python(),
            target.abi(),
            target.libc(),
            buildConstraints.stream().distinct().sorted().toList(),
            asOf,
            lockGeneration);
    return override.key(Sha256.of(Json.line(parts).getBytes(StandardCharsets.UTF_8)));
  }
}
