package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.WheelSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that an earlier release holds and this machine's wheelhouse does not. */
final class ReleasedFiles {

  private final Outside outside;

  ReleasedFiles(Outside outside) {
    this.outside = outside;
  }

  /**
   * Brings one into the wheelhouse, hash-checked.
   *
   * @throws MirrorException if no region has it
   */
  void bring(WheelFile file) {
    if (!brings(file)) {
      throw MirrorException.input(
          file.filename() + " is planned to be reused and is nowhere",
          "neither the wheelhouse nor a configured region has it",
          "configure the region that the plan was made with, or run plan again");
    }
  }

  /**
   * As {@link #bring}, if a region has it.
   *
   * @throws MirrorException if none that can be asked has it, and others cannot be asked
   */
  boolean brings(WheelFile file) {
    Map<Region, MirrorException> away = new LinkedHashMap<>();
    for (Region region : outside.regions()) {
      if (holds(region, file, away)) {
        copy(file, region);
        return true;
      }
    }
    Together.refuse("regions cannot be asked for " + file.filename(), away);
    return false;
  }

  private static boolean holds(Region region, WheelFile file, Map<Region, MirrorException> away) {
    try {
      return region.holds(file.sha256(), file.filename());
    } catch (MirrorException e) {
      away.put(region, e);
      return false;
    }
  }

  private void copy(WheelFile file, Region region) {
    try {
      Path downloads = Files.createDirectories(outside.wheelhouse().root().resolve("downloads"));
      // of this run alone: others may bring the same file at the same time
      Path copy = Files.createTempFile(downloads, "released-", ".whl");
      try {
        try (InputStream in = region.open(file.sha256(), file.filename())) {
          Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        WheelFile added = outside.wheelhouse().add(copy, file.filename(), source(file));
        file.origin().buildKey().ifPresent(key -> outside.wheelhouse().recordBuild(key, added));
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          file.filename() + " cannot be copied from region " + region.name(),
          e.toString(),
          "see that both folders can be used and that there is room",
          e);
    }
  }

  private static WheelSource source(WheelFile file) {
    return new WheelSource(
        file.sha256(), file.yanked(), file.yankedReason(), file.uploadTime(), file.origin());
  }
}
