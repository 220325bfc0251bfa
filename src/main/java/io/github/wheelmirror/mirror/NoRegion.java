package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import java.util.Collection;

/** The refusal of a goal that needs a region where none is configured. */
public final class NoRegion {
  private NoRegion() {}

  /**
   * Goes on if there is a region.
   *
   * @param purpose what it is needed for, such as {@code to prune}
   * @throws MirrorException (input) if there is none
   */
  public static void refuse(Collection<?> regions, String purpose) {
    refuse(regions, purpose, "");
  }

  /**
   * As above.
   *
   * @param instead what else can be done, such as {@code , or serve what is staged}
   */
  public static void refuse(Collection<?> regions, String purpose, String instead) {
    if (regions.isEmpty()) {
      throw MirrorException.input(
          "there is no region " + purpose,
          "neither <region> nor <regions> is configured",
          "name the mirror's folder or bucket, with <region>${project.basedir}/mirror</region> or"
              + " -Dwheel-mirror.region=FOLDER"
              + instead);
    }
  }
}
