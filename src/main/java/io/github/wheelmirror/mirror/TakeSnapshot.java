package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.mirror.Workspace.Stage;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.SnapshotBuilder;
import io.github.wheelmirror.tree.SnapshotInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A build report becomes one staged {@link Snapshot} per channel. */
final class TakeSnapshot {

  private final Outside outside;
  private final Workspace workspace;

  TakeSnapshot(Outside outside, Workspace workspace) {
    this.outside = outside;
    this.workspace = workspace;
  }

  Stage<SnapshotStage> run(StageFiles files, ChannelBases bases) {
    outside.log().begins("snapshot");
    outside.wheelhouse().use(files.report().value().files(), outside.clock().instant());
    List<SnapshotStage.Channel> channels = new ArrayList<>();
    for (String slug : files.slugs()) {
      Snapshot snapshot =
          SnapshotBuilder.build(
              new SnapshotInputs(
                  files.report().value(),
                  files.resolution().value(),
                  bases.manifest(slug),
                  bases.requirements(slug),
                  outside.wheelhouse()),
              workspace.staged());
      outside.log().staged(snapshot);
      channels.add(new SnapshotStage.Channel(slug, snapshot.id()));
    }
    removeOthers(channels);
    return workspace.write(
        workspace.snapshot(),
        new SnapshotStage(Workspace.SCHEMA_VERSION, files.report().digest(), channels));
  }

  /** A channel that is configured no more is not served or released by mistake. */
  private void removeOthers(List<SnapshotStage.Channel> channels) {
    Set<String> wanted =
        channels.stream().map(SnapshotStage.Channel::slug).collect(Collectors.toSet());
    try (Stream<Path> staged = Files.list(workspace.staged())) {
      for (Path folder : staged.toList()) {
        if (Files.isDirectory(folder) && !wanted.contains(folder.getFileName().toString())) {
          Folders.remove(folder);
        }
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          workspace.staged() + " cannot be tidied",
          IoWords.of(e),
          "make the folder writable for this user",
          e);
    }
  }
}
