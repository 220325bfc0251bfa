package io.github.wheelmirror.build;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.constraints.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Build requirements to lock.
 *
 * @param requirements PEP 508 strings
 * @param bySetuptools whether setuptools builds, which before 70.1 needs wheel too
 * @param constraints lines of a pip constraints file
 * @param asOf the last day of upload as ISO date, {@code ""} for any
 * @param generation when locks were last asked to move, {@code ""} for never: the same requirements
 *     of another generation have a lock of their own
 * @param index tells the configured indexes apart from other ones
 */
public record LockRequest(
    List<String> requirements,
    boolean bySetuptools,
    List<String> constraints,
    Target target,
    String asOf,
    String generation,
    String index) {

  private static final int FORMAT = 1;

  /** What differs between two micro versions of Python or two kernels does not make other locks. */
  private static final Set<String> VOLATILE =
      Set.of(
          "python_full_version", "implementation_version", "platform_release", "platform_version");

  private record Parts(
      int format,
      List<String> requirements,
      boolean bySetuptools,
      List<String> constraints,
      String target,
      String abi,
      String libc,
      Map<String, String> markers,
      String asOf,
      String generation,
      String index) {}

  public LockRequest {
    requirements = requirements.stream().distinct().sorted().toList();
    constraints = constraints.stream().distinct().sorted().toList();
    Objects.requireNonNull(target);
    Objects.requireNonNull(asOf);
    Objects.requireNonNull(generation);
    Objects.requireNonNull(index);
  }

  /** 64 hexadecimal digits that are the same for the same question. */
  public String key() {
    Map<String, String> markers = new TreeMap<>(target.environment().asMap());
    markers.keySet().removeAll(VOLATILE);
    Parts parts =
        new Parts(
            FORMAT,
            requirements,
            bySetuptools,
            constraints,
            target.id().toString(),
            target.abi(),
            target.libc(),
            markers,
            asOf,
            generation,
            index);
    return Sha256.of(Json.line(parts).getBytes(StandardCharsets.UTF_8));
  }
}
