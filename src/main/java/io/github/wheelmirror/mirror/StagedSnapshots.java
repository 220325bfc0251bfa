package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The snapshots that lie staged in a workspace. */
public final class StagedSnapshots {

  private StagedSnapshots() {}

  /**
   * One per channel, sorted by slug.
   *
   * @throws MirrorException (input) if there is none
   */
  public static List<Snapshot> in(Path staged) {
    List<Path> channels = List.of();
    if (Files.isDirectory(staged)) {
      try (Stream<Path> children = Files.list(staged)) {
        channels = children.filter(Files::isDirectory).sorted().toList();
      } catch (IOException e) {
        throw MirrorException.machinery(
            staged + " cannot be read", IoWords.of(e), "make it readable for this user", e);
      }
    }
    if (channels.isEmpty()) {
      throw MirrorException.input(
          "nothing is staged", "there is no snapshot in " + staged, "run the snapshot goal first");
    }
    return channels.stream().map(Snapshot::open).toList();
  }
}
