package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.WheelFile;
import java.util.Objects;

/**
 * What is known about a wheel besides its content when it enters the wheelhouse.
 *
 * @param sha256 what its digest must be, {@code ""} if nobody promised one
 * @param yanked whether upstream yanked it (PEP 592)
 * @param yankedReason upstream's words, {@code ""} for none
 * @param uploadTime ISO 8601 instant; for own builds the sdist's; {@code ""} unknown
 * @param origin where it comes from
 */
public record WheelSource(
    String sha256, boolean yanked, String yankedReason, String uploadTime, Origin origin) {

  public WheelSource {
    if (!sha256.isEmpty()) {
      Require.digest(sha256, "the promised digest");
    }
    Objects.requireNonNull(yankedReason);
    Objects.requireNonNull(uploadTime);
    Objects.requireNonNull(origin);
  }

  /** An own build. */
  public static WheelSource built(Origin.Built origin, String uploadTime) {
    return new WheelSource("", false, "", uploadTime, origin);
  }

  /** A file with this content that the inspector found sound. */
  WheelFile describe(String filename, String digest, long size, WheelInspection inspection) {
    var name = inspection.filename().orElseThrow();
    return new WheelFile(
        filename,
        name.name(),
        name.version(),
        digest,
        size,
        Sha256.of(inspection.metadata()),
        inspection.coreMetadata().orElseThrow().requiresPython().orElse(""),
        yanked,
        yankedReason,
        uploadTime,
        origin);
  }
}
