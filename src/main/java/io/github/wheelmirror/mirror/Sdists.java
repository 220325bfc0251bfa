package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.tree.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** The folder of downloaded sdists, each below its hash, kept for later runs. */
public final class Sdists {

  private final Path folder;

  /** The sdists in this folder, which need not exist yet. */
  public Sdists(Path folder) {
    this.folder = folder;
  }

  /** Where the sdist is or belongs; its folder exists. */
  Path place(RemoteFile sdist) {
    String identity =
        sdist.hashes().isEmpty() ? sdist.url() : new TreeMap<>(sdist.hashes()).toString();
    String digest = Sha256.of(identity.getBytes(StandardCharsets.UTF_8));
    Path place = folder.resolve(digest.substring(0, 2)).resolve(digest.substring(2));
    try {
      Files.createDirectories(place);
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the folder of sdists " + folder + " cannot be written",
          IoWords.of(e),
          "make it writable for this user, or choose another with"
              + " -Dwheel-mirror.cacheDirectory=FOLDER",
          e);
    }
    return place.resolve(sdist.filename());
  }

  /** Notes that a build uses the sdist. */
  void use(Path sdist, Instant now) {
    UseTimes.use(sdist, now);
  }

  /** What can be removed of them. */
  public Store store() {
    return new FetchedFiles("sdists", folder, List.of(".build.lock", ".lock"));
  }
}
