package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One immutable state of a channel, staged on the local disk and invisible to clients.
 *
 * @param slug the channel
 * @param id sha256 of its manifest
 * @param directory holds {@code pages/} and {@code snapshots/<id>/} as {@link TreeLayout} says; the
 *     wheels stay in the wheelhouse
 */
public record Snapshot(String slug, String id, Manifest manifest, Path directory) {

  public Snapshot {
    TreeLayout.slug(slug);
    Require.digest(id, "a snapshot's id");
    Objects.requireNonNull(directory);
    if (!manifest.slug().equals(slug)) {
      throw new IllegalArgumentException("a manifest of " + manifest.slug() + " for " + slug);
    }
  }

  /**
   * Reads the one snapshot staged in a folder.
   *
   * @throws MirrorException (input) if there is none, or its manifest is not what the id says
   */
  public static Snapshot open(Path directory) {
    Path snapshots = directory.resolve(TreeLayout.SNAPSHOTS);
    try {
      List<String> ids = ids(snapshots);
      if (ids.size() != 1) {
        throw damaged(directory, "it holds " + ids.size() + " snapshots instead of one");
      }
      String id = ids.get(0);
      Path file = directory.resolve(TreeLayout.manifest(id));
      if (!Files.isRegularFile(file)) {
        throw damaged(directory, "snapshot " + id + " has no manifest");
      }
      byte[] bytes = Files.readAllBytes(file);
      if (!Sha256.of(bytes).equals(id)) {
        throw damaged(directory, "its manifest is not the one that its id names");
      }
      Manifest manifest = Manifest.read(bytes, "manifest.json of snapshot " + id);
      return new Snapshot(manifest.slug(), id, manifest, directory);
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the staged snapshot in " + directory + " cannot be read",
          IoWords.of(e),
          "run the snapshot goal again",
          e);
    }
  }

  private static List<String> ids(Path snapshots) throws IOException {
    if (!Files.isDirectory(snapshots)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(snapshots)) {
      return children
          .map(child -> String.valueOf(child.getFileName()))
          .filter(Sha256::isDigest)
          .sorted()
          .toList();
    }
  }

  private static MirrorException damaged(Path directory, String why) {
    return MirrorException.input(
        "there is no usable snapshot in " + directory, why, "run the snapshot goal again");
  }
}
