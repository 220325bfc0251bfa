package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.RealPath;
import io.github.wheelmirror.WrongSettings;
import java.nio.file.Path;
import java.util.List;

/** A region is shown to everybody and kept for ever; workspace and cache are neither. */
final class SeparatePlaces {

  private SeparatePlaces() {}

  /**
   * Looks at where each region's folder lies.
   *
   * @throws MirrorException (input) if it would show the workspace or the cache, or if runs would
   *     remove it with what is in the workspace for a while
   */
  static void require(
      List<MirrorRequest.RegionSettings> regions,
      MirrorRequest.Places places,
      WrongSettings wrong) {
    Path workspace = RealPath.of(places.workspace());
    Path cache = RealPath.of(places.cache());
    Workspace inside = new Workspace(workspace);
    for (MirrorRequest.RegionSettings region : regions) {
      if (region.place() instanceof RegionPlace.Folder folder) {
        Path root = RealPath.of(folder.path());
        wrong.check(() -> notAbove(folder.path(), root, workspace, "workspace"));
        wrong.check(() -> notAbove(folder.path(), root, cache, "cache"));
        for (Path removed : List.of(inside.work(), inside.staged(), inside.report())) {
          wrong.check(() -> notBelow(folder.path(), root, removed));
        }
      }
    }
  }

  private static void notAbove(Path region, Path root, Path other, String name) {
    if (other.startsWith(root)) {
      throw refused(
          region,
          other.equals(root)
              ? "it is the " + name + " too, which clients must not see"
              : "the " + name + " " + other + " is in it, which clients must not see");
    }
  }

  private static void notBelow(Path region, Path root, Path removed) {
    if (root.startsWith(removed)) {
      throw refused(region, removed + " is emptied by each run");
    }
  }

  private static MirrorException refused(Path region, String why) {
    return MirrorException.input(
        "the region " + region + " cannot be used",
        why,
        "give the region a folder of its own, like <region>${project.basedir}/mirror</region>");
  }
}
