package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.DistributionIndex;
import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.Downloaded;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.tree.RefusedWheelException;
import io.github.wheelmirror.tree.WheelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Brings upstream's files here: wheels into the wheelhouse, sdists into their folder. */
final class Fetching {

  private final DistributionIndex index;
  private final Outside outside;
  private final WorkProgress progress;

  Fetching(DistributionIndex index, Outside outside, WorkProgress progress) {
    this.index = index;
    this.outside = outside;
    this.progress = progress;
  }

  /** The wheel as the wheelhouse has it already, with what upstream says of it today. */
  static Optional<WheelFile> inWheelhouse(Outside outside, DownloadWork work) {
    RemoteFile file = work.file();
    String sha256 = file.hashes().getOrDefault("sha256", "");
    return sha256.isEmpty()
        ? Optional.empty()
        : outside.wheelhouse().find(sha256, file.filename()).map(wheel -> described(wheel, file));
  }

  /** A wheel that the wheelhouse lacks. A failure is the result, never an exception. */
  WorkResult wheel(DownloadWork work) {
    RemoteFile file = work.file();
    WorkProgress.Item item = progress.begins(file.filename());
    Path download = outside.wheelhouse().root().resolve("downloads").resolve(unique(file));
    try {
      Files.createDirectories(download.getParent());
      Downloaded downloaded = index.download(file, download);
      WheelFile wheel =
          outside.wheelhouse().add(download, file.filename(), source(file, downloaded.sha256()));
      Files.deleteIfExists(download);
      item.ends("mirrored");
      return new WorkResult.Done(described(wheel, file));
    } catch (RefusedWheelException e) {
      item.ends("refused");
      return failed(FailureClass.BAD_WHEEL, e);
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      item.ends("failed");
      return failed(failureClass(e), e);
    } catch (IOException e) {
      item.ends("failed");
      return new WorkResult.Failed(
          FailureClass.DISK_FULL,
          "the wheelhouse cannot be written: " + e,
          "make room or make the folder writable for this user",
          "");
    }
  }

  /**
   * An sdist in its folder.
   *
   * @throws MirrorException if it cannot be fetched
   */
  Path sdist(RemoteFile file) {
    Path place = outside.sdists().place(file);
    if (!Files.isRegularFile(place)) {
      index.download(file, place);
    }
    return place;
  }

  static WorkResult.Failed failed(FailureClass failureClass, MirrorException e) {
    return new WorkResult.Failed(failureClass, e.what() + "\n" + e.why(), e.fix(), "");
  }

  static FailureClass failureClass(MirrorException e) {
    return (e.what() + e.why()).toLowerCase(java.util.Locale.ROOT).contains("hash")
        ? FailureClass.WRONG_HASH
        : FailureClass.DOWNLOAD;
  }

  /** Two files of one name may come from two indexes. */
  private static String unique(RemoteFile file) {
    String hash = file.hashes().values().stream().findFirst().orElse("unhashed");
    return hash.substring(0, Math.min(16, hash.length())) + "-" + file.filename();
  }

  private static WheelSource source(RemoteFile file, String sha256) {
    return new WheelSource(
        sha256,
        file.yanked(),
        file.yankedReason(),
        file.uploadTime(),
        new Origin.Mirrored(file.url(), file.index()));
  }

  /** What upstream says of the file today counts, not what it said when the file came. */
  private static WheelFile described(WheelFile wheel, RemoteFile file) {
    return new WheelFile(
        wheel.filename(),
        wheel.project(),
        wheel.version(),
        wheel.sha256(),
        wheel.size(),
        wheel.metadataSha256(),
        wheel.requiresPython(),
        file.yanked(),
        file.yankedReason(),
        file.uploadTime(),
        new Origin.Mirrored(file.url(), file.index()));
  }
}
