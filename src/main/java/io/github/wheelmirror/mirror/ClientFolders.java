package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Where install clients work, and what they are given. */
final class ClientFolders {

  private final Outside outside;
  private final Workspace workspace;
  private final boolean offline;

  /**
   * @param offline whether upstream may not be asked
   */
  ClientFolders(Outside outside, Workspace workspace, boolean offline) {
    this.outside = outside;
    this.workspace = workspace;
    this.offline = offline;
  }

  /** Why no client can be asked; empty if one can. */
  Optional<String> refusal(InstallCase of) {
    return offline && of.upstreamToo()
        ? Optional.of("some files are upstream's, which -o does not reach")
        : Optional.empty();
  }

  /** The branch's file of constraints. */
  static Path constraints(Snapshot snapshot, String branch) {
    return snapshot
        .directory()
        .resolve(TreeLayout.document(snapshot.id(), TreeLayout.constraints(branch)));
  }

  /**
   * Does the work in a folder of its own, which is removed after it.
   *
   * @param name of the folder that has these folders
   * @param whose they are, for the message
   */
  <T> T in(String name, String whose, Function<Path, T> work) {
    Path scratch = scratch(name, whose);
    try {
      return work.apply(scratch);
    } finally {
      Folders.discard(scratch, outside.log());
    }
  }

  private Path scratch(String name, String whose) {
    try {
      Path folder = Files.createDirectories(workspace.work().resolve(name));
      return Files.createTempDirectory(folder, "");
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the folder of " + whose + " cannot be used",
          IoWords.of(e),
          "make room or make " + workspace.work() + " writable for this user",
          e);
    }
  }
}
